/// The Vault Secrets Operator: VaultConnection, VaultAuth and VaultStaticSecret.
enum VaultSecrets {
    static let group: Symbol = "secrets.hashicorp.com"
    static let name: Symbol = "vault-secrets-operator"

    static func kind(_ tables: ClusterTables, _ name: Symbol) -> KindID {
        tables.kindIDDefiningIfNeeded(apiVersion: "secrets.hashicorp.com/v1beta1", kind: name)
    }

    /// Source: the finalizers of the operator's controllers.
    static func finalizer(_ kind: Symbol) -> Symbol { Symbol("\(kind.text.lowercased()).\(group)/finalizer") }

    static let controller = Operator.controller(
        name, program: name,
        watches: [
            Watch(group: group, kind: "VaultConnection", changes: .exceptStatus),
            Watch(group: group, kind: "VaultAuth", changes: .exceptStatus),
            Watch(group: group, kind: "VaultStaticSecret", changes: .exceptStatus),
            Watch(group: group, kind: "VaultConnection", .function(users), changes: .status),
            Watch(group: group, kind: "VaultAuth", .function(users), changes: [.created, .body, .removed, .status]),
            Watch(group: group, kind: "VaultConnection", .function(users), changes: [.created, .removed]),
            Watch(.serviceAccount, .function(staticSecrets), changes: [.created, .removed]),
            Watch(.secret, .customOwner(group: group, kind: "VaultStaticSecret"), changes: [.body, .removed]),
            Watch(.endpointSlice, .function(connections)),
        ]
    ) { simulation, key in
        guard simulation.state.exists(key) else { return }
        let kind = simulation.tables.kind(simulation.tables.kindID(key)).kind
        if simulation.state[key].isDeleting {
            let name = finalizer(kind)
            if simulation.hasFinalizer(key, name) { simulation.removeFinalizer(key, name) }
            return
        }
        guard simulation.ensureFinalizer(key, finalizer(kind)) else { return }
        switch kind {
        case "VaultConnection": reconcileConnection(&simulation, key)
        case "VaultAuth": reconcileAuth(&simulation, key)
        case "VaultStaticSecret": VaultStaticSecrets.reconcile(&simulation, key)
        default: break
        }
    }

    // MARK: Who looks again when something changes

    /// The logins that use a connection, and the secrets that use a login.
    private static func users(_ simulation: Simulation, _ key: ObjectKey, _ body: (ObjectKey) -> Void) {
        simulation.state.forEachReferrer(of: key) { link in
            guard link.type == .resource else { return }
            body(link.source)
            simulation.state.forEachReferrer(of: link.source) { if $0.type == .resource { body($0.source) } }
        }
    }

    private static func staticSecrets(_ simulation: Simulation, _ account: ObjectKey, _ body: (ObjectKey) -> Void) {
        let namespace = simulation.tables.namespace(account)
        simulation.forEach(kind(simulation.tables, "VaultStaticSecret"), in: namespace, body)
    }

    private static func connections(_ simulation: Simulation, _ slice: ObjectKey, _ body: (ObjectKey) -> Void) {
        guard let service = simulation.label(slice, "kubernetes.io/service-name") else { return }
        let connection = kind(simulation.tables, "VaultConnection")
        let key = simulation.tables.key(.service, simulation.tables.namespace(slice), service)
        ServiceNames.users(simulation, key) { if simulation.tables.kindID($0) == connection { body($0) } }
    }

    // MARK: Connections and logins

    private static func reconcileConnection(_ simulation: inout Simulation, _ key: ObjectKey) {
        let problem = connectionProblem(simulation, key)
        simulation.setStatus(key, conditions: [], [("valid", Value(.boolean(problem == nil)))])
    }

    /// Why a connection does not work; nil where it does.
    static func connectionProblem(_ simulation: Simulation, _ key: ObjectKey) -> Symbol? {
        guard let facts = simulation.facts(key, VaultConnectionFacts.self) else { return "no spec" }
        if let service = facts.service {
            let target = simulation.target(of: service, from: simulation.tables.namespace(key))
            let host = "\(simulation.tables.name(target)).\(simulation.tables.namespace(target))"
            guard ServiceNames.resolves(simulation, target) else {
                return Symbol("dial tcp: lookup \(host): no such host")
            }
            // Behind a bridge that leaves the cluster is whatever the facts say.
            if let behind = ServiceNames.behindBridges(simulation, target), !simulation.hasReadyEndpoint(behind) {
                return Symbol("dial tcp \(host): connect: connection refused")
            }
        }
        // A sealed server tells its seal status all the same, which is what a connection is judged by.
        if VaultStaticSecrets.vault(simulation, key)?.condition == .unreachable {
            let address = VaultConnectionFacts.hostAndPort(facts.address.text)
            return Symbol("dial tcp \(address): connect: connection refused")
        }
        return nil
    }

    private static func reconcileAuth(_ simulation: inout Simulation, _ key: ObjectKey) {
        guard let facts = simulation.facts(key, VaultAuthFacts.self) else { return }
        let connection = self.connection(simulation, of: key, facts)
        let isValid = simulation.state.exists(connection)
        let error = "VaultConnection.\(group) \"\(simulation.tables.name(connection))\" not found"
        simulation.setStatus(
            key, conditions: [],
            [("valid", Value(.boolean(isValid))), ("error", isValid ? "" : .string(error))])
    }

    /// The connection of a VaultAuth: by name in its own namespace; none named: `default` where the operator runs.
    static func connection(_ simulation: Simulation, of auth: ObjectKey, _ facts: VaultAuthFacts) -> ObjectKey {
        let kind = kind(simulation.tables, "VaultConnection")
        guard let reference = facts.connection else {
            return simulation.tables.key(kind, simulation.operatorNamespace, "default")
        }
        let namespace = reference.namespace.isEmpty ? simulation.tables.namespace(auth) : reference.namespace
        return simulation.tables.key(kind, namespace, reference.name)
    }
}
