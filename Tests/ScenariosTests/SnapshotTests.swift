import ClusterSimulation
import Foundation
import Manifests
import Testing

@testable import Scenarios

/// A cluster that is written out as the API gives it, and loaded again.
@Suite struct SnapshotTests {
    private static func scenario(_ name: String) throws -> Scenario {
        let path = "\(TestFiles.scenarios)/\(name)/scenario.yaml"
        let (scenario, problems) = ScenarioLoader.load(path: path)
        return try #require(scenario, "\(problems.text)")
    }

    /// Every object that exists, kind by kind.
    private static func objects(_ simulation: Simulation) -> [Value] {
        simulation.servedKindIDs.flatMap { kind in
            simulation.objects(of: kind).map { simulation.document(of: $0) }
        }
    }

    private static func statuses(_ outcome: Outcome) -> [String] {
        var counts: [String: Int] = [:]
        for pod in outcome.pods { counts["\(pod.namespace) \(pod.status) \(pod.ready)", default: 0] += 1 }
        return counts.map { "\($0.key) x\($0.value)" }.sorted()
    }

    private static func rest(of runner: inout ScenarioRunner) -> Outcome {
        while runner.nextStepDue != nil { runner.performNextStep() }
        runner.advance(to: runner.horizon)
        return runner.outcome()
    }

    /// What is refused again and again in a settled cluster: a program that lacks a right goes on asking.
    private static let refusals = [
        "namespace-consolidation": [
            "system:serviceaccount:operators:arc-gha-rs-controller AutoscalingRunnerSet arc-systems/arc-runner-set: "
                + "failed to get kubernetes secret: secrets \"github-pat\" is forbidden: "
                + "User \"system:serviceaccount:operators:arc-gha-rs-controller\" cannot get resource \"secrets\" "
                + "in API group \"\" in the namespace \"arc-systems\""
        ]
    ]

    @Test(arguments: ["getting-started", "namespace-consolidation"])
    func `a settled cluster stays as it is, and what follows is the same`(name: String) throws {
        var original = ScenarioRunner(try Self.scenario(name))
        original.settle()
        var scenario = try Self.scenario(name)
        scenario.cluster.snapshot = Self.objects(original.simulation)
        scenario.cluster.manifests = []
        scenario.settle = .minutes(60)
        var loaded = ScenarioRunner(scenario)
        let begin = loaded.simulation.now
        loaded.settle()
        var writes: [String: Int] = [:]
        var comparisons: [String: Int] = [:]
        var refusals: Set<String> = []
        for index in 1..<(loaded.simulation.lastTraceID.index + 1) {
            guard let entry = loaded.simulation.causes(of: TraceID(index: index)).last, entry.at > begin else {
                continue
            }
            let object = entry.key.isNone ? "" : loaded.simulation.tables.describe(entry.key)
            if entry.action == .refuse {
                refusals.insert("\(entry.actor) \(object): \(entry.detail)")
            } else if entry.action == .updateStatus, entry.actor.text.hasSuffix(":argocd-application-controller") {
                // A controller of Argo CD that starts compares every Application once, and says when.
                comparisons[object, default: 0] += 1
            } else {
                writes["\(entry.actor) \(entry.action) \(object) \(entry.detail)", default: 0] += 1
            }
        }
        #expect(comparisons.filter { $0.value > 1 } == [:])
        #expect(refusals.sorted() == Self.refusals[name] ?? [])
        #expect(writes.isEmpty)
        let expected = Self.rest(of: &original)
        let outcome = Self.rest(of: &loaded)
        #expect(outcome.applications == expected.applications)
        #expect(Self.statuses(outcome) == Self.statuses(expected))
    }
}
