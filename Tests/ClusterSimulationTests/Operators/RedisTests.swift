import Testing

@testable import ClusterSimulation

@Suite struct RedisTests {
    private func cluster() -> OperatorCluster {
        var externals = ExternalSystems()
        externals.images = [
            ImageFact(pattern: "example/operator", program: "redis-operator"),
            ImageFact(pattern: "example/redis", program: "server"),
        ]
        var cluster = OperatorCluster(
            kinds: [
                "redis.redis.opstreelabs.in/Redis/redis",
                "redis.redis.opstreelabs.in/RedisReplication/redisreplications",
            ], namespaces: ["systems", "other", "data"], externals: externals)
        cluster.apply([
            "apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "provisioner": "example.org/disk",
            "metadata": ["name": "disk"],
        ])
        cluster.apply([
            "apiVersion": "v1", "kind": "ServiceAccount", "metadata": ["name": "default", "namespace": "data"],
        ])
        return cluster
    }

    private func redis(_ kind: Value = "Redis", keep: Bool = false) -> Value {
        [
            "apiVersion": "redis.redis.opstreelabs.in/v1beta2", "kind": kind,
            "metadata": ["name": "cache", "namespace": "data"],
            "spec": [
                "kubernetesConfig": ["image": "example/redis:7"],
                "storage": [
                    "keepAfterDelete": Value(.boolean(keep)),
                    "volumeClaimTemplate": [
                        "spec": [
                            "accessModes": ["ReadWriteOnce"], "storageClassName": "disk",
                            "resources": ["requests": ["storage": "1Gi"]],
                        ]
                    ],
                ],
            ],
        ]
    }

    private func key(_ cluster: OperatorCluster) -> ObjectKey {
        cluster.key("redis.redis.opstreelabs.in/v1beta2", "Redis", "data", "cache")
    }

    @Test(arguments: [("Redis", 1), ("RedisReplication", 3)])
    func `a Redis becomes a StatefulSet with its Services`(kind: String, replicas: Int) {
        var cluster = cluster()
        cluster.deploy("redis", in: "systems", image: "example/operator:1")
        cluster.apply(redis(.string(kind)))
        cluster.settle(.minutes(10))
        #expect(cluster.names(.pod, in: "data") == (0..<replicas).map { "cache-\($0)" })
        #expect(cluster.simulation.objects(of: .pod, in: "data").allSatisfy { cluster.simulation.isPodReady($0) })
        #expect(
            cluster.names(.service, in: "data").sorted() == ["cache", "cache-additional", "cache-headless"])
        let writes = cluster.simulation.counters.apiWrites
        cluster.settle(.minutes(60))
        #expect(cluster.simulation.counters.apiWrites == writes)
    }

    @Test(arguments: [false, true])
    func `a deleted Redis goes, with its claim unless that is kept`(keep: Bool) {
        var cluster = cluster()
        cluster.deploy("redis", in: "systems", image: "example/operator:1")
        cluster.apply(redis(keep: keep))
        cluster.settle(.minutes(10))
        cluster.delete(key(cluster), in: .minutes(10))
        #expect(!cluster.simulation.state.exists(key(cluster)))
        #expect(cluster.names(.pod, in: "data").isEmpty)
        #expect(cluster.names(.persistentVolumeClaim, in: "data").isEmpty != keep)
    }

    @Test func `without the operator a deleted Redis stays until one runs elsewhere`() {
        var cluster = cluster()
        let pod = cluster.deploy("redis", in: "systems", image: "example/operator:1")
        cluster.apply(redis())
        cluster.settle(.minutes(10))
        cluster.delete(pod)
        cluster.delete(key(cluster), in: .minutes(60))
        #expect(cluster.simulation.state.exists(key(cluster)))
        cluster.deploy("redis", in: "other", image: "example/operator:1")
        cluster.settle(.minutes(10))
        #expect(!cluster.simulation.state.exists(key(cluster)))
    }

    @Test func `operators of two namespaces with leases of their own agree`() {
        var cluster = cluster()
        for namespace in ["systems", "other"] as [Symbol] {
            cluster.deploy("redis", in: namespace, image: "example/operator:1", ["args": ["--leader-elect"]])
        }
        cluster.apply(redis())
        cluster.settle(.minutes(10))
        #expect(cluster.names(.pod, in: "data") == ["cache-0"])
        let writes = cluster.simulation.counters.apiWrites
        cluster.settle(.minutes(60))
        #expect(cluster.simulation.counters.apiWrites == writes)
    }
}
