import Testing

@testable import ClusterSimulation

/// A cluster without controllers in which a test writes objects and asks what the invariants say.
struct InvariantToy {
    var simulation: Simulation

    init(namespaces: [Symbol]) {
        let tables = ClusterTables()
        let configuration = Configuration(tables: tables, controllers: [])
        simulation = Simulation(tables: tables, configuration: configuration, start: .epoch)
        for name in namespaces {
            let draft = ObjectDraft(kind: .namespace, namespace: .empty, name: name, body: .empty)
            simulation.create(draft, as: .admin)
        }
    }

    @discardableResult
    mutating func write(_ manifest: Value, sourceLocation: Testing.SourceLocation = #_sourceLocation) -> ObjectKey {
        guard let draft = simulation.draft(manifest: manifest) else {
            Issue.record("no manifest", sourceLocation: sourceLocation)
            return .none
        }
        let key = simulation.tables.key(draft.kind, draft.namespace, draft.name)
        let result =
            simulation.state.exists(key)
            ? simulation.update(key, as: .admin) { $0.body = draft.body }
            : simulation.create(draft, as: .admin)
        switch result {
        case .success(let key): return key
        case .failure(let error):
            Issue.record("\(error.message)", sourceLocation: sourceLocation)
            return .none
        }
    }

    mutating func remove(_ key: ObjectKey) { simulation.delete(key, as: .admin) }

    /// Writes a manifest given as JSON.
    @discardableResult
    mutating func write(json text: String, sourceLocation: Testing.SourceLocation = #_sourceLocation) throws
        -> ObjectKey
    {
        write(try Value(json: text), sourceLocation: sourceLocation)
    }

    /// What is false now: invariant, subject and message.
    mutating func violations(of id: Symbol) -> [String] {
        simulation.checkAllInvariants()
        return simulation.monitor.intervals
            .filter { $0.to == nil && !$0.isUnknown && simulation.configuration.invariants[Int($0.invariant)].id == id }
            .map { $0.explanation.message }
    }
}
