import Testing

@testable import ClusterSimulation

@Suite struct ArgoEventsTests {
    private func cluster(watching: Symbol = .empty) -> OperatorCluster {
        var cluster = OperatorCluster(
            kinds: [
                "argoproj.io/EventBus/eventbus", "argoproj.io/EventSource/eventsources", "argoproj.io/Sensor/sensors",
            ], namespaces: ["argo", "automation"])
        cluster.run("argo-events-controller", in: "argo", watching: watching)
        return cluster
    }

    private func bus(_ namespace: Symbol, _ native: Value = ["replicas": 1]) -> Value {
        [
            "apiVersion": "argoproj.io/v1alpha1", "kind": "EventBus",
            "metadata": ["name": "default", "namespace": Value(namespace)], "spec": ["nats": ["native": native]],
        ]
    }

    private func source(_ namespace: Symbol) -> Value {
        [
            "apiVersion": "argoproj.io/v1alpha1", "kind": "EventSource",
            "metadata": ["name": "github", "namespace": Value(namespace)],
            "spec": [
                "service": ["ports": [["port": 12000, "targetPort": 12000]]],
                "github": ["org": ["webhookSecret": ["name": "hook", "key": "secret"]]],
            ],
        ]
    }

    @Test func `an EventBus becomes three servers, with its values unquoted in their configuration`() {
        var cluster = cluster()
        let key = cluster.apply(bus("argo", ["replicas": 1, "maxAge": "5m", "maxMsgs": 1000]))
        cluster.settle()
        #expect(cluster.body(.statefulSet, "argo", "eventbus-default-stan").at("spec", "replicas")?.integer == 3)
        let configuration =
            cluster.body(.configMap, "argo", "eventbus-default-stan-configmap")
            .at("data", "stan-config")?.text ?? ""
        #expect(configuration.contains("max_age: 5m\n"))
        #expect(configuration.contains("max_msgs: 1000\n"))
        #expect(configuration.contains("max_bytes: 1GB\n"))
        #expect(cluster.exists(.service, "argo", "eventbus-default-stan-svc"))
        #expect(cluster.isTrue(key, "Deployed"))
        #expect(cluster.simulation.hasFinalizer(key, "eventbus-controller"))
        let writes = cluster.simulation.counters.apiWrites
        cluster.settle()
        #expect(cluster.simulation.counters.apiWrites == writes)
    }

    @Test func `an EventBus goes after its EventSources and not before`() {
        var cluster = cluster()
        let bus = cluster.apply(bus("argo"))
        cluster.settle()
        let source = cluster.apply(source("argo"))
        cluster.settle()
        cluster.simulation.delete(bus, as: .admin)
        cluster.settle(.minutes(30))
        #expect(cluster.simulation.state.exists(bus))
        cluster.simulation.delete(source, as: .admin)
        cluster.settle()
        #expect(!cluster.simulation.state.exists(source))
        #expect(!cluster.simulation.state.exists(bus))
    }

    @Test func `an EventSource waits for the EventBus of its own namespace`() {
        var cluster = cluster()
        cluster.apply(bus("automation"))
        let key = cluster.apply(source("argo"))
        cluster.settle()
        #expect(!cluster.isTrue(key, "Deployed"))
        #expect(cluster.names(.deployment, in: "argo").isEmpty)
        cluster.apply(bus("argo"))
        cluster.settle()
        #expect(cluster.isTrue(key, "Deployed"))
        let names = cluster.names(.deployment, in: "argo")
        #expect(names.count == 1 && names[0].hasPrefix("github-eventsource-"))
        guard names.count == 1 else { return }
        #expect(cluster.exists(.service, "argo", "github-eventsource-svc"))
        let template = cluster.body(.deployment, "argo", Symbol(names[0])).at("spec", "template", "spec")
        #expect(template?["volumes"]?[index: 0]?.at("secret", "secretName")?.symbol == "hook")
    }

    @Test func `a controller of one namespace leaves the finalizers of the others`() {
        var cluster = cluster(watching: "argo")
        let key = cluster.apply(bus("argo"))
        cluster.settle()
        cluster.stop("argo-events-controller", in: "argo")
        cluster.run("argo-events-controller", in: "automation", watching: "automation")
        cluster.simulation.delete(key, as: .admin)
        cluster.settle(.minutes(60))
        #expect(cluster.simulation.state.exists(key))
        #expect(
            cluster.simulation.service(of: "eventbus-controller", on: key)
                == .notRunning(program: "argo-events-controller"))
    }
}
