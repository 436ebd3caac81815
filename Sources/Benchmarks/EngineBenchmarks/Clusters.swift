import ClusterSimulation

/// Clusters of a given size for the benchmarks: ConfigMaps spread over a hundred namespaces.
enum Clusters {
    /// A cluster with `count` objects, every controller and every invariant on.
    static func make(objects count: Int) -> (Simulation, [ObjectKey]) {
        let tables = ClusterTables()
        let configuration = Configuration(tables: tables)
        var simulation = Simulation(tables: tables, configuration: configuration, start: .epoch)
        var keys: [ObjectKey] = []
        let namespaces = (0..<100).map { Symbol("namespace-\($0)") }
        for name in namespaces {
            let body = tables.body(kind: .namespace, ["spec": ["finalizers": ["kubernetes"]]])
            simulation.create(ObjectDraft(kind: .namespace, namespace: .empty, name: name, body: body), as: .admin)
        }
        let body = tables.body(kind: .configMap, ["data": ["key": "value"]])
        for index in 0..<count {
            let name = Symbol("object-\(index)")
            let draft = ObjectDraft(kind: .configMap, namespace: namespaces[index % 100], name: name, body: body)
            if case .success(let key) = simulation.create(draft, as: .admin) { keys.append(key) }
        }
        simulation.run(until: .epoch + .minutes(10))
        return (simulation, keys)
    }

    /// Two sets of labels to write in turn.
    static func labels(_ tables: ClusterTables) -> [MapID] {
        [tables.map([("app", "a")]), tables.map([("app", "b")])]
    }
}
