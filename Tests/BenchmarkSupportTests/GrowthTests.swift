import BenchmarkSupport
import ClusterSimulation
import Testing

/// How work grows with the input: exact counts of a cluster of one size and of twice that, with every controller and
/// every invariant on. `visits` counts what events do not show: objects, references and list entries looked at.
@Suite struct GrowthTests {
    /// So many times as much input may cost so much more than that many times as much: a fifth.
    private static let most = 1.2

    /// What grows, and how large it is at first.
    struct Input: Sendable, CustomTestStringConvertible {
        var name: String
        var sizes: [Int]
        /// Until when the cluster is simulated.
        var span: SimulationTime.Span = .minutes(60)
        var manifests: @Sendable (Int) -> [Value]
        var testDescription: String { name }
    }

    private static let podCounts = [500, 2000, 8000]

    static let inputs: [Input] = [
        Input(name: "Pods of a Deployment", sizes: podCounts) { [deployment("a", replicas: $0)] },
        Input(name: "Pods of a Deployment behind a Service, beside another one", sizes: podCounts) {
            [deployment("a", replicas: $0), service("a"), deployment("b", replicas: 1), service("b")]
        },
        Input(name: "Pods that no node takes", sizes: podCounts) {
            [deployment("a", replicas: $0, spec: ["nodeSelector": ["disk": "none"]])]
        },
        Input(name: "Pods of a Deployment under a quota", sizes: podCounts) {
            [
                [
                    "apiVersion": "v1", "kind": "ResourceQuota", "metadata": ["name": "q", "namespace": "default"],
                    "spec": ["hard": ["pods": "100000", "requests.cpu": "100000"]],
                ],
                deployment("a", replicas: $0, container: ["resources": ["requests": ["cpu": "1m"]]]),
            ]
        },
        Input(name: "Pods of a StatefulSet that starts them at once", sizes: podCounts) {
            [workload("StatefulSet", "a", replicas: $0, ["podManagementPolicy": "Parallel"])]
        },
        Input(name: "Pods of a Job", sizes: podCounts) { count in
            [
                [
                    "apiVersion": "batch/v1", "kind": "Job", "metadata": ["name": "a", "namespace": "default"],
                    "spec": [
                        "parallelism": .integer(count), "completions": .integer(count),
                        "template": [
                            "spec": [
                                "restartPolicy": "Never",
                                "containers": [["name": "a", "image": "registry.example/task"]],
                            ]
                        ],
                    ],
                ]
            ]
        },
        Input(
            name: "Pods of a StatefulSet that starts them one by one", sizes: [50, 100, 400], span: .minutes(60 * 24)
        ) {
            [workload("StatefulSet", "a", replicas: $0)]
        },
        Input(name: "nodes of a DaemonSet", sizes: [125, 500, 2000]) { count in
            (0..<count).map { BenchmarkManifests.node("more-\($0)") } + [workload("DaemonSet", "a", replicas: nil)]
        },
        Input(name: "Deployments of a namespace", sizes: [125, 500, 2000]) { count in
            (0..<count).map { deployment("a-\($0)", replicas: 1) }
        },
        Input(name: "namespaces", sizes: [500, 2000, 8000]) { count in
            (0..<count).map { BenchmarkManifests.namespace("n-\($0)") }
        },
        Input(name: "ports of a Service", sizes: [500, 2000, 8000]) { count in
            [
                deployment("a", replicas: 3),
                service("a", ports: (0..<count).map { ["name": .string("p\($0)"), "port": .integer($0 + 1)] }),
            ]
        },
        Input(name: "labels of a Deployment and its Pods", sizes: [500, 2000, 8000]) { count in
            let labels = Value.object(of: (0..<count).map { (Symbol("label-\($0)"), "x") })
            return [deployment("a", replicas: 3, labels: labels), service("a", selector: labels)]
        },
    ]

    @Test(arguments: inputs) func `more input is at most a fifth more work than it is more`(_ input: Input) throws {
        let first = try Self.work(input, input.sizes[0])
        for size in input.sizes.dropFirst() {
            let growth = Double(size) / Double(input.sizes[0])
            for (old, new) in zip(first, try Self.work(input, size)) where old.count > 100 {
                let ratio = Double(new.count) / Double(old.count) / growth
                #expect(ratio <= Self.most, "\(new.name) of \(size): \(new.count), \(old.count) of \(input.sizes[0])")
            }
        }
    }

    private static func work(_ input: Input, _ size: Int) throws -> [(name: String, count: UInt64)] {
        let tables = ClusterTables()
        var externals = ExternalSystems()
        externals.images = [
            ImageFact(pattern: "registry.example/task", program: "task"), ImageFact(pattern: "*", program: "server"),
        ]
        var simulation = Simulation(
            tables: tables, configuration: Configuration(tables: tables), externals: externals, start: .epoch)
        simulation.bootstrap()
        let manifests = [BenchmarkManifests.node("worker-1")] + input.manifests(size)
        let drafts = try manifests.map { try #require(simulation.draft(manifest: $0)) }
        var refused: [String] = []
        simulation.perform(by: "kubernetes-admin", detail: "manifests", origin: .none) { simulation in
            for draft in drafts {
                if case .failure(let error) = simulation.apply(draft, as: .admin) { refused.append(error.message) }
            }
        }
        #expect(refused.isEmpty)
        let end = simulation.run(until: .epoch + input.span)
        #expect(end == .settled || end == .time, "\(end)")
        let counters = simulation.counters
        return [
            ("events", counters.events), ("writes", counters.apiWrites), ("reconciles", counters.reconciles),
            ("invariant checks", counters.invariantChecks), ("visits", simulation.visits),
        ]
    }

    // MARK: Manifests

    private static func workload(
        _ kind: String, _ name: String, replicas: Int?, labels: Value? = nil, spec: Value = [:],
        container: Value = [:], _ fields: Value = [:]
    ) -> Value {
        let labels = labels ?? ["app": .string(name)]
        var containerFields: Value = ["name": "main", "image": "registry.example/app:1"]
        for field in container.fields { containerFields[field.key] = field.value }
        var podSpec: Value = ["containers": [containerFields]]
        for field in spec.fields { podSpec[field.key] = field.value }
        var body: Value = [
            "selector": ["matchLabels": labels], "template": ["metadata": ["labels": labels], "spec": podSpec],
        ]
        if let replicas { body["replicas"] = .integer(replicas) }
        for field in fields.fields { body[field.key] = field.value }
        return [
            "apiVersion": "apps/v1", "kind": .string(kind),
            "metadata": ["name": .string(name), "namespace": "default"], "spec": body,
        ]
    }

    private static func deployment(
        _ name: String, replicas: Int, labels: Value? = nil, spec: Value = [:], container: Value = [:]
    ) -> Value {
        workload("Deployment", name, replicas: replicas, labels: labels, spec: spec, container: container)
    }

    private static func service(_ name: String, selector: Value? = nil, ports: [Value] = [["port": 80]]) -> Value {
        [
            "apiVersion": "v1", "kind": "Service", "metadata": ["name": .string(name), "namespace": "default"],
            "spec": ["selector": selector ?? ["app": .string(name)], "ports": Value(.array(ports))],
        ]
    }
}
