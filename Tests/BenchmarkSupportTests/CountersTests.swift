import BenchmarkSupport
import ClusterSimulation
import Foundation
import Scenarios
import Testing

/// Exact counts of the work that fixed inputs cause: unlike wall clock, they are the same on every machine, so they
/// gate in CI. One count more is one look more at something; whoever changes a file in `Snapshots` says why.
@Suite struct CountersTests {
    @Test func `the everyday mix of writes, and rollouts, cause the same work as ever`() throws {
        var cluster = BenchmarkCluster(objects: 900)
        var counts = Counts("a cluster of \(cluster.objectCount) objects, built and settled", cluster.simulation)
        let writes = BenchmarkWrites(cluster)
        writes.run(2_000, on: &cluster)
        counts.add("2,000 writes of the everyday mix", cluster.simulation)
        writes.rollOut(20, on: &cluster)
        counts.add("20 rollouts", cluster.simulation)
        try counts.expectSnapshot("engine")
    }

    @Test func `a write causes the same work in a small and in a large cluster`() {
        let counts = [900, 2_700].map { objects in
            var cluster = BenchmarkCluster(objects: objects)
            let before = cluster.simulation.counters
            let writes = BenchmarkWrites(cluster)
            writes.run(90, on: &cluster)
            writes.rollOut(3, on: &cluster)
            let after = cluster.simulation.counters
            return [
                after.events - before.events, after.apiWrites - before.apiWrites,
                after.reconciles - before.reconciles, after.invariantChecks - before.invariantChecks,
            ]
        }
        #expect(counts[0] == counts[1])
    }

    @Test func `a fork does what the straight run does`() {
        let parent = BenchmarkCluster(objects: 900)
        let writes = BenchmarkWrites(parent)
        var fork = parent
        var again = parent
        writes.run(200, on: &fork)
        writes.run(200, on: &again)
        #expect(fork.simulation.counters == again.simulation.counters)
        #expect(fork.simulation.lastTraceID == again.simulation.lastTraceID)
    }

    @Test(arguments: ["getting-started", "namespace-consolidation"])
    func `a scenario causes the same work as ever`(name: String) throws {
        let scenario = try #require(ScenarioLoader.load(path: "\(TestFiles.scenarios)/\(name)").scenario)
        var runner = ScenarioRunner(scenario)
        runner.settle()
        var counts = Counts("until the first step", runner.simulation)
        while runner.nextStepDue != nil { runner.performNextStep() }
        counts.add("until the last step", runner.simulation)
        runner.advance(to: runner.horizon)
        counts.add("until the horizon", runner.simulation)
        try counts.expectSnapshot(name)
    }
}

/// Counts by phase, each without the phases before it.
private struct Counts {
    private var phases: [(name: String, counts: [(name: String, count: UInt64)])] = []
    private var before: [UInt64] = []

    init(_ phase: String, _ simulation: Simulation) {
        add(phase, simulation)
    }

    mutating func add(_ phase: String, _ simulation: Simulation) {
        let counters = simulation.counters
        let all: [(name: String, count: UInt64)] = [
            ("events", counters.events), ("apiWrites", counters.apiWrites), ("reconciles", counters.reconciles),
            ("invariantChecks", counters.invariantChecks), ("traceEntries", UInt64(simulation.lastTraceID.index)),
        ]
        phases.append((phase, all.enumerated().map { ($1.name, $1.count - (before.isEmpty ? 0 : before[$0])) }))
        before = all.map(\.count)
    }

    private var json: String {
        let rows = phases.map { phase in
            "  \"\(phase.name)\": { "
                + phase.counts.map { "\"\($0.name)\": \($0.count)" }.joined(separator: ", ") + " }"
        }
        return "{\n" + rows.joined(separator: ",\n") + "\n}\n"
    }

    /// Compares with `Snapshots/Counters.<name>.json`.
    func expectSnapshot(_ name: String) throws {
        try RehearseTestSupport.expectSnapshot(
            json, suite: "Counters", test: name, extension: "json",
            advice: "the work has changed: docs/performance.md, Exact counts, says what to do")
    }
}
