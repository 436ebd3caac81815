import Testing

@testable import ClusterSimulation

@Suite struct ExternalDNSTests {
    private func cluster() -> OperatorCluster {
        var externals = ExternalSystems()
        externals.images = [ImageFact(pattern: "example/dns", program: "external-dns")]
        return OperatorCluster(
            kinds: [
                "gateway.networking.k8s.io/Gateway/gateways", "gateway.networking.k8s.io/HTTPRoute/httproutes",
                "gateway.networking.k8s.io/GRPCRoute/grpcroutes",
            ], namespaces: ["systems", "other", "web"], externals: externals)
    }

    private func run(
        _ cluster: inout OperatorCluster, in namespace: Symbol = "systems", owner: String = "me",
        policy: String = "upsert-only", sources: [String] = ["service", "gateway-httproute"],
        mayDoEverything: Bool = true
    ) {
        let words =
            sources.map { "--source=\($0)" } + [
                "--policy=\(policy)", "--txt-owner-id=\(owner)", "--domain-filter=example.org", "--interval=1m",
            ]
        cluster.deploy(
            "dns", in: namespace, image: "example/dns:1", ["args": .strings(words.map { Symbol($0) })],
            mayDoEverything: mayDoEverything)
        cluster.settle(.minutes(2))
    }

    private func service(_ host: Value, _ name: Value = "web") -> Value {
        [
            "apiVersion": "v1", "kind": "Service",
            "metadata": [
                "name": name, "namespace": "web", "annotations": ["external-dns.alpha.kubernetes.io/hostname": host],
            ],
            "spec": ["type": "NodePort", "ports": [["port": 80]]],
        ]
    }

    private func records(_ cluster: OperatorCluster) -> [String] {
        cluster.simulation.memory.operators.dnsRecords.map { "\($0.hostname) \($0.owner)" }
    }

    @Test func `a host within the filter gets a record at the next interval`() {
        var cluster = cluster()
        run(&cluster)
        cluster.apply(service("www.example.org,www.example.com"))
        cluster.settle(.minutes(2))
        #expect(records(cluster) == ["www.example.org me"])
        #expect(cluster.simulation.memory.operators.dnsRecords[0].since.milliseconds % 60_000 == 0)
    }

    @Test func `a settled external-dns schedules nothing`() {
        var cluster = cluster()
        run(&cluster)
        cluster.apply(service("www.example.org"))
        #expect(cluster.simulation.run(until: cluster.simulation.now + .minutes(5)) == .settled)
    }

    @Test(arguments: [("sync", 0), ("upsert-only", 1)])
    func `only the policy sync removes records`(policy: String, left: Int) {
        var cluster = cluster()
        run(&cluster, policy: policy)
        let key = cluster.apply(service("www.example.org"))
        cluster.settle(.minutes(2))
        cluster.delete(key)
        #expect(records(cluster).count == left)
    }

    @Test func `a record of another owner is left alone`() {
        var cluster = cluster()
        run(&cluster)
        cluster.apply(service("www.example.org"))
        cluster.settle(.minutes(2))
        run(&cluster, in: "other", owner: "you", policy: "sync")
        cluster.apply(service("ftp.example.org", "ftp"))
        cluster.settle(.minutes(2))
        #expect(records(cluster)[0] == "www.example.org me")
        #expect(records(cluster).count == 2)
    }

    @Test func `a route without an accepting Gateway gets no record`() {
        var cluster = cluster()
        run(&cluster)
        let gateway = cluster.apply([
            "apiVersion": "gateway.networking.k8s.io/v1", "kind": "Gateway",
            "metadata": ["name": "public", "namespace": "web"],
            "spec": ["gatewayClassName": "any", "listeners": [["name": "web", "protocol": "HTTP", "port": 80]]],
        ])
        cluster.simulation.updateStatus(
            gateway, as: .admin, DocumentStatus(["addresses": [["type": "IPAddress", "value": "192.0.2.1"]]]))
        let route = cluster.apply([
            "apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute",
            "metadata": ["name": "web", "namespace": "web"],
            "spec": ["parentRefs": [["name": "public"]], "hostnames": ["www.example.org"]],
        ])
        cluster.settle(.minutes(2))
        #expect(records(cluster).isEmpty)
        cluster.simulation.updateStatus(
            route, as: .admin,
            DocumentStatus([
                "parents": [
                    ["parentRef": ["name": "public"], "conditions": [["type": "Accepted", "status": "True"]]]
                ]
            ]))
        cluster.settle(.minutes(2))
        #expect(records(cluster) == ["www.example.org me"])
    }

    @Test func `without the right to list its sources it crashes`() {
        var cluster = cluster()
        run(&cluster, mayDoEverything: false)
        let pod = cluster.simulation.tables.key(.pod, "systems", "dns")
        #expect(cluster.simulation.podState(pod)?.isReady == false)
        #expect(cluster.simulation.podState(pod)!.containers[0].restartCount > 0)
        cluster.grant("everything", to: "dns", in: "systems")
        cluster.settle(.minutes(10))
        #expect(cluster.simulation.podState(pod)?.isReady == true)
    }
}
