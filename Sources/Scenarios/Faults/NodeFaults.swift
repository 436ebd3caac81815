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

    /// A node is cordoned and its Pods are evicted, as `kubectl drain` does; a PodDisruptionBudget may refuse that.
    ///
    /// Unlike `kubectl`, it leaves Pods of DaemonSets where they are and lets Pods with an `emptyDir` go, unless the
    /// fault says otherwise: without these two options hardly any node can be drained.
    static let nodeDrain = FaultKind(
        "nodeDrain",
        [
            "name", "force", "ignore-daemonsets", "delete-emptydir-data", "disable-eviction", "grace-period", "timeout",
        ]
    ) { reader in
        let node = reader.symbol("name", required: true)
        let options = drainOptions(reader)
        guard let node else { return nil }
        return Fault("node \(node) is drained") { simulation in
            simulation.drain(simulation.tables.key(.node, .empty, node), options)
        }
    }

    private static func drainOptions(_ reader: FieldReader) -> DrainOptions {
        var options = DrainOptions()
        options.force = reader.boolean("force") ?? options.force
        options.ignoresDaemonSets = reader.boolean("ignore-daemonsets") ?? options.ignoresDaemonSets
        options.deletesEmptyDirData = reader.boolean("delete-emptydir-data") ?? options.deletesEmptyDirData
        options.disablesEviction = reader.boolean("disable-eviction") ?? options.disablesEviction
        options.gracePeriodSeconds = reader.integer("grace-period", in: 0...86_400).map(Int32.init)
        options.timeout = reader.span("timeout").flatMap { $0.milliseconds == 0 ? nil : $0 }
        return options
    }

    private static func missing(_ node: Symbol) -> String {
        "Error from server (NotFound): nodes \"\(node)\" not found"
    }
}
