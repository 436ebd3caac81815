import ClusterSimulation
import Testing

@testable import Scenarios

/// Numbers, durations and references that no cluster could mean: rehearsed to the end without a crash.
@Suite struct AbsurdNumbersTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var objects: String
        var testDescription: String { name }
    }

    private static func workload(
        _ spec: String, kind: String = "Deployment", environment: String = "[]", more: String = ""
    ) -> String {
        """
        apiVersion: apps/v1
        kind: \(kind)
        metadata: {name: d, namespace: default}
        spec:
          selector: {matchLabels: {app: d}}
          template:
            metadata: {labels: {app: d}}
            spec:
              containers:
                - {name: c, image: registry.example/frontend, args: [--x=$(A)], env: \(environment)\(more)}
          \(spec)
        """
    }

    private static func application(_ policy: String) -> String {
        """
        apiVersion: argoproj.io/v1alpha1
        kind: Application
        metadata: {name: a, namespace: argocd}
        spec:
          project: default
          source: {repoURL: "https://git.example/shop", path: ., targetRevision: main}
          destination: {server: "https://kubernetes.default.svc", namespace: default}
          syncPolicy: \(policy)
        """
    }

    private static let doubling = (1..<60).map { "{name: V\($0), value: \"$(V\($0 - 1))$(V\($0 - 1))\"}" }
        .joined(separator: ", ")

    static let cases: [Case] = [
        Case(
            name: "durations of a retry",
            objects: application(
                "{automated: {}, retry: {limit: 3, backoff: {duration: 99999999999999999999s, "
                    + "factor: 9223372036854775807, maxDuration: 9999999999h}}}")),
        Case(
            name: "a variable that names itself",
            objects: workload("replicas: 1", environment: "[{name: A, value: $(A)}]")),
        Case(
            name: "variables that double each other",
            objects: workload("replicas: 1", environment: "[\(doubling), {name: A, value: $(V59)}]")),
        Case(name: "negative replicas", objects: workload("replicas: -9223372036854775808")),
        Case(
            name: "a surge beyond 64 bits",
            objects: workload(
                "strategy: {rollingUpdate: {maxSurge: \"9223372036854775807%\", "
                    + "maxUnavailable: 9223372036854775807}}")),
        Case(
            name: "a history of negative length",
            objects: workload(
                "progressDeadlineSeconds: 9223372036854775807\n  revisionHistoryLimit: -9223372036854775808")),
        Case(
            name: "a negative partition",
            objects: workload(
                "replicas: 2\n  updateStrategy: {rollingUpdate: {partition: -2147483648}}", kind: "StatefulSet")),
        Case(
            name: "quantities beyond 64 bits",
            objects: workload(
                "replicas: 3",
                more: ", resources: {requests: {cpu: \"9000000000000000\", memory: 9Pi, a: 1e999}, limits: {memory: "
                    + "-9223372036854775808}}")
                + "\n---\napiVersion: v1\nkind: ResourceQuota\nmetadata: {name: q, namespace: default}\n"
                + "spec: {hard: {requests.cpu: \"9000000000000000\", limits.memory: -9223372036854775808}}"),
        Case(
            name: "a CronJob of absurd numbers",
            objects: """
                apiVersion: batch/v1
                kind: CronJob
                metadata: {name: j, namespace: default}
                spec:
                  schedule: "*/5 * * * *"
                  startingDeadlineSeconds: 9223372036854775807
                  successfulJobsHistoryLimit: -5
                  failedJobsHistoryLimit: -9223372036854775808
                  jobTemplate:
                    spec:
                      backoffLimit: 9223372036854775807
                      activeDeadlineSeconds: 9223372036854775807
                      completions: -9223372036854775808
                      template:
                        spec:
                          restartPolicy: Never
                          containers: [{name: c, image: registry.example/frontend}]
                status: {lastScheduleTime: "0001-01-01T00:00:00Z"}
                """),
        Case(
            name: "owners in a circle",
            objects: """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: a
                  namespace: default
                  uid: x
                  ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: b, uid: y}]
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: b
                  namespace: default
                  uid: y
                  ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: a, uid: x}]
                """),
        Case(
            name: "roles that aggregate themselves",
            objects: """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: {name: a, labels: {x: y}}
                aggregationRule:
                  clusterRoleSelectors: [{matchLabels: {x: y}}, {matchExpressions: [{key: x, operator: Absurd}]}]
                """),
        Case(
            name: "a window that lasts for ever and one that never starts",
            objects: """
                apiVersion: argoproj.io/v1alpha1
                kind: AppProject
                metadata: {name: default, namespace: argocd}
                spec:
                  sourceRepos: ["*"]
                  destinations: [{server: "*", namespace: "*"}]
                  syncWindows:
                    - {kind: deny, schedule: "0 0 31 2 *", duration: 99999999999h, applications: ["*"]}
                    - {kind: allow, schedule: "*/0 -1 99 * *", duration: 1h, applications: ["*"]}
                ---
                \(application("{automated: {}}"))
                """),
        Case(
            name: "a status of absurd numbers",
            objects: """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: p
                  namespace: default
                  deletionTimestamp: "9999-12-31T23:59:59Z"
                  generation: 9223372036854775807
                spec:
                  terminationGracePeriodSeconds: 9223372036854775807
                  containers: [{name: c, image: registry.example/frontend}]
                status:
                  phase: Running
                  containerStatuses:
                    - {name: c, restartCount: 2147483647, state: {terminated: {exitCode: 99999999999}}}
                ---
                \(workload("replicas: 3"))
                status:
                  replicas: 9223372036854775807
                  readyReplicas: -9223372036854775808
                  updatedReplicas: 9223372036854775807
                """),
    ]

    @Test(arguments: cases, ["manifests", "snapshot"]) func `are rehearsed`(_ absurd: Case, way: String) throws {
        let cluster = "\(TestFiles.scenarios)/getting-started/cluster"
        let files = ["node", "crds", "argocd"].map { "\(cluster)/\($0).yaml" }.joined(separator: ", ")
        let spec = """
            cluster: {manifests: [\(files)\(way == "manifests" ? ", " : "], snapshot: [")objects.yaml]}
            repositories: [{url: "https://git.example/shop", path: .}]
            facts: {images: [{image: registry.example/frontend, program: server}]}
            """
        try HostileScenarioTests.withFolder([
            "scenario.yaml": HostileScenarioTests.scenario(spec), "objects.yaml": absurd.objects,
        ]) { folder in
            let (scenario, problems) = ScenarioLoader.load(path: folder, roots: [TestFiles.scenarios])
            var options = RunOptions()
            options.limits.events = 20_000
            var runner = ScenarioRunner(try #require(scenario, "\(problems.text)"), options)
            #expect(runner.run().digest.count == 16)
        }
    }
}
