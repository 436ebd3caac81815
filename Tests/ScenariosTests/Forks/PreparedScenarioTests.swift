import ClusterSimulation
import Testing

@testable import Scenarios

/// One process runs a scenario many times for the work of little more than one run.
@Suite struct PreparedScenarioTests {
    @Test(arguments: ["getting-started", "namespace-consolidation"])
    func `a second run has the first run's digest, and makes nothing again`(name: String) throws {
        let (loaded, problems) = ScenarioLoader.load(path: "\(TestFiles.scenarios)/\(name)/scenario.yaml")
        let scenario = try #require(loaded, "\(problems.text)")
        let prepared = PreparedScenario(scenario)
        var first = prepared.runner()
        let outcome = first.run()
        let made = Made(prepared)
        #expect(made.answers > 0)
        // A run from the empty cluster does all the events again and reads, renders and analyses nothing.
        var second = prepared.runner()
        #expect(second.run().digest == outcome.digest)
        #expect(second.simulation.counters == first.simulation.counters)
        #expect(second.simulation.visits == first.simulation.visits)
        #expect(Made(prepared) == made)
        // One from the settled cluster does the events of the steps only.
        let settled = prepared.settledRunner()
        let before = settled.simulation.counters.events
        #expect(before > 0)
        for _ in 0..<3 {
            var again = prepared.settledRunner()
            #expect(again.simulation.counters.events == before)
            #expect(again.run().digest == outcome.digest)
            #expect(again.simulation.counters == first.simulation.counters)
        }
        #expect(Made(prepared) == made)
        var alone = ScenarioRunner(scenario)
        #expect(alone.run().digest == outcome.digest)
    }

    @Test func `runs of one scenario may have different seeds`() throws {
        let scenario = try #require(
            ScenarioLoader.load(path: "\(TestFiles.scenarios)/getting-started/scenario.yaml").scenario)
        let prepared = PreparedScenario(scenario)
        for seed in [7, 8, 7] as [UInt64] {
            var options = RunOptions()
            options.seed = seed
            var alone = ScenarioRunner(scenario, options)
            let outcome = alone.run()
            var runner = prepared.settledRunner(seed: seed)
            #expect(runner.run().digest == outcome.digest)
            #expect(outcome.seed == seed)
        }
    }

    /// What the runs of a scenario made so far and share.
    private struct Made: Equatable {
        var bodies: Int
        var keys: Int
        var answers: Int

        init(_ prepared: PreparedScenario) {
            bodies = prepared.tables.bodyCount
            keys = prepared.tables.keyCount
            answers = prepared.server.answerCount
        }
    }
}
