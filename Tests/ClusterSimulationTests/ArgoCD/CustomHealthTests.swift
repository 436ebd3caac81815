import Testing

@testable import ClusterSimulation

/// Answers what the object's `data.say` says. A key of the settings is a pattern, `.` stands for `*`.
private final class FakeRunner: HealthScriptRunner, @unchecked Sendable {
    var runs = 0

    func scripts(settings data: Value) -> HealthScripts {
        HealthScripts(
            data.fields.map { field in
                let pattern = String(field.key.text.map { $0 == "." ? "*" : $0 })
                return HealthScripts.Entry(
                    Symbol(pattern), HealthScript(field.value.symbol ?? .empty, hasOpenLibraries: false))
            })
    }

    func run(_ script: HealthScript, _ document: Value, now: SimulationTime) -> HealthScriptAnswer {
        runs += 1
        let clock = script.text == "clock"
        switch document.at("data", "say")?.text {
        case "fail"?: return HealthScriptAnswer(.failed("<string>:1: no"), readsClock: clock)
        case "nothing"?: return HealthScriptAnswer(.empty, readsClock: clock)
        case let text?:
            guard let code = HealthCode(Symbol(text)) else { break }
            return HealthScriptAnswer(.found(ResourceHealth(code, script.text.text)), readsClock: clock)
        case nil: break
        }
        return HealthScriptAnswer(.none)
    }
}

@Suite struct CustomHealthTests {
    private static func simulation(
        _ runner: FakeRunner, shipped: [HealthScripts.Entry] = [], settings: Value? = nil,
        versions: Versions = Versions(),
        objects: @escaping @Sendable () -> [Value]
    ) -> Simulation {
        var simulation = ArgoCDToys.simulation(versions: versions, namespaces: ["shop"]) { _ in .success(objects()) }
        simulation.externals.customHealth = CustomHealth(runner: runner, shipped: HealthScripts(shipped))
        if let settings {
            ArgoCDToys.add(ArgoCDToys.configMap("argocd-cm", namespace: "argocd", settings), to: &simulation)
        }
        ArgoCDToys.add(ArgoCDToys.application("app", namespace: "shop"), to: &simulation)
        return simulation
    }

    private static func said(_ word: String, name: Symbol = "one", wave: String? = nil) -> Value {
        let annotations: [(Symbol, Value)] = wave.map { [(ArgoCD.syncWave, .string($0))] } ?? []
        return ArgoCDToys.configMap(name, annotations: annotations, ["say": .string(word)])
    }

    @Test(arguments: ["Healthy", "Suspended", "Progressing", "Degraded", "Unknown"])
    func `a script of the settings makes the health of the Application`(word: String) {
        var simulation = Self.simulation(FakeRunner(), settings: ["ConfigMap": "mine"]) { [Self.said(word)] }
        simulation.run(60)
        #expect(ArgoCDToys.state(simulation, "app").health.text.text == word)
    }

    @Test func `the settings come before the shipped scripts, exact names before wildcards`() {
        func message(_ settings: Value?, _ shipped: [HealthScripts.Entry]) -> String? {
            let runner = FakeRunner()
            var simulation = Self.simulation(runner, shipped: shipped, settings: settings) { [Self.said("Degraded")] }
            simulation.run(60)
            let key = simulation.tables.key(.configMap, "shop", "one")
            return simulation.healthFinding(key).health?.message
        }
        let exact = HealthScripts.Entry("ConfigMap", HealthScript("shipped", hasOpenLibraries: true))
        let wild = HealthScripts.Entry("Config*", HealthScript("shipped wild", hasOpenLibraries: true))
        #expect(message(["ConfigMap": "mine", "Config.": "mine wild"], [exact]) == "mine")
        #expect(message(["Config.": "mine wild"], [exact]) == "mine wild")
        #expect(message(["Other": "mine"], [wild, exact]) == "shipped")
        #expect(message(nil, [wild]) == "shipped wild")
        #expect(message(nil, []) == nil)
    }

