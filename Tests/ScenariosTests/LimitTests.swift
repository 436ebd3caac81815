import ClusterSimulation
import Foundation
import Testing

@testable import Scenarios

/// A limit of the model is told with its name and number, and is never a violation.
@Suite struct LimitTests {
    private static let node = """
        apiVersion: v1
        kind: Node
        metadata: {name: worker-1}
        ---

        """

    private static func workload(
        _ kind: String, named name: String = "a", image: String = "app", _ spec: String
    ) -> String {
        """
        apiVersion: \(kind == "Job" ? "batch/v1" : "apps/v1")
        kind: \(kind)
        metadata: {name: \(name), namespace: default}
        spec:
          \(kind == "Job" ? "" : "selector: {matchLabels: {app: \(name)}}")
          template:
            metadata: {labels: {app: \(name)}}
            spec: {containers: [{name: c, image: registry.example/\(image)}]\(
                kind == "Job" ? ", restartPolicy: Never" : "")}
          \(spec)
        ---

        """
    }

    private static func outcome(
        of objects: String, more: String = "", horizon: String = "2026-01-12T09:30:00Z", _ limits: Limits
    ) throws -> Outcome {
        let spec = """
            cluster: {manifests: [objects.yaml]}
            facts: {images: [{image: registry.example/app, program: server}, {image: registry.example/task, program: task}]}
            \(more)
            """
        let files = [
            "scenario.yaml": HostileScenarioTests.scenario(spec, horizon: horizon), "objects.yaml": node + objects,
        ]
        return try HostileScenarioTests.withFolder(files) { folder in
            let (scenario, problems) = ScenarioLoader.load(path: folder)
            var options = RunOptions()
            options.limits = limits
            var runner = ScenarioRunner(try #require(scenario, "\(problems.text)"), options)
            return runner.run()
        }
    }

    private static func pods(_ count: Int) -> Limits {
        var limits = Limits()
        limits.podsOfWorkload = count
        return limits
    }

    @Test(arguments: [
        workload("Deployment", "replicas: 11"), workload("Deployment", "replicas: 2147483647"),
        workload("StatefulSet", "replicas: 2147483647"), workload("ReplicaSet", "replicas: 11"),
        workload("StatefulSet", "replicas: 11\n  podManagementPolicy: Parallel"),
        workload("Job", image: "task", "parallelism: 1000000000\n  completions: 1000000000"),
        workload("Job", image: "task", "parallelism: 2\n  completions: 11"),
    ]) func `more Pods than are simulated are an unknown`(objects: String) throws {
        let outcome = try Self.outcome(of: objects, Self.pods(10))
        #expect(outcome.verdict == .inconclusive)
        #expect(outcome.violations.isEmpty)
        let message = try #require(outcome.unknowns.first?.message)
        #expect(message.contains("10 of one workload are simulated (limit pods-of-workload)"))
        #expect(outcome.pods.count <= 10)
    }

    @Test(arguments: [
        workload("Deployment", "replicas: 10"), workload("StatefulSet", "replicas: 10"),
        workload("Job", image: "task", "parallelism: 10\n  completions: 10"),
    ]) func `as many Pods as are simulated are no unknown`(objects: String) throws {
        let outcome = try Self.outcome(of: objects, Self.pods(10))
        #expect(outcome.verdict == .holds)
        #expect(outcome.unknowns.isEmpty)
    }

    @Test func `what does not follow from a limit is still a violation`() throws {
        let objects =
            Self.workload("Deployment", "replicas: 11")
            + Self.workload("Deployment", named: "b", "replicas: 1").replacing(
                "containers:", with: "nodeSelector: {disk: none}, containers:")
        let outcome = try Self.outcome(of: objects, Self.pods(10))
        #expect(outcome.verdict == .violated)
        #expect(outcome.violations.map(\.subject.name) == ["b"])
        #expect(outcome.unknowns.map(\.subject.name) == ["a"])
    }

    @Test func `a workload that asks for less again is judged again`() throws {
        let steps = """
            steps:
              - {after: 1m, kubectl: {scale: {kind: Deployment, namespace: default, name: a, replicas: 3}}}
              - {after: 2m, kubectl: {apply: [broken.yaml]}}
            """
        let broken = Self.workload("Deployment", "replicas: 3").replacing(
            "containers:", with: "nodeSelector: {disk: none}, containers:")
        let spec = """
            cluster: {manifests: [objects.yaml]}
            facts: {images: [{image: registry.example/app, program: server}]}
            \(steps)
            """
        let files = [
            "scenario.yaml": HostileScenarioTests.scenario(spec), "broken.yaml": broken,
            "objects.yaml": Self.node + Self.workload("Deployment", "replicas: 11"),
        ]
        let outcome = try HostileScenarioTests.withFolder(files) { folder in
            let (scenario, problems) = ScenarioLoader.load(path: folder)
            var options = RunOptions()
            options.limits = Self.pods(10)
            var runner = ScenarioRunner(try #require(scenario, "\(problems.text)"), options)
            return runner.run()
        }
        #expect(outcome.verdict == .violated)
        #expect(outcome.violations.map(\.invariant) == ["workloads-become-available"])
        #expect(outcome.unknowns.count == 1)
    }

    private static let everyMinute = """
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: a, namespace: default}
        spec:
          schedule: "* * * * *"
          jobTemplate:
            spec:
              template:
                spec: {restartPolicy: Never, containers: [{name: c, image: registry.example/task}]}
        """

    private static func limits(_ change: (inout Limits) -> Void) -> Limits {
        var limits = Limits()
        change(&limits)
        return limits
    }

    @Test(arguments: [
        (limits { $0.events = 3000 }, "3000 events (limit events)"),
        (limits { $0.writes = 3000 }, "3000 writes (limit writes)"),
        (limits { $0.visits = 30_000 }, "30000 objects, references and list entries looked at (limit visits)"),
    ]) func `a hundred years end at a limit of the whole run`(limits: Limits, told: String) throws {
        let outcome = try Self.outcome(of: Self.everyMinute, horizon: "2126-01-12T09:00:00Z", limits)
        #expect(outcome.verdict == .inconclusive)
        let message = try #require(outcome.unknowns.first?.message)
        #expect(message.hasPrefix("the rehearsal ended at 2026-01-"))
        #expect(message.contains(told))
        #expect(message.contains("events were those of"))
        #expect(outcome.horizon.rfc3339 < "2026-02")
    }

    @Test func `a cluster of too many objects ends at once, without violations`() throws {
        var limits = Limits()
        limits.objects = 150
        let namespaces = (0..<100).map { "apiVersion: v1\nkind: Namespace\nmetadata: {name: n\($0)}\n---\n" }
        let outcome = try Self.outcome(of: namespaces.joined(), limits)
        #expect(outcome.verdict == .inconclusive)
        #expect(outcome.violations.isEmpty)
        let message = try #require(outcome.unknowns.last?.message)
        #expect(
            message.contains("while the initial cluster settled: it has reached 150 objects at a time (limit objects)"))
    }

    @Test func `every limit is documented with its number`() throws {
        let page = try String(contentsOfFile: "\(TestFiles.scenarios)/../docs/cluster-model.md", encoding: .utf8)
        let limits = Limits()
        for name in Limits.Name.allCases {
            #expect(page.contains("| `\(name.rawValue)` | \(Self.grouped(limits[name])) |"), "\(name.rawValue)")
        }
    }

    /// `1000000` as `1,000,000`.
    private static func grouped(_ number: UInt64) -> String {
        var digits = Array(String(number))
        for place in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(",", at: place) }
        return String(digits)
    }
}
