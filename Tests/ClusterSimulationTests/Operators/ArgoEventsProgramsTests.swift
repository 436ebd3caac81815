import Testing

@testable import ClusterSimulation

/// Argo Events with its programs in Pods: what the bus reads, and what its clients do without it.
@Suite struct ArgoEventsProgramsTests {
    private static let image: Value = "example/argo-events:1"
    private static let message: Symbol = "parameter \"max_age\" value is expected to be string, got int64"

    private func cluster(controllers: [Symbol] = ["argo"], arguments: Value = ["controller"]) -> OperatorCluster {
        var externals = ExternalSystems()
        externals.images = [
            ImageFact(pattern: "example/argo-events", program: "argo-events-controller"),
            ImageFact(pattern: "nats-streaming", program: "nats-streaming"),
        ]
        var cluster = OperatorCluster(
            kinds: [
                "argoproj.io/EventBus/eventbus", "argoproj.io/EventSource/eventsources", "argoproj.io/Sensor/sensors",
            ], namespaces: ["argo", "automation"], externals: externals)
        for namespace in ["argo", "automation"] as [Symbol] {
            cluster.apply([
                "apiVersion": "v1", "kind": "ServiceAccount",
                "metadata": ["name": "default", "namespace": Value(namespace)],
            ])
        }
        for namespace in controllers { deploy(&cluster, "manager", in: namespace, arguments: arguments) }
        return cluster
    }

    @discardableResult
    private func deploy(
        _ cluster: inout OperatorCluster, _ name: Symbol, in namespace: Symbol, arguments: Value
    ) -> ObjectKey {
        cluster.deploy(
            name, in: namespace, image: Self.image,
            [
                "args": arguments,
                "env": [
                    ["name": "ARGO_EVENTS_IMAGE", "value": Self.image],
                    ["name": "NAMESPACE", "valueFrom": ["fieldRef": ["fieldPath": "metadata.namespace"]]],
                ],
            ])
    }

    private func bus(_ namespace: Symbol = "argo", _ native: Value = ["replicas": 3]) -> Value {
        [
            "apiVersion": "argoproj.io/v1alpha1", "kind": "EventBus",
            "metadata": ["name": "default", "namespace": Value(namespace)], "spec": ["nats": ["native": native]],
        ]
    }

    private func sensor(_ namespace: Symbol = "argo") -> Value {
        [
            "apiVersion": "argoproj.io/v1alpha1", "kind": "Sensor",
            "metadata": ["name": "builds", "namespace": Value(namespace)], "spec": ["dependencies": []],
        ]
    }

    private func server(_ cluster: OperatorCluster, _ index: Int = 0) -> ContainerState? {
        let name = Symbol("eventbus-default-stan-\(index)")
        return cluster.simulation.podState(cluster.simulation.tables.key(.pod, "argo", name))?.containers.first
    }

    private func client(_ cluster: OperatorCluster) -> PodState? {
        let pods = cluster.simulation.objects(of: .pod, in: "argo")
        let key = pods.first { cluster.simulation.label($0, "sensor-name") == "builds" }
        return key.flatMap { cluster.simulation.podState($0) }
    }

    @Test func `a bus with the controller's own limits runs, and its clients connect`() {
        var cluster = cluster()
        cluster.apply(bus())
        cluster.apply(sensor())
        cluster.settle(.minutes(5))
        #expect((0..<3).allSatisfy { server(cluster, $0)?.isReady == true })
        #expect(client(cluster)?.isReady == true)
    }

