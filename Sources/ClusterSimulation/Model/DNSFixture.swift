/// A cluster that holds exactly what the test of a name server says it holds.
///
/// Its objects are stored past the API server: CoreDNS' own tests give one address to two Services, and name Services
/// that do not exist, and no API server lets that in. No controllers run. Recordings of such tests are its only use.
package struct DNSFixture {
    package private(set) var simulation: Simulation

    package init() {
        let tables = ClusterTables()
        simulation = Simulation(
            tables: tables, configuration: Configuration(tables: tables, controllers: [], invariants: []),
            start: .epoch)
    }

    /// Stores an object as its manifest describes it, status and `metadata.deletionTimestamp` included.
    package mutating func add(_ manifest: Value) {
        guard let draft = simulation.draft(manifest: manifest) else { return }
        let key = simulation.tables.key(draft.kind, draft.namespace, draft.name)
        simulation.store(new: draft, key, .admin)
        simulation.restore(key, from: manifest)
        if manifest.at("metadata", "deletionTimestamp") != nil { simulation.state.rows[key.offset].deleted = .epoch }
    }
}
