/// How a VaultStaticSecret reaches its Vault: the chain of references that two invariants walk.
///
/// Source: hashicorp/vault-secrets-operator#336: the ServiceAccount is looked up in the secret's own namespace; the
/// operator's API reference: a VaultAuth serves its own namespace always and others as `allowedNamespaces` says.
struct VaultPath {
    var auth: ObjectKey
    var authFacts: VaultAuthFacts
    /// Where the operator runs; empty where it does not.
    var operatorNamespace: Symbol
    /// nil where the VaultConnection does not exist.
    var address: Symbol?
    /// Where the VaultAuth is named.
    var origin: Origin

    /// The path of a VaultStaticSecret; nil where its VaultAuth does not exist (`references-resolve` says so).
    init?(_ simulation: Simulation, _ secret: ObjectKey) {
        let tables = simulation.tables
        let namespace = tables.namespace(secret)
        guard let facts = simulation.facts(secret, VaultStaticSecretFacts.self) else { return nil }
        let instance = simulation.programs.instance(of: VaultSecrets.name, watching: namespace)
        operatorNamespace = instance.map { tables.namespace($0.pod) } ?? .empty
        let value = tables.body(simulation.state[secret].body).value
        origin = (value.at("spec", "vaultAuthRef") ?? value["spec"] ?? value).origin
        auth = Self.key(simulation, "VaultAuth", facts.auth, from: namespace, operatorNamespace)
        guard simulation.state.exists(auth), let authFacts = simulation.facts(auth, VaultAuthFacts.self) else {
            return nil
        }
        self.authFacts = authFacts
        let connection = Self.key(
            simulation, "VaultConnection", authFacts.connection, from: tables.namespace(auth), operatorNamespace)
        address =
            simulation.state.exists(connection)
            ? simulation.facts(connection, VaultConnectionFacts.self)?.address : nil
    }

    /// Whether the VaultAuth serves a namespace.
    func allows(_ namespace: Symbol, _ tables: ClusterTables) -> Bool {
        authFacts.allows(
            namespace, authNamespace: tables.namespace(auth), authName: tables.name(auth),
            operatorNamespace: operatorNamespace)
    }

    /// The object that a reference names; none named: `default` where the operator runs.
    private static func key(
        _ simulation: Simulation, _ kind: Symbol, _ reference: VaultReference?, from namespace: Symbol,
        _ operatorNamespace: Symbol
    ) -> ObjectKey {
        let kind = VaultSecrets.kind(simulation.tables, kind)
        guard let reference else { return simulation.tables.key(kind, operatorNamespace, "default") }
        return simulation.tables.key(
            kind, reference.namespace.isEmpty ? namespace : reference.namespace, reference.name)
    }

    // MARK: What the invariants read

    static let secretKind = Watch.Target.custom(group: VaultSecrets.group, kind: "VaultStaticSecret")

    static let reads: [Invariant.Reads] = [
        .subjects(secretKind), .targets(.resource),
        .changes(of: .custom(group: VaultSecrets.group, kind: "VaultAuth"), [.created, .body, .removed]) {
            simulation, _, body in forEachSecret(simulation, body)
        },
        .changes(of: .custom(group: VaultSecrets.group, kind: "VaultConnection"), [.created, .body, .removed]) {
            simulation, _, body in forEachSecret(simulation, body)
        },
        .programs(forEachSecret),
    ]

    static func forEachSecret(_ simulation: Simulation, _ body: (ObjectKey) -> Void) {
        simulation.forEach(VaultSecrets.kind(simulation.tables, "VaultStaticSecret"), body)
    }
}
