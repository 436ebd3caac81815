@testable import ClusterSimulation
@testable import Scenarios
import Testing

/// Evaluating only what an event touched finds the same as evaluating everything.
@Suite struct IncrementalFindingsTests {
    /// At every event of the small scenarios.
    @Test(arguments: InvariantCatalogue.all.map(\.id.text), ["violates", "holds"])
    func `at every event the monitor knows what a full evaluation finds`(id: String, which: String) throws {
        var runner = ScenarioRunner(try InvariantScenarioTests.scenario(id, which))
        var differences: [String] = []
        var steps = 0
        runner.settle()
        while differences.isEmpty, runner.simulation.now < runner.horizon {
            if let due = runner.nextStepDue, due.at <= runner.simulation.nextEventTime ?? due.at {
                runner.performNextStep()
            } else if let next = runner.simulation.nextEventTime, next <= runner.horizon {
                runner.advance(to: next)
            } else {
                runner.advance(to: runner.horizon)
            }
            steps += 1
            differences = runner.simulation.findingsThatDiffer()
        }
        #expect(differences == [], "at \(runner.simulation.now.rfc3339)")
        #expect(steps > 0)
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
                if known[name] != found { differences.append("\(name): \(known[name] ?? "holds"), in full \(found ?? "holds")") }
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
        var keys: [ObjectKey] = []
        for bucket in tables.bucketContents.indices {
            let isSubject = index.subjects(of: tables.bucketContents[bucket].kind) & bit != 0
            state.forEach(inBucket: bucket) { key in
                if isSubject || (index.onFinalizers & bit != 0 && !state[key].finalizers.isEmpty) { keys.append(key) }
                return true
            }
        }
        return keys
    }
}
