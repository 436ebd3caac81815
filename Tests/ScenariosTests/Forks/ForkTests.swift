import ClusterSimulation
import Foundation
import Testing

@testable import Scenarios

/// Nothing that one fork does can be seen by another: a run after any siblings is the run of a fresh process.
@Suite struct ForkTests {
    static let all = ScenarioSuite.entries(of: [TestFiles.scenarios]).entries.map(\.path)

    /// Those that are run after fifty siblings always; `REHEARSE_FORKS=full` runs all of them so.
    private static let thorough = [
        "getting-started/", "namespace-consolidation/", "invariants/references-resolve/violates/",
        "invariants/applications-converge/violates/", "invariants/no-stuck-termination/violates/",
    ]

    private static let isFull = ProcessInfo.processInfo.environment["REHEARSE_FORKS"] == "full"

    private static func siblings(of path: String) -> Int {
        if isFull { return 50 }
        if path.contains("namespace-consolidation") { return 10 }
        return thorough.contains { path.contains($0) } ? 50 : 5
    }

    @Test(arguments: all) func `a run after wild siblings has the digest of a fresh one`(path: String) throws {
        let (loaded, problems) = ScenarioLoader.load(path: path)
        let scenario = try #require(loaded, "\(problems.text)")
        var fresh = ScenarioRunner(scenario)
        let expected = fresh.run()
        if Self.isFull || Self.thorough.contains(where: { path.contains($0) }) {
            #expect(try Self.digest(inFreshProcess: path) == expected.digest)
        }
        let prepared = PreparedScenario(scenario)
        let count = Self.siblings(of: path)
        // One fork is taken before the siblings run, one after; a third begins with an empty cluster.
        for number in 0..<count / 2 {
            var sibling = WildSibling(prepared.runner(), number: number)
            sibling.run()
        }
        var early = prepared.settledRunner()
        for number in count / 2..<count {
            var sibling = WildSibling(prepared.settledRunner(), number: number)
            sibling.run()
        }
        var late = prepared.settledRunner()
        var whole = prepared.runner()
        for outcome in [early.run(), late.run(), whole.run()] {
            #expect(outcome.digest == expected.digest)
            if outcome.digest != expected.digest { Self.tellDifference(outcome, expected) }
        }
        for visits in [early.simulation.visits, late.simulation.visits, whole.simulation.visits] {
            #expect(visits == fresh.simulation.visits)
        }
    }

    private static func digest(inFreshProcess path: String) throws -> String? {
        let result = try Command(folder: Command.root)(["run", path, "--no-ledger", "--format", "json"])
        let report = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
        return report?["digest"] as? String
    }

    /// The first parts that differ, for whoever has to find out why.
    private static func tellDifference(_ outcome: Outcome, _ expected: Outcome) {
        #expect(outcome.counters == expected.counters)
        #expect(outcome.violations.map(\.message) == expected.violations.map(\.message))
        #expect(outcome.unknowns.map(\.message) == expected.unknowns.map(\.message))
        #expect(outcome.timeline.map(\.text) == expected.timeline.map(\.text))
        #expect(outcome.pods.map(\.name) == expected.pods.map(\.name))
        let sources = [outcome, expected].map { $0.violations.flatMap(\.causes).map(\.source) }
        #expect(sources[0] == sources[1])
    }
}
