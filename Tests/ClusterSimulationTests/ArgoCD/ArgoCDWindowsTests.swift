import Testing

@testable import ClusterSimulation

/// Sync windows and schedules.
@Suite struct ArgoCDWindowsTests {
    typealias Toys = ArgoCDToys

    static func time(_ text: String) -> SimulationTime { SimulationTime(rfc3339: text) ?? .never }

    static func window(
        _ kind: String, _ schedule: String, _ duration: String, manualSync: Bool = false, namespaces: Value = ["*"]
    ) -> SyncWindow {
        SyncWindow([
            "kind": .string(kind), "schedule": .string(schedule), "duration": .string(duration),
            "namespaces": namespaces, "manualSync": Value(.boolean(manualSync)),
        ])
    }

    @Test func `schedules know minutes, hours, days and weekdays`() {
        #expect(CronSchedule("* * * * *")?.matches(Self.time("2025-11-27T04:10:30Z")) == true)
        #expect(CronSchedule("10 4 * * *")?.matches(Self.time("2025-11-27T04:10:00Z")) == true)
        #expect(CronSchedule("10 4 * * *")?.matches(Self.time("2025-11-27T05:10:00Z")) == false)
        // 2025-11-27 was a Thursday.
        #expect(CronSchedule("*/5 0-6 * 11 4")?.matches(Self.time("2025-11-27T04:10:00Z")) == true)
        #expect(CronSchedule("*/5 0-6 * 11 5")?.matches(Self.time("2025-11-27T04:10:00Z")) == false)
        #expect(CronSchedule("0 0 1 * 4")?.matches(Self.time("2025-11-27T00:00:00Z")) == true)
        #expect(CronSchedule("0 0 * * 7")?.matches(Self.time("2025-11-30T00:00:00Z")) == true)
        #expect(CronSchedule("0 0 * *") == nil)
        #expect(CronSchedule("61 0 * * *") == nil)
    }

    @Test func `windows allow, deny and let through what is manual`() {
        let inside = Self.time("2025-11-27T22:30:00Z")
        let outside = Self.time("2025-11-27T21:59:00Z")
        let allow = Self.window("allow", "0 22 * * *", "1h")
        #expect(SyncWindow.permits([allow], at: inside, isManual: false))
        #expect(!SyncWindow.permits([allow], at: outside, isManual: true))
        let manual = Self.window("allow", "0 22 * * *", "1h", manualSync: true)
        #expect(SyncWindow.permits([manual], at: outside, isManual: true))
        #expect(!SyncWindow.permits([manual], at: outside, isManual: false))
        let deny = Self.window("deny", "0 22 * * *", "1h")
        #expect(!SyncWindow.permits([allow, deny], at: inside, isManual: true))
        #expect(SyncWindow.permits([deny], at: outside, isManual: false))
        #expect(!SyncWindow.permits([Self.window("deny", "never", "1h")], at: outside, isManual: false))
        let old = Self.window("deny", "* * * * *", "1h", namespaces: ["old"])
        #expect(old.matches(application: "a", namespace: "old"))
        #expect(!old.matches(application: "a", namespace: "new"))
    }

    @Test func `a sync waits for its window`() {
        var simulation = Toys.simulation(namespaces: ["a"]) { _ in .success([Toys.configMap("one")]) }
        Toys.add(
            Toys.manifest("argoproj.io/v1alpha1", "AppProject", "default", namespace: "argocd").with(
                "spec",
                [
                    "sourceRepos": ["*"], "destinations": [["server": "*", "namespace": "*"]],
                    "syncWindows": [
                        ["kind": "allow", "schedule": "0 2 * * *", "duration": "1h", "applications": ["*"]]
                    ],
                ]), to: &simulation)
        Toys.add(Toys.application("app", namespace: "a"), to: &simulation)
        simulation.run(7000)
        #expect(Toys.names(simulation, .configMap, "a") == [])
        #expect(Toys.row(simulation, "app") == "OutOfSync Missing ")
        simulation.run(300)
        #expect(Toys.names(simulation, .configMap, "a") == ["one"])
    }
}
