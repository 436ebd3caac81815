import Testing

@testable import ClusterSimulation

private typealias Cluster = KubernetesTestCluster

@Suite struct KubernetesCollectionTests {
    private static func configMap(
        _ name: String, finalizers: [String] = [], owner: String? = nil, uid: String? = nil, blocks: Bool = false
    ) -> Value {
        let reference = owner.map { owner -> Value in
            [
                "apiVersion": "v1", "kind": "ConfigMap", "name": .string(owner), "uid": .string(uid ?? "none"),
                "blockOwnerDeletion": Value(.boolean(blocks)),
            ]
        }
        let metadata = Value.object([
            "name": .string(name), "namespace": "apps",
            "finalizers": finalizers.isEmpty ? nil : Value(.array(finalizers.map { .string($0) })),
            "ownerReferences": reference.map { Value(.array([$0])) },
        ])
        return ["apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata]
    }

    private func uid(_ cluster: KubernetesTestCluster, _ name: Symbol) -> String {
        cluster.simulation.uidText(cluster.simulation.state[cluster.key(.configMap, name)].uid)
    }

    private func family(blocks: Bool = false) -> KubernetesTestCluster {
        var cluster = Cluster()
        cluster.create(Self.configMap("root"))
        cluster.create(Self.configMap("leaf", owner: "root", uid: uid(cluster, "root"), blocks: blocks))
        cluster.settle()
        return cluster
    }

    private func names(_ cluster: KubernetesTestCluster) -> [Symbol] {
        cluster.simulation.objects(of: .configMap, in: "apps").map { cluster.tables.name($0) }
            .filter { $0 != "kube-root-ca.crt" }
    }

    @Test func `dependents follow their owner`() {
        for policy in [DeleteOptions.Propagation.background, .foreground] {
            var cluster = family(blocks: true)
            cluster.simulation.delete(cluster.key(.configMap, "root"), as: .admin, DeleteOptions(propagation: policy))
            cluster.settle()
            #expect(names(cluster) == [])
        }
    }

    @Test func `orphans stay, without their owner`() {
        var cluster = family()
        cluster.simulation.delete(cluster.key(.configMap, "root"), as: .admin, DeleteOptions(propagation: .orphan))
        cluster.settle()
        #expect(names(cluster) == ["leaf"])
        #expect(cluster.simulation.state[cluster.key(.configMap, "leaf")].owners == .empty)
    }

    @Test func `an owner in foreground deletion waits for what blocks it`() {
        var cluster = Cluster()
        cluster.create(Self.configMap("root"))
        let leaf = Self.configMap(
            "leaf", finalizers: ["example.com/hold"], owner: "root", uid: uid(cluster, "root"), blocks: true)
        cluster.create(leaf)
        let options = DeleteOptions(propagation: .foreground)
        cluster.simulation.delete(cluster.key(.configMap, "root"), as: .admin, options)
        #expect(cluster.settle() == .settled)
        #expect(names(cluster) == ["root", "leaf"])
        cluster.simulation.update(cluster.key(.configMap, "leaf"), as: .admin) { $0.finalizers = .empty }
        cluster.settle()
        #expect(names(cluster) == [])
    }

    @Test func `an object whose owner never was is collected`() {
        var cluster = Cluster()
        cluster.create(Self.configMap("lost", owner: "nobody"))
        cluster.settle()
        #expect(names(cluster) == [])
    }

    @Test func `a namespace takes everything with it`() {
        var cluster = Cluster()
        cluster.create(Cluster.workload("Deployment", "web", replicas: 2))
        cluster.create(Cluster.service("web"))
        cluster.settle()
        cluster.simulation.delete(cluster.key(.namespace, "apps", in: ""), as: .admin)
        cluster.settle(.minutes(11))
        #expect(!cluster.simulation.state.exists(cluster.key(.namespace, "apps", in: "")))
        #expect(cluster.simulation.objects(inNamespace: "apps").isEmpty)
    }

    @Test func `a finalizer holds its namespace, which says so`() {
        var cluster = Cluster()
        cluster.create(Self.configMap("held", finalizers: ["example.com/hold"]))
        cluster.settle()
        let namespace = cluster.key(.namespace, "apps", in: "")
        cluster.simulation.delete(namespace, as: .admin)
        #expect(cluster.settle() == .settled)
        let conditions = cluster.simulation.state.status(namespace, as: NamespaceStatus.self)?.conditions ?? []
        #expect(
            conditions.map { "\($0.type) \($0.status) \($0.reason) \($0.message)" } == [
                "NamespaceDeletionDiscoveryFailure false ResourcesDiscovered All resources successfully discovered",
                "NamespaceDeletionGroupVersionParsingFailure false ParsedGroupVersions "
                    + "All legacy kube types successfully parsed",
                "NamespaceDeletionContentFailure false ContentDeleted "
                    + "All content successfully deleted, may be waiting on finalization",
                "NamespaceContentRemaining true SomeResourcesRemain "
                    + "Some resources are remaining: configmaps. has 1 resource instances",
                "NamespaceFinalizersRemaining true SomeFinalizersRemain Some content in the namespace has finalizers "
                    + "remaining: example.com/hold in 1 resource instances",
            ])
        let refused = cluster.create(Self.configMap("late"))
        guard case .failure(let error) = refused else {
            Issue.record("a terminating namespace took a new object")
            return
        }
        #expect(error.code == 403)
        cluster.simulation.update(cluster.key(.configMap, "held"), as: .admin) { $0.finalizers = .empty }
        cluster.settle()
        #expect(!cluster.simulation.state.exists(namespace))
    }

    @Test func `an unreachable API blocks every namespace from going`() {
        var cluster = Cluster()
        cluster.create([
            "apiVersion": "apiregistration.k8s.io/v1", "kind": "APIService",
            "metadata": ["name": "v1beta1.metrics.example.com"],
            "spec": [
                "group": "metrics.example.com", "version": "v1beta1",
                "service": ["name": "metrics", "namespace": "gone"],
            ],
        ])
        let namespace = cluster.key(.namespace, "apps", in: "")
        cluster.simulation.delete(namespace, as: .admin)
        cluster.settle()
        let condition = cluster.simulation.state.status(namespace, as: NamespaceStatus.self)?.conditions.first
        #expect(
            condition?.message == """
                Discovery failed for some groups, 1 failing: unable to retrieve the complete list of server APIs: \
                metrics.example.com/v1beta1: stale GroupVersion discovery: metrics.example.com/v1beta1
                """)
        cluster.simulation.delete(cluster.key(.apiService, "v1beta1.metrics.example.com", in: ""), as: .admin)
        cluster.settle()
        #expect(!cluster.simulation.state.exists(namespace))
    }
}
