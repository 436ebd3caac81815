import ClusterSimulation
import Foundation
import Scenarios
import Testing

/// As `GrowthTests`, for Applications of Argo CD: each with a Deployment and a Service of its own in one repository.
@Suite struct ApplicationGrowthTests {
    @Test(arguments: [true, false]) func `more Applications are at most a fifth more work than they are more`(
        inNamespacesOfTheirOwn: Bool
    ) throws {
        let least = 25
        let first = try Self.work(least, inNamespacesOfTheirOwn)
        for count in [100, 400] {
            let growth = Double(count) / Double(least)
            for (old, new) in zip(first, try Self.work(count, inNamespacesOfTheirOwn)) {
                let ratio = Double(new) / Double(old) / growth
                #expect(ratio <= 1.2, "\(count) Applications: \(new), \(old) of \(least)")
            }
        }
    }

    private static let scenarios: URL = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("scenarios")

    private static func work(_ count: Int, _ inNamespacesOfTheirOwn: Bool) throws -> [UInt64] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("growth-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try write(count, inNamespacesOfTheirOwn, to: folder)
        let (scenario, problems) = ScenarioLoader.load(path: folder.path, roots: [scenarios.path])
        var runner = ScenarioRunner(try #require(scenario, "\(problems.text)"))
        let outcome = runner.run()
        #expect(outcome.verdict == .holds)
        #expect(outcome.applications.count == count)
        let counters = outcome.counters
        return [
            counters.events, counters.apiWrites, counters.reconciles, counters.invariantChecks,
            runner.simulation.visits,
        ]
    }

    private static func write(_ count: Int, _ inNamespacesOfTheirOwn: Bool, to folder: URL) throws {
        func put(_ path: String, _ text: String) throws {
            let file = folder.appendingPathComponent(path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        let cluster = scenarios.appendingPathComponent("getting-started/cluster").path
        let project = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: argocd}
            ---
            apiVersion: argoproj.io/v1alpha1
            kind: AppProject
            metadata: {name: default, namespace: argocd}
            spec: {sourceRepos: ["*"], destinations: [{server: "*", namespace: "*"}], clusterResourceWhitelist: [{group: "*", kind: "*"}]}
            """
        let namespaces = (0..<count).map { inNamespacesOfTheirOwn ? "team-\($0)" : "shop" }
        let applications = namespaces.enumerated().map { index, namespace in
            """
            ---
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: app-\(index), namespace: argocd}
            spec:
              project: default
              source: {repoURL: "https://git.example/shop", targetRevision: main, path: app-\(index)}
              destination: {server: "https://kubernetes.default.svc", namespace: \(namespace)}
              syncPolicy: {automated: {prune: true, selfHeal: true}, syncOptions: [CreateNamespace=true]}
            """
        }
        try put("argocd.yaml", ([project] + applications).joined(separator: "\n"))
        for (index, namespace) in namespaces.enumerated() {
            try put(
                "repository/app-\(index)/app.yaml",
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: app-\(index), namespace: \(namespace)}
                spec:
                  selector: {matchLabels: {app: app-\(index)}}
                  template:
                    metadata: {labels: {app: app-\(index)}}
                    spec: {containers: [{name: main, image: registry.example/app}]}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: app-\(index), namespace: \(namespace)}
                spec: {selector: {app: app-\(index)}, ports: [{port: 80}]}
                """)
        }
        try put(
            "scenario.yaml",
            """
            apiVersion: rehearse.dev/v1alpha1
            kind: Scenario
            metadata: {name: growth}
            spec:
              start: "2026-01-12T09:00:00Z"
              horizon: "2026-01-12T10:00:00Z"
              cluster: {manifests: [\(cluster)/node.yaml, \(cluster)/crds.yaml, argocd.yaml]}
              repositories: [{url: "https://git.example/shop", path: repository}]
              facts: {images: [{image: registry.example/app, program: server}]}
            """)
    }
}
