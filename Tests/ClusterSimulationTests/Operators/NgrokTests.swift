import Testing

@testable import ClusterSimulation

@Suite struct NgrokTests {
    private func cluster() -> OperatorCluster {
        var cluster = OperatorCluster(
            kinds: [
                "gateway.networking.k8s.io/GatewayClass/gatewayclasses!", "gateway.networking.k8s.io/Gateway/gateways",
                "gateway.networking.k8s.io/HTTPRoute/httproutes", "ingress.k8s.ngrok.com/Domain/domains",
            ], namespaces: ["systems", "other", "web"])
        cluster.apply([
            "apiVersion": "gateway.networking.k8s.io/v1", "kind": "GatewayClass", "metadata": ["name": "ngrok"],
            "spec": ["controllerName": "ngrok.com/gateway-controller"],
        ])
        return cluster
    }

    private func gateway(_ hostname: Value, port: Value = 443, className: Value = "ngrok") -> Value {
        [
            "apiVersion": "gateway.networking.k8s.io/v1", "kind": "Gateway",
            "metadata": ["name": "public", "namespace": "web"],
            "spec": [
                "gatewayClassName": className,
                "listeners": [["name": "web", "protocol": "HTTPS", "port": port, "hostname": hostname]],
            ],
        ]
    }

    private func key(_ cluster: OperatorCluster, _ kind: Symbol = "Gateway", _ name: Symbol = "public") -> ObjectKey {
        cluster.key("gateway.networking.k8s.io/v1", kind, "web", name)
    }

    private func listener(_ cluster: OperatorCluster, _ type: Symbol) -> String? {
        let listener = cluster.simulation.state.status(key(cluster))?.document["listeners"]?[index: 0]
        return listener?["conditions"]?.elements.first { $0["type"]?.symbol == type }?["status"]?.text
    }

    @Test func `a host that ngrok owns is programmed at once`() {
        var cluster = cluster()
        cluster.run("ngrok-operator", in: "systems")
        cluster.apply(gateway("example.ngrok.app"))
        cluster.settle()
        #expect(listener(cluster, "Programmed") == "True")
        #expect(
            cluster.simulation.state.status(key(cluster))?.document["addresses"]?[index: 0]?["value"]?.text
                == "example.ngrok.app")
        let writes = cluster.simulation.counters.apiWrites
        cluster.settle(.minutes(60))
        #expect(cluster.simulation.counters.apiWrites == writes)
    }

    @Test func `a host of one's own waits for its DNS record`() {
        var cluster = cluster()
        cluster.run("ngrok-operator", in: "systems")
        cluster.apply(gateway("www.example.org"))
        cluster.settle(.minutes(60))
        #expect(listener(cluster, "Accepted") == "True")
        #expect(listener(cluster, "Programmed") == "False")
        let domain = cluster.key("ingress.k8s.ngrok.com/v1alpha1", "Domain", "web", "www-example-org")
        #expect(!cluster.isTrue(domain, "Ready"))
        cluster.simulation.memory.operators.dnsRecords.append(
            DNSRecord(hostname: "www.example.org", owner: "me", source: .none, since: cluster.simulation.now))
        NgrokDomains.recordsChanged(&cluster.simulation, "www.example.org")
        cluster.settle()
        #expect(cluster.isTrue(domain, "Ready"))
        #expect(listener(cluster, "Programmed") == "True")
    }

    @Test func `a listener that ngrok cannot serve is refused`() {
        var cluster = cluster()
        cluster.run("ngrok-operator", in: "systems")
        cluster.apply(gateway("example.ngrok.app", port: 8443))
        cluster.settle()
        #expect(listener(cluster, "Accepted") == "False")
        #expect(!cluster.isTrue(key(cluster), "Accepted"))
    }

    @Test func `a Gateway of another class is left alone`() {
        var cluster = cluster()
        cluster.run("ngrok-operator", in: "systems")
        cluster.apply(gateway("example.ngrok.app", className: "other"))
        cluster.settle()
        #expect(cluster.simulation.state.status(key(cluster)) == nil)
        #expect(cluster.simulation.state[key(cluster)].finalizers.isEmpty)
    }

    @Test func `a deleted Gateway goes while the operator runs and its Domain stays`() {
        var cluster = cluster()
        cluster.run("ngrok-operator", in: "systems")
        cluster.apply(gateway("example.ngrok.app"))
        cluster.settle()
        cluster.delete(key(cluster))
        #expect(!cluster.simulation.state.exists(key(cluster)))
        #expect(
            cluster.simulation.state.exists(
                cluster.key("ingress.k8s.ngrok.com/v1alpha1", "Domain", "web", "example-ngrok-app")))
    }

    @Test func `without the operator a deleted Gateway stays until one runs elsewhere`() {
        var cluster = cluster()
        cluster.run("ngrok-operator", in: "systems")
        cluster.apply(gateway("example.ngrok.app"))
        cluster.settle()
        cluster.stop("ngrok-operator", in: "systems")
        cluster.delete(key(cluster), in: .minutes(60))
        #expect(cluster.simulation.state.exists(key(cluster)))
        cluster.run("ngrok-operator", in: "other")
        #expect(!cluster.simulation.state.exists(key(cluster)))
    }

    @Test func `two operators agree`() {
        var cluster = cluster()
        cluster.run("ngrok-operator", in: "systems")
        cluster.run("ngrok-operator", in: "other")
        cluster.apply(gateway("example.ngrok.app"))
        cluster.settle()
        let writes = cluster.simulation.counters.apiWrites
        cluster.settle(.minutes(60))
        #expect(cluster.simulation.counters.apiWrites == writes)
    }

    @Test func `a route gets a finalizer and no status`() {
        var cluster = cluster()
        cluster.run("ngrok-operator", in: "systems")
        cluster.apply(gateway("example.ngrok.app"))
        let route = cluster.apply([
            "apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute",
            "metadata": ["name": "web", "namespace": "other"],
            "spec": ["parentRefs": [["name": "public", "namespace": "web"]]],
        ])
        cluster.settle()
        #expect(cluster.simulation.hasFinalizer(route, "k8s.ngrok.com/finalizer"))
        #expect(cluster.simulation.state.status(route) == nil)
    }
}
