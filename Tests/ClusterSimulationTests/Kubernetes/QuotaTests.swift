import Testing

@testable import ClusterSimulation

/// ResourceQuotas: what they refuse, and what they say is used.
@Suite struct QuotaTests {
    typealias Cluster = KubernetesTestCluster

    static func quota(_ hard: Value) -> Value {
        ["apiVersion": "v1", "kind": "ResourceQuota", "metadata": ["name": "cap"], "spec": ["hard": hard]]
    }

    static func pod(_ name: String, cpu: String) -> Value {
        Cluster.pod(name, Cluster.podSpec(Cluster.container(["resources": ["requests": ["cpu": .string(cpu)]]])))
    }

    static func used(_ cluster: Cluster, _ resource: Symbol) -> String? {
        cluster.simulation.state.status(cluster.key(.resourceQuota, "cap"))?.document.at("used", resource)?.text
    }

    @Test func `what is used follows what comes and goes`() {
        var cluster = Cluster(nodes: [])
        cluster.create(Self.quota(["pods": "3", "requests.cpu": "1", "count/deployments.apps": "2"]))
        cluster.create(Self.pod("first", cpu: "300m"))
        cluster.create(Self.pod("second", cpu: "200m"))
        cluster.create(Cluster.workload("Deployment", "web", replicas: 0))
        cluster.settle()
        #expect(Self.used(cluster, "pods") == "2")
        #expect(Self.used(cluster, "requests.cpu") == "500m")
        #expect(Self.used(cluster, "count/deployments.apps") == "1")
        _ = cluster.simulation.delete(cluster.key(.pod, "first"), as: .admin)
        cluster.settle()
        #expect(Self.used(cluster, "pods") == "1")
        #expect(Self.used(cluster, "requests.cpu") == "200m")
    }

    @Test func `a Pod that says nothing of a limited resource is refused`() {
        var cluster = Cluster(nodes: [])
        cluster.create(Self.quota(["limits.memory": "1Gi", "requests.cpu": "1"]))
        let result = cluster.create(Cluster.pod("silent"))
        #expect(throws: APIError.self) { try result.get() }
        if case .failure(let error) = result {
            #expect(
                error.message
                    == "pods \"silent\" is forbidden: failed quota: cap: must specify limits.memory for: main; "
                    + "requests.cpu for: main")
        }
    }

    @Test func `a Service that takes node ports later needs room for them`() {
        var cluster = Cluster(nodes: [])
        cluster.create(Self.quota(["services.nodeports": "0"]))
        cluster.create(Cluster.service("web"))
        let key = cluster.key(.service, "web")
        let tables = cluster.tables
        let result = cluster.simulation.update(key, as: .admin) { draft in
            var value = tables.body(draft.body).value
            var spec = value["spec"] ?? nil
            spec["type"] = "NodePort"
            value["spec"] = spec
            draft.body = tables.body(kind: .service, value)
        }
        guard case .failure(let error) = result else {
            Issue.record("not refused")
            return
        }
        #expect(error.message.contains("requested: services.nodeports=1, used: services.nodeports=0, limited: "))
    }

    @Test(arguments: [
        ("300m", "300m"), ("1000m", "1"), ("1500", "1500"), ("2000", "2k"), ("2048", "2048"), ("2Ki", "2Ki"),
        ("1024Mi", "1Gi"), ("512", "512"), ("0.5", "500m"),
    ])
    func `the canonical form of a quantity`(written: String, canonical: String) {
        #expect(Quantity(written)?.text == canonical)
    }
}
