import Testing

@testable import ClusterSimulation

@Suite struct RepositoryFaultTests {
    private let error =
        "Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: "
        + "code = Unknown desc = failed to list refs: Get \"https://git.example/platform/info/refs?service=git-upload-pack\": "
        + "context deadline exceeded (Client.Timeout exceeded while awaiting headers)"

    /// One Application that has synced one ConfigMap; a change set `more` adds a second.
    private func simulation(_ application: Value = ArgoCDToys.application("app", namespace: "apps")) -> Simulation {
        var simulation = ArgoCDToys.simulation(namespaces: ["apps"]) { request in
            let names: [Symbol] = request.changeSets.contains("more") ? ["one", "two"] : ["one"]
            return .success(names.map { ArgoCDToys.configMap($0) })
        }
        ArgoCDToys.add(application, to: &simulation)
        simulation.run(600)
        return simulation
    }

    private func sync(_ simulation: Simulation) -> SyncCode { ArgoCDToys.state(simulation, "app").sync }

    @Test func `the error is told after its grace, and a commit arrives when the repository is back`() {
        var simulation = simulation()
        #expect(sync(simulation) == .synced)
        simulation.setRepository(ArgoCDToys.url, isAvailable: false)
        simulation.mergeChangeSet(repository: 0, "more")
        simulation.run(180)
        #expect(sync(simulation) == .synced)
        simulation.run(600)
        #expect(sync(simulation) == .unknown)
        #expect(ArgoCDToys.state(simulation, "app").conditions.map(\.message.text) == [error])
        #expect(!ArgoCDToys.names(simulation, .configMap, "apps").contains("two"))
        simulation.setRepository("https://git.example/platform.git", isAvailable: true)
        simulation.run(600)
        #expect(sync(simulation) == .synced)
        #expect(ArgoCDToys.state(simulation, "app").conditions.isEmpty)
        #expect(ArgoCDToys.names(simulation, .configMap, "apps").contains("two"))
    }

    @Test func `an Application heals by the revision that it compared last`() {
        var simulation = simulation(
            ArgoCDToys.application("app", namespace: "apps", automated: ["prune": true, "selfHeal": true]))
        simulation.setRepository(ArgoCDToys.url, isAvailable: false)
        simulation.delete(ArgoCDToys.key(simulation, .configMap, "apps", "one"), as: .admin)
        simulation.run(30)
        #expect(ArgoCDToys.names(simulation, .configMap, "apps").contains("one"))
    }

    @Test func `a chart that was read before needs its repository no more`() {
        var simulation = simulation(ArgoCDToys.application("app", namespace: "apps", chart: "chart"))
        simulation.setRepository("https://charts.example", isAvailable: false)
        simulation.run(1200)
        #expect(sync(simulation) == .synced)
        ArgoCDToys.add(ArgoCDToys.application("app", namespace: "apps", chart: "other"), to: &simulation)
        simulation.run(1200)
        #expect(sync(simulation) == .unknown)
    }

    @Test func `nobody syncs by hand what cannot be read`() {
        var simulation = simulation(ArgoCDToys.application("app", namespace: "apps", automated: nil))
        let before = ArgoCDToys.state(simulation, "app").operation?.startedAt
        simulation.setRepository(ArgoCDToys.url, isAvailable: false)
        let isThere = simulation.syncApplication("app")
        #expect(isThere)
        simulation.run(60)
        #expect(ArgoCDToys.state(simulation, "app").operation?.startedAt == before)
    }
}
