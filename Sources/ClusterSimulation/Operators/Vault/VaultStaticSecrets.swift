/// How a VaultStaticSecret becomes a Secret.
///
/// Source: vault-secrets-operator `internal/controller/vaultstaticsecret_controller.go` for the order of the checks, the
/// reasons and the labels; `helpers` for ownership of the destination.
enum VaultStaticSecrets {
    /// Why there is no Secret: the reason of the operator's event, and its message.
    struct Failure: Error, Equatable {
        var reason: Symbol
        var message: String
    }

    static func reconcile(_ simulation: inout Simulation, _ key: ObjectKey) {
        guard let facts = simulation.facts(key, VaultStaticSecretFacts.self) else { return }
        do throws(Failure) {
            if let failure = readFailure(simulation, key, facts) { throw failure }
            try logIn(simulation, key, facts)
            let keys = try read(simulation, key, facts)
            try write(&simulation, key, facts, keys)
            simulation.setStatus(
                key,
                conditions: [
                    OperatorCondition("SecretSynced", true, "SecretSynced", "Secret synced"),
                    OperatorCondition("Healthy", true, "Healthy"), OperatorCondition("Ready", true, "Ready"),
                ], [("lastGeneration", .integer(Int(simulation.state[key].generation)))])
        } catch {
            let message = Symbol(error.message)
            simulation.setStatus(
                key,
                conditions: [
                    OperatorCondition("SecretSynced", false, error.reason, message),
                    OperatorCondition("Healthy", false, error.reason, message),
                    OperatorCondition("Ready", false, error.reason, message),
                ])
        }
    }

    /// Everything up to a token of Vault.
    private static func logIn(
        _ simulation: Simulation, _ key: ObjectKey, _ facts: VaultStaticSecretFacts
    ) throws(Failure) {
        let tables = simulation.tables
        let namespace = tables.namespace(key)
        let auth = self.auth(simulation, key, facts)
        func refused(_ text: String) -> Failure {
            Failure(reason: "VaultClientConfigError", message: "Failed to get Vault auth login: " + text)
        }
        guard let authFacts = simulation.facts(auth, VaultAuthFacts.self), simulation.state.exists(auth) else {
            throw refused("VaultAuth.\(VaultSecrets.group) \"\(tables.name(auth))\" not found")
        }
        let isAllowed = authFacts.allows(
            namespace, authNamespace: tables.namespace(auth), authName: tables.name(auth),
            operatorNamespace: simulation.operatorNamespace)
        guard isAllowed else {
            throw refused(
                "target namespace \"\(namespace)\" is not allowed by auth method "
                    + "\(tables.namespace(auth))/\(tables.name(auth))")
        }
        let connection = VaultSecrets.connection(simulation, of: auth, authFacts)
        guard simulation.state.exists(connection) else {
            throw refused("VaultConnection.\(VaultSecrets.group) \"\(tables.name(connection))\" not found")
        }
        if let problem = VaultSecrets.connectionProblem(simulation, connection) { throw refused(problem.text) }
        let account = tables.key(.serviceAccount, namespace, authFacts.serviceAccount)
        guard simulation.state.exists(account) else {
            throw refused("ServiceAccount \"\(authFacts.serviceAccount)\" not found")
        }
        guard let vault = vault(simulation, connection) else { return }
        if let problem = loginProblem(vault, authFacts) { throw refused(problem) }
        guard authFacts.method == "kubernetes" else { return }
        if let refusal = refusal(vault, authFacts, namespace) { throw refused(refusal) }
    }

    static func auth(_ simulation: Simulation, _ key: ObjectKey, _ facts: VaultStaticSecretFacts) -> ObjectKey {
        let kind = VaultSecrets.kind(simulation.tables, "VaultAuth")
        guard let reference = facts.auth else {
            return simulation.tables.key(kind, simulation.operatorNamespace, "default")
        }
        let namespace = reference.namespace.isEmpty ? simulation.tables.namespace(key) : reference.namespace
        return simulation.tables.key(kind, namespace, reference.name)
    }

    /// The facts of the Vault behind a connection.
    static func vault(_ simulation: Simulation, _ connection: ObjectKey) -> VaultFact? {
        guard let facts = simulation.facts(connection, VaultConnectionFacts.self) else { return nil }
        return simulation.externals.vaults.first { $0.address == facts.address }
    }

