import Testing

@testable import ClusterSimulation

@Suite struct NodeFaultTests {
    private typealias Toy = KubernetesTestCluster

    /// A cluster of two nodes, of which the first has the Pods.
    private func cluster(minor: Int = 34, others: [String] = ["worker-2"]) -> KubernetesTestCluster {
        var cluster = Toy(minor: minor)
        cluster.create(Toy.workload("Deployment", "web"))
        cluster.create(Toy.workload("StatefulSet", "data"))
        cluster.create(Toy.workload("DaemonSet", "agent"))
        cluster.create(Toy.service("web"))
        cluster.settle()
        for node in others {
            cluster.create(["apiVersion": "v1", "kind": "Node", "metadata": ["name": .string(node)]])
        }
        cluster.settle()
        return cluster
    }

    private func ready(_ cluster: KubernetesTestCluster) -> Symbol? {
        cluster.simulation.statusCondition(cluster.tables.key(.node, .empty, "worker-1"), "Ready")?["status"]?.symbol
    }

    private func taints(_ cluster: KubernetesTestCluster) -> [Symbol] {
        let facts = cluster.simulation.facts(cluster.tables.key(.node, .empty, "worker-1"), NodeFacts.self)
        return facts?.taints.map(\.effect) ?? []
    }

    private func rows(_ cluster: KubernetesTestCluster, _ prefix: String) -> [String] {
        cluster.podRows.filter { $0.name.hasPrefix(prefix) }.map { "\($0.status) \($0.ready)" }
    }

    @Test(arguments: [(31, 40), (32, 50)])
    func `a node that does not report is Unknown after the grace period`(minor: Int, seconds: Int64) {
        var cluster = cluster(minor: minor)
        cluster.simulation.stopNode("worker-1")
        cluster.settle(.seconds(seconds - 1))
        #expect(ready(cluster) != "Unknown" && taints(cluster) == [])
        cluster.settle(.seconds(2))
        #expect(ready(cluster) == "Unknown")
        #expect(taints(cluster) == ["NoSchedule", "NoExecute"])
        #expect(cluster.simulation.hasReadyEndpoint(cluster.key(.service, "web")) == false)
    }

    @Test func `Pods are evicted when their toleration ends, and stay Terminating until the node is back`() {
        var cluster = cluster()
        cluster.simulation.stopNode("worker-1")
        cluster.settle(.seconds(349))
        #expect(rows(cluster, "web") == ["Running 1/1"])
        cluster.settle(.seconds(60))
        #expect(rows(cluster, "web") == ["Terminating 1/1", "Running 1/1"])
        // Only one Pod of that name can be.
        #expect(rows(cluster, "data") == ["Terminating 1/1"])
        #expect(rows(cluster, "agent") == ["Running 1/1", "Running 1/1"])
        cluster.settle(.minutes(60))
        #expect(rows(cluster, "data") == ["Terminating 1/1"])
        cluster.simulation.startNode("worker-1")
        cluster.settle()
        #expect(ready(cluster) == "True" && taints(cluster) == [])
        #expect(rows(cluster, "web") == ["Running 1/1"])
        #expect(rows(cluster, "data") == ["Running 1/1"])
        #expect(cluster.workload(.daemonSet, "agent").ready == 2)
    }

    @Test func `a Pod that tolerates the taint for a while goes then`() {
        var cluster = Toy(nodes: ["worker-1", "worker-2"])
        let toleration: Value = [
            "key": "node.kubernetes.io/unreachable", "operator": "Exists", "effect": "NoExecute",
            "tolerationSeconds": 20,
        ]
        cluster.create(
            Toy.pod("brief", Toy.podSpec(Toy.container(), ["nodeName": "worker-1", "tolerations": [toleration]])))
        cluster.settle()
        cluster.simulation.stopNode("worker-1")
        cluster.settle(.seconds(69))
        #expect(rows(cluster, "brief") == ["Running 1/1"])
        cluster.settle(.seconds(2))
        #expect(rows(cluster, "brief") == ["Terminating 1/1"])
    }

    @Test func `nothing is evicted where no node reports`() {
        var cluster = cluster(others: [])
        cluster.simulation.stopNode("worker-1")
        cluster.settle(.minutes(30))
        #expect(taints(cluster) == ["NoSchedule"])
        #expect(rows(cluster, "web") == ["Running 1/1"])
    }

    @Test func `containers start again with their node`() {
        var cluster = cluster()
        cluster.simulation.stopNode("worker-1")
        cluster.settle(.seconds(10))
        cluster.simulation.startNode("worker-1")
        cluster.settle()
        let pod = cluster.simulation.pods(onNode: "worker-1").first { cluster.tables.name($0).text.hasPrefix("web") }
        let container = pod.flatMap { cluster.simulation.podState($0) }?.containers.first
        #expect(container?.restartCount == 1)
        #expect(container?.exitCode == 255)
        #expect(cluster.workload(.deployment, "web").ready == 1)
        #expect(ready(cluster) != "Unknown")
    }
}
