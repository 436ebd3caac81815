import Testing

@testable import ClusterSimulation

/// Objects are visited by kind and namespace, whichever was used first, and by whom.
@Suite struct BucketOrderTests {
    private static func configMap(_ namespace: Symbol) -> Value {
        [
            "apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "c", "namespace": Value(namespace)],
        ]
    }

    private static func made(_ namespaces: [Symbol], in cluster: KubernetesTestCluster) -> KubernetesTestCluster {
        var cluster = cluster
        for name in namespaces {
            cluster.create(["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": Value(name)]])
            cluster.create(configMap(name))
        }
        cluster.settle()
        return cluster
    }

    private static func visited(_ simulation: Simulation) -> [String] {
        simulation.objects(of: .configMap).map { simulation.tables.describe($0) }
    }

    @Test func `objects are visited by the names of their namespaces`() {
        let names = Self.visited(Self.made(["b", "c", "a"], in: KubernetesTestCluster()).simulation)
        #expect(names.filter { $0.hasSuffix("/c") } == ["ConfigMap a/c", "ConfigMap b/c", "ConfigMap c/c"])
    }

    @Test func `a sibling that used a namespace first changes no order`() {
        let parent = KubernetesTestCluster()
        let alone = Self.visited(Self.made(["a", "b", "c"], in: KubernetesTestCluster()).simulation)
        _ = Self.made(["z", "c", "b"], in: parent)
        let after = Self.made(["a", "b", "c"], in: parent)
        #expect(Self.visited(after.simulation) == alone)
        #expect(after.simulation.visits == Self.made(["a", "b", "c"], in: KubernetesTestCluster()).simulation.visits)
    }

    @Test func `kinds of a namespace are visited in the order of kinds`() {
        func kinds(_ manifests: [Value]) -> [String] {
            var cluster = KubernetesTestCluster()
            for manifest in manifests { cluster.create(manifest) }
            let simulation = cluster.simulation
            return simulation.objects(inNamespace: "apps").map { simulation.tables.describe($0) }
        }
        let secret: Value = ["apiVersion": "v1", "kind": "Secret", "metadata": ["name": "s"]]
        let order = kinds([secret, Self.configMap("apps")])
        #expect(order == kinds([Self.configMap("apps"), secret]))
        #expect(order.firstIndex(of: "ConfigMap apps/c")! < order.firstIndex(of: "Secret apps/s")!)
    }

    @Test func `a namespace that empties and fills again has its place`() throws {
        var cluster = Self.made(["b", "a"], in: KubernetesTestCluster())
        let before = Self.visited(cluster.simulation)
        for _ in 0..<3 {
            cluster.simulation.delete(cluster.key(.configMap, "c", in: "a"), as: .admin)
            #expect(!Self.visited(cluster.simulation).contains("ConfigMap a/c"))
            #expect(cluster.simulation.count(of: .configMap) == before.count - 1)
            cluster.create(Self.configMap("a"))
            #expect(Set(Self.visited(cluster.simulation)) == Set(before))
        }
        #expect(Self.visited(cluster.simulation).last { $0.hasSuffix("/c") } == "ConfigMap b/c")
        #expect(Set(cluster.simulation.allObjects).count == cluster.simulation.state.objectCount)
    }
}