    @Test func `a script that fails is an error of the comparison`() {
        var simulation = Self.simulation(FakeRunner(), settings: ["ConfigMap": "mine"]) {
            [Self.said("fail"), Self.said("fail", name: "two")]
        }
        simulation.run(60)
        let state = ArgoCDToys.state(simulation, "app")
        #expect(state.health == .unknown)
        #expect(
            state.conditions.map(\.message.text) == [
                "error setting app health: failed to get resource health for \"ConfigMap\" with name \"one\" in "
                    + "namespace \"shop\": <string>:1: no"
            ])
    }

    @Test func `a script that says nothing has no effect but on waves`() {
        var simulation = Self.simulation(FakeRunner(), settings: ["ConfigMap": "mine"]) {
            [Self.said("nothing", wave: "0"), Self.said("Healthy", name: "two", wave: "1")]
        }
        simulation.run(60)
        let state = ArgoCDToys.state(simulation, "app")
        #expect(state.health == .healthy)
        #expect(state.operation?.phase == .running)
        #expect(ArgoCDToys.names(simulation, .configMap, "shop") == ["one"])
    }

    @Test func `an edit of the settings is found at the next poll`() {
        let runner = FakeRunner()
        var simulation = Self.simulation(runner, settings: ["Other": "mine"]) { [Self.said("Degraded")] }
        simulation.run(60)
        #expect(ArgoCDToys.state(simulation, "app").health == .healthy)
        #expect(runner.runs == 0)
        ArgoCDToys.add(ArgoCDToys.configMap("argocd-cm", namespace: "argocd", ["ConfigMap": "mine"]), to: &simulation)
        simulation.run(5)
        #expect(ArgoCDToys.state(simulation, "app").health == .healthy)
        simulation.run(200)
        #expect(ArgoCDToys.state(simulation, "app").health == .degraded)
        #expect(runner.runs == 1)
        let settings = simulation.tables.key(.configMap, "argocd", "argocd-cm")
        _ = simulation.delete(settings, as: .admin)
        simulation.run(200)
        #expect(ArgoCDToys.state(simulation, "app").health == .healthy)
    }

    @Test func `a script runs once for each state of an object, or at each look if it reads the clock`() {
        for (script, runs) in [("mine", 1), ("clock", 2)] {
            let runner = FakeRunner()
            var simulation = Self.simulation(runner, settings: ["ConfigMap": .string(script)]) {
                [Self.said("Degraded")]
            }
            simulation.run(60)
            runner.runs = 0
            let key = simulation.tables.key(.configMap, "shop", "one")
            _ = simulation.healthFinding(key)
            simulation.run(10)
            _ = simulation.healthFinding(key)
            _ = simulation.healthFinding(key)
            #expect(runner.runs == runs - (script == "mine" ? 1 : 0), "\(script)")
        }
    }

    @Test func `being deleted comes before every script`() {
        let input = HealthInput(document: [
            "apiVersion": "v1", "kind": "ConfigMap",
            "metadata": ["name": "a", "deletionTimestamp": "2026-01-01T00:00:00Z"],
            "data": ["say": "Degraded"],
        ])
        let answer = input.map { input in
            HealthCheck.finding(
                input, script: HealthScript("mine", hasOpenLibraries: false), runner: FakeRunner(), now: .epoch
            ) { nil }
        }
        #expect(answer?.finding == .found(ResourceHealth(.progressing, "Pending deletion")))
    }

    @Test(arguments: [(3, HealthCode.missing), (4, HealthCode.healthy)])
    func `before 3.4 a missing object of a kind with a script in the settings counts`(minor: Int, health: HealthCode) {
        var versions = Versions()
        versions.argocdMinor = minor
        var simulation = Self.simulation(FakeRunner(), settings: ["Secret": "mine"], versions: versions) {
            [Self.said("Healthy"), ArgoCDToys.manifest("v1", "Secret", "gone")]
        }
        simulation.run(60)
        var application = ArgoCDToys.application("app", namespace: "shop", automated: nil)
        application["metadata"] = ["name": "app", "namespace": "argocd"]
        ArgoCDToys.add(application, to: &simulation)
        _ = simulation.delete(simulation.tables.key(.secret, "shop", "gone"), as: .admin)
        simulation.run(60)
        #expect(ArgoCDToys.state(simulation, "app").health == health)
    }
}