    /// What Vault's Kubernetes auth method answers instead of a token; nil where it gives one.
    ///
    /// Source: vault-plugin-auth-kubernetes `path_login.go`.
    static func refusal(_ vault: VaultFact, _ auth: VaultAuthFacts, _ namespace: Symbol) -> String? {
        guard let role = vault.roles.first(where: { $0.mount == auth.mount && $0.name == auth.role }) else {
            return "Error making API request. Code: 400. Errors: * invalid role name \"\(auth.role)\""
        }
        func allows(_ names: [Symbol], _ name: Symbol) -> Bool {
            names.contains { $0 == "*" || Glob.matches($0.text, name.text) }
        }
        if !allows(role.namespaces, namespace) {
            return "Error making API request. Code: 403. Errors: * namespace not authorized"
        }
        if !allows(role.serviceAccounts, auth.serviceAccount) {
            return "Error making API request. Code: 403. Errors: * service account name not authorized"
        }
        return nil
    }

    /// The keys that Vault holds at the path.
    private static func read(
        _ simulation: Simulation, _ key: ObjectKey, _ facts: VaultStaticSecretFacts
    ) throws(Failure) -> [Symbol] {
        let auth = self.auth(simulation, key, facts)
        let empty = Failure(
            reason: "VaultClientError",
            message: "Failed to read Vault secret: empty response from Vault, path=\"\(facts.requestPath)\"")
        guard let authFacts = simulation.facts(auth, VaultAuthFacts.self) else { throw empty }
        let connection = VaultSecrets.connection(simulation, of: auth, authFacts)
        guard let vault = vault(simulation, connection),
            let secret = vault.secrets.first(where: { $0.path == facts.vaultPath })
        else { throw empty }
        return secret.keys
    }

    private static func write(
        _ simulation: inout Simulation, _ key: ObjectKey, _ facts: VaultStaticSecretFacts, _ keys: [Symbol]
    ) throws(Failure) {
        let namespace = simulation.tables.namespace(key)
        let destination = simulation.tables.key(.secret, namespace, facts.destination)
        let exists = simulation.state.exists(destination)
        func failed(_ text: String) -> Failure {
            Failure(reason: "SecretSyncError", message: "Failed to update k8s secret: " + text)
        }
        if exists, facts.createsDestination, !facts.overwritesDestination,
            !simulation.tables.owners(simulation.state[destination].owners).contains(where: { $0.owner == key })
        {
            throw failed("not the owner of the destination Secret \(namespace)/\(facts.destination)")
        }
        if !exists, !facts.createsDestination {
            throw failed("destination Secret \(namespace)/\(facts.destination) does not exist, and create=false")
        }
        let uid = simulation.uidText(simulation.state[key].uid)
        let labels: [(Symbol, Symbol)] = [
            ("app.kubernetes.io/component", "secret-sync"), ("app.kubernetes.io/managed-by", "hashicorp-vso"),
            ("app.kubernetes.io/name", "vault-secrets-operator"),
            ("secrets.hashicorp.com/vso-ownerRefUID", Symbol(uid)),
        ]
        let manifest = SecretContent.manifest(
            namespace, facts.destination, type: facts.type, keys: facts.secretKeys(keys),
            labels: facts.createsDestination ? labels + facts.labels : [], annotations: facts.annotations)
        let written = simulation.ensure(
            manifest, ownedBy: facts.createsDestination ? key : nil, exact: ["data"])
        if written == nil { throw failed(simulation.memory.operators.refusal.text) }
    }
}

// MARK: - What steps do to Vault

extension Simulation {
    /// `vault kv put`: the path holds these keys from now on. The static secrets that read it see it when they look
    /// next, at a multiple of their `refreshAfter`.
    ///
    /// - Parameters:
    ///   - path: `mount/path`.
    ///   - address: the server; nil: every one.
    package mutating func vaultPut(_ path: Symbol, keys: [Symbol], at address: Symbol? = nil) {
        for index in externals.vaults.indices where address == nil || externals.vaults[index].address == address {
            if let place = externals.vaults[index].secrets.firstIndex(where: { $0.path == path }) {
                externals.vaults[index].secrets[place].keys = keys
            } else {
                externals.vaults[index].secrets.append((path, keys))
            }
        }
        wakeStaticSecrets(path)
    }

    /// `vault kv delete`: the path is empty from now on.
    package mutating func vaultDelete(_ path: Symbol, at address: Symbol? = nil) {
        for index in externals.vaults.indices where address == nil || externals.vaults[index].address == address {
            externals.vaults[index].secrets.removeAll { $0.path == path }
        }
        wakeStaticSecrets(path)
    }

    private mutating func wakeStaticSecrets(_ path: Symbol) {
        for key in objects(of: VaultSecrets.kind(tables, "VaultStaticSecret")) {
            guard let facts = facts(key, VaultStaticSecretFacts.self), facts.vaultPath == path else { continue }
            lookAgain(key, facts)
        }
    }
}
