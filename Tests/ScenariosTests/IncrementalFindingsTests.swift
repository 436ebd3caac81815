import Testing

@testable import ClusterSimulation
@testable import Scenarios

/// Evaluating only what an event touched finds the same as evaluating everything.
@Suite struct IncrementalFindingsTests {
    /// At every event of the small scenarios.
    @Test(arguments: InvariantCatalogue.all.map(\.id.text), ["violates", "holds"])
    func `at every event the monitor knows what a full evaluation finds`(id: String, which: String) throws {
        let differences = try Self.differences(InvariantScenarioTests.scenario(id, which), everyMoments: 1)
        #expect(differences == [])
    }

    /// At every tenth moment of a whole migration, and at its end.
    @Test func `through a whole migration the monitor knows what a full evaluation finds`() throws {
        let path = "\(TestFiles.scenarios)/namespace-consolidation/scenario.yaml"
        let (loaded, problems) = ScenarioLoader.load(path: path)
        let scenario = try #require(loaded, "\(problems.text)")
        #expect(try Self.differences(scenario, everyMoments: 10) == [])
    }

    /// The first differences, with their moment.
    private static func differences(_ scenario: Scenario, everyMoments period: Int) throws -> [String] {
        var runner = ScenarioRunner(scenario)
        runner.settle()
        var moments = 0
        while runner.simulation.now < runner.horizon {
            let next = runner.simulation.nextEventTime ?? runner.horizon
            if let step = runner.nextStepDue, step.at <= next {
                runner.performNextStep()
            } else {
                runner.advance(to: min(next, runner.horizon))
            }
            moments += 1
            guard moments % period == 0 || runner.simulation.now == runner.horizon else { continue }
            let differences = runner.simulation.findingsThatDiffer()
            if !differences.isEmpty { return ["at \(runner.simulation.now.rfc3339)"] + differences }
        }
        return []
    }
}

extension Simulation {
    /// What a full evaluation finds and the monitor does not know, and the other way round.
    func findingsThatDiffer() -> [String] {
        var known: [String: String] = [:]
        for interval in monitor.intervals where interval.to == nil {
            let id = configuration.invariants[Int(interval.invariant)].id
            known["\(id) of \(tables.describe(interval.subject))"] = interval.isUnknown ? "unknown" : "violated"
        }
        var differences: [String] = []
        for (index, invariant) in configuration.invariants.enumerated() {
            for subject in subjects(of: index) {
                let name = "\(invariant.id) of \(tables.describe(subject))"
                let found: String? =
                    switch invariant.evaluate(self, subject) {
                    case .violated: "violated"
                    case .unknown: "unknown"
                    default: nil
                    }
                if known[name] != found {
                    differences.append("\(name): \(known[name] ?? "holds"), in full \(found ?? "holds")")
                }
                known[name] = nil
            }
        }
        // Subjects that are gone may be violated still; nothing evaluates them in full.
        for (name, value) in known.sorted(by: { $0.key < $1.key }) where !name.hasPrefix("data-follows") {
            differences.append("\(name): \(value), in full no subject")
        }
        return differences
    }

    private func subjects(of invariant: Int) -> [ObjectKey] {
        let index = configuration.monitorIndex
        let bit = UInt64(1) << UInt64(invariant)
        return allObjects.filter { key in
            index.subjects(of: tables.kindID(key)) & bit != 0
                || (index.onFinalizers & bit != 0 && !state[key].finalizers.isEmpty)
        }
    }
}
