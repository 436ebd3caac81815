import ClusterSimulation

extension FaultKind {
    /// A node's machine goes off.
    static let nodeDown = node("nodeDown", "goes down") { $0.stopNode($1) }
    /// The end of `nodeDown`.
    static let nodeUp = node("nodeUp", "comes back") { $0.startNode($1) }

    private static func node(
        _ name: String, _ verb: String, act: @escaping @Sendable (inout Simulation, Symbol) -> Void
    ) -> FaultKind {
        FaultKind(name, ["name"]) { reader in
            guard let node = reader.symbol("name", required: true) else { return nil }
            return Fault("node \(node) \(verb)") { simulation in
                guard simulation.state.exists(simulation.tables.key(.node, .empty, node)) else {
                    return [missing(node)]
                }
                act(&simulation, node)
                return []
            }
        }
    }

    /// A node is cordoned and emptied, as `kubectl drain --ignore-daemonsets --delete-emptydir-data` does.
    ///
    /// PodDisruptionBudgets have no effect in this model: no eviction is refused.
    static let nodeDrain = FaultKind("nodeDrain", ["name"]) { reader in
        guard let node = reader.symbol("name", required: true) else { return nil }
        return Fault("node \(node) is drained") { drain(node, &$0) }
    }

    private static func drain(_ node: Symbol, _ simulation: inout Simulation) -> [String] {
        let tables = simulation.tables
        let key = tables.key(.node, .empty, node)
        guard simulation.state.exists(key) else { return [missing(node)] }
        let cordoned = simulation.update(key, as: .admin, verb: "patch") { draft in
            var body = tables.body(draft.body).value
            var spec = body["spec"] ?? Value(.object([]))
            spec["unschedulable"] = true
            body["spec"] = spec
            draft.body = tables.body(kind: .node, body)
        }
        if case .failure(let error) = cordoned { return [KubectlCommand.text(of: error)] }
        let pods = simulation.objects(of: .pod).filter { simulation.podState($0)?.node == node }
        let bare = pods.filter { pod in
            simulation.controllerOwner(pod) == nil && !(simulation.podState(pod)?.phase.isTerminal ?? false)
        }
        guard bare.isEmpty else {
            let names = bare.map { "\(tables.namespace($0))/\(tables.name($0))" }.joined(separator: ", ")
            return [
                "error: unable to drain node \"\(node)\" due to error: cannot delete Pods that declare no "
                    + "controller (use --force to override): \(names)"
            ]
        }
        var refusals: [String] = []
        for pod in pods {
            if let owner = simulation.controllerOwner(pod)?.owner, tables.kindID(owner) == .daemonSet { continue }
            if case .failure(let error) = simulation.delete(pod, as: .admin) {
                refusals.append(KubectlCommand.text(of: error))
            }
        }
        return refusals
    }

    private static func missing(_ node: Symbol) -> String {
        "Error from server (NotFound): nodes \"\(node)\" not found"
    }
}
