/// How a Vault Secrets Operator resource reaches its Vault: the chain of references that three invariants walk.
///
/// Source: KNOWLEDGE AS-37 to AS-39: the ServiceAccount is looked up in the secret's own namespace; a VaultAuth serves its
/// own namespace always and others as `allowedNamespaces` says.
struct VaultPath {
    var auth: ObjectKey
    var authValue: Value
    var connection: ObjectKey
    var address: Symbol
    var role: Symbol
    var mount: Symbol
    var serviceAccount: Symbol
    var origin: Origin

    /// The path of a VaultStaticSecret; nil where its VaultAuth does not exist (`references-resolve` says so).
    init?(_ simulation: Simulation, _ secret: ObjectKey) {
        let tables = simulation.tables
        guard let kind = tables.kindID(group: "secrets.hashicorp.com", kind: "VaultAuth"),
            let connectionKind = tables.kindID(group: "secrets.hashicorp.com", kind: "VaultConnection")
        else { return nil }
        let namespace = tables.namespace(secret)
        let reference = tables.body(simulation.state[secret].body).value.at("spec", "vaultAuthRef")
        origin = reference?.origin ?? .none
        auth = Self.key(tables, kind, reference?.symbol, from: namespace)
        guard simulation.state.exists(auth) else { return nil }
        authValue = tables.body(simulation.state[auth].body).value["spec"] ?? nil
        connection = Self.key(
            tables, connectionKind, authValue["vaultConnectionRef"]?.symbol, from: tables.namespace(auth))
        address = tables.body(simulation.state[connection].body).value.at("spec", "address")?.symbol ?? .empty
        role = authValue.at("kubernetes", "role")?.symbol ?? .empty
        mount = authValue["mount"]?.symbol ?? "kubernetes"
        serviceAccount = authValue.at("kubernetes", "serviceAccount")?.symbol ?? "default"
    }

    /// `namespace/name`, or a name in the referring object's namespace; without one, `default`.
    private static func key(
        _ tables: ClusterTables, _ kind: KindID, _ reference: Symbol?, from namespace: Symbol
    ) -> ObjectKey {
        let text = (reference ?? "default").text
        guard let slash = text.firstIndex(of: "/") else { return tables.key(kind, namespace, Symbol(text)) }
        return tables.key(kind, Symbol(text[..<slash]), Symbol(text[text.index(after: slash)...]))
    }

    /// Whether a VaultAuth serves a namespace. `allowedNamespaces` absent or `["*"]`: all; `[]`: none but its own.
    static func allows(_ auth: Value, _ authNamespace: Symbol, _ namespace: Symbol) -> Bool {
        if authNamespace == namespace { return true }
        guard let allowed = auth["allowedNamespaces"], !allowed.isNull else { return true }
        return allowed.symbols.contains { $0 == "*" || $0 == namespace }
    }

    static let secretKind = Watch.Target.custom(group: "secrets.hashicorp.com", kind: "VaultStaticSecret")
}