    @Test(arguments: ["5m", "30m", "300"])
    func `minutes without quotes are a number, and the server ends`(age: String) {
        var cluster = cluster()
        cluster.apply(bus("argo", ["replicas": 3, "maxAge": .string(age)]))
        cluster.apply(sensor())
        cluster.settle(.minutes(10))
        #expect(server(cluster)?.reason == "CrashLoopBackOff")
        #expect(server(cluster)?.lastMessage == Self.message)
        #expect(client(cluster)?.containers.first?.reason == "CrashLoopBackOff")
        #expect(
            client(cluster)?.containers.first?.lastMessage
                == "failed to connect to event bus: dial tcp: lookup eventbus-default-stan-svc: no such host")
    }

    @Test func `a running server keeps what it has read, and a new one reads again`() {
        var cluster = cluster()
        cluster.apply(bus())
        cluster.settle(.minutes(5))
        cluster.apply(bus("argo", ["replicas": 3, "maxAge": "5m"]))
        cluster.settle(.minutes(30))
        #expect(server(cluster, 1)?.isReady == true)
        cluster.delete(cluster.simulation.tables.key(.pod, "argo", "eventbus-default-stan-1"))
        #expect(server(cluster, 1)?.lastMessage == Self.message)
        #expect(server(cluster, 0)?.isReady == true)
        cluster.apply(bus("argo", ["replicas": 3, "maxAge": "5h"]))
        cluster.settle(.minutes(10))
        #expect(server(cluster, 1)?.isReady == true)
    }

    @Test func `streaming needs more than half of its servers`() {
        var cluster = cluster()
        cluster.apply(bus())
        cluster.settle(.minutes(5))
        cluster.apply(bus("argo", ["replicas": 3, "maxAge": "5m"]))
        cluster.settle()
        for index in 0..<2 {
            cluster.delete(cluster.simulation.tables.key(.pod, "argo", Symbol("eventbus-default-stan-\(index)")))
        }
        cluster.apply(sensor())
        cluster.settle(.minutes(5))
        #expect(
            client(cluster)?.containers.first?.lastMessage
                == "failed to connect to event bus: stan: connect request timeout")
    }

    @Test func `a namespaced controller leaves the finalizers of other namespaces`() {
        var cluster = cluster(controllers: ["automation"], arguments: ["controller", "--namespaced"])
        cluster.apply(bus("automation"))
        let old = cluster.apply(bus("argo"))
        cluster.settle(.minutes(5))
        #expect(cluster.exists(.statefulSet, "automation", "eventbus-default-stan"))
        #expect(!cluster.exists(.statefulSet, "argo", "eventbus-default-stan"))
        #expect(
            cluster.simulation.service(of: "eventbus-controller", on: old)
                == .notRunning(program: "argo-events-controller"))
        let managing: Value = ["controller", "--namespaced", "--managed-namespace", "argo", "--leader-election=false"]
        deploy(&cluster, "other", in: "automation", arguments: managing)
        cluster.settle(.minutes(5))
        #expect(cluster.exists(.statefulSet, "argo", "eventbus-default-stan"))
    }

    @Test func `of two controllers in one namespace the second takes over when the first goes`() {
        var cluster = cluster()
        deploy(&cluster, "second", in: "argo", arguments: ["controller"])
        func leaders(_ cluster: OperatorCluster) -> [String] {
            cluster.simulation.programs.running.filter(\.isLeading).map { cluster.simulation.tables.name($0.pod).text }
        }
        #expect(leaders(cluster) == ["manager"])
        let lease = cluster.body(.lease, "argo", "argo-events-controller")["spec"]
        #expect(lease?["holderIdentity"]?.text?.hasPrefix("manager_") == true)
        cluster.delete(cluster.simulation.tables.key(.pod, "argo", "manager"), in: .seconds(10))
        #expect(leaders(cluster).isEmpty)
        cluster.settle(.seconds(10))
        #expect(leaders(cluster) == ["second"])
    }

    @Test func `a controller that loses its lease ends, and starts again as a candidate`() {
        var cluster = cluster()
        let lease = cluster.simulation.tables.key(.lease, "argo", "argo-events-controller")
        let tables = cluster.simulation.tables
        cluster.simulation.update(lease, as: .admin) { live in
            live.body = tables.body(
                kind: live.kind,
                [
                    "spec": [
                        "holderIdentity": "somebody", "leaseDurationSeconds": 3600, "renewTime": "2025-01-01T00:10:00Z",
                    ]
                ])
        }
        cluster.settle(.minutes(2))
        let pod = cluster.simulation.podState(tables.key(.pod, "argo", "manager"))
        #expect(pod?.containers.first?.restartCount == 1)
        #expect(pod?.containers.first?.lastMessage == "leader election lost")
        #expect(pod?.isReady == true)
        #expect(cluster.simulation.programs.instance(of: "argo-events-controller", watching: "argo") == nil)
    }

    @Test func `the controller needs to know its image`() {
        var cluster = cluster(controllers: [])
        let pod = cluster.deploy("manager", in: "argo", image: Self.image, ["args": ["controller"]])
        #expect(
            cluster.simulation.podState(pod)?.containers.first?.lastMessage
                == "required environment variable 'ARGO_EVENTS_IMAGE' not defined")
    }
}
