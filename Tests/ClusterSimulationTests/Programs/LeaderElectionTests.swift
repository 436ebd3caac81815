import Testing

@testable import ClusterSimulation

@Suite struct LeaderElectionTests {
    private func cluster() -> OperatorCluster { OperatorCluster(namespaces: ["old", "new"]) }

    private func leaders(_ cluster: OperatorCluster) -> [String] {
        cluster.simulation.programs.running.filter(\.isLeading).map { instance in
            let tables = cluster.simulation.tables
            return "\(tables.namespace(instance.pod))/\(tables.name(instance.pod))"
        }
    }

    private func holder(_ cluster: OperatorCluster, in namespace: Symbol = "old") -> Symbol? {
        cluster.body(.lease, namespace, "toy").at("spec", "holderIdentity")?.symbol
    }

    @Test func `of two instances in one namespace one leads, and nothing is scheduled`() {
        var cluster = cluster()
        cluster.run("toy", in: "old", pod: "a", lease: "toy")
        cluster.run("toy", in: "old", pod: "b", lease: "toy")
        #expect(leaders(cluster) == ["old/a"])
        #expect(holder(cluster) == "a")
        #expect(cluster.simulation.run(until: cluster.simulation.now + .minutes(600)) == .settled)
    }

    @Test func `instances in two namespaces both lead`() {
        var cluster = cluster()
        cluster.run("toy", in: "old", pod: "a", lease: "toy")
        cluster.run("toy", in: "new", pod: "b", lease: "toy")
        #expect(leaders(cluster) == ["old/a", "new/b"])
    }

    @Test func `a holder that ends is believed until its lease runs out`() {
        var cluster = cluster()
        cluster.run("toy", in: "old", pod: "a", lease: "toy")
        cluster.run("toy", in: "old", pod: "b", lease: "toy")
        cluster.stop("toy", in: "old", pod: "a")
        cluster.settle(.seconds(12))
        #expect(leaders(cluster).isEmpty)
        cluster.settle(.seconds(6))
        #expect(leaders(cluster) == ["old/b"])
        #expect(cluster.body(.lease, "old", "toy").at("spec", "leaseTransitions")?.integer == 1)
    }

    @Test func `a candidate that starts after the end believes the dead holder for a whole lease`() {
        var cluster = cluster()
        cluster.run("toy", in: "old", pod: "a", lease: "toy")
        cluster.stop("toy", in: "old", pod: "a")
        cluster.settle(.minutes(10))
        let start = cluster.simulation.now
        cluster.run("toy", in: "old", pod: "b", lease: "toy")
        let acquired = cluster.body(.lease, "old", "toy").at("spec", "acquireTime")?.text
        #expect(acquired.flatMap(SimulationTime.init(rfc3339:)) == start + .seconds(16))
    }

    @Test func `a holder that is told to stop may give its lease back`() {
        var cluster = cluster()
        cluster.run("toy", in: "old", pod: "a", lease: "toy", releasesOnStop: true)
        cluster.run("toy", in: "old", pod: "b", lease: "toy", releasesOnStop: true)
        cluster.stop("toy", in: "old", pod: "a", isTold: true)
        cluster.settle(.seconds(3))
        #expect(leaders(cluster) == ["old/b"])
    }

    @Test func `without rights on leases nobody leads, until they are given`() {
        var cluster = cluster()
        cluster.run("toy", in: "old", mayDoEverything: false, pod: "a", lease: "toy")
        #expect(leaders(cluster).isEmpty)
        cluster.apply([
            "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding",
            "metadata": ["name": "late"],
            "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "everything"],
            "subjects": [["kind": "ServiceAccount", "name": "toy", "namespace": "old"]],
        ])
        cluster.settle(.seconds(3))
        #expect(leaders(cluster) == ["old/a"])
    }

    @Test func `a holder that loses its rights gives up after the renew deadline`() {
        var cluster = cluster()
        cluster.run("toy", in: "old", pod: "a", lease: "toy")
        let binding = cluster.simulation.tables.key(.clusterRoleBinding, .empty, "toy-old")
        cluster.simulation.delete(binding, as: .admin)
        cluster.settle(.seconds(9))
        #expect(leaders(cluster) == ["old/a"])
        cluster.settle(.seconds(4))
        #expect(leaders(cluster).isEmpty)
    }

    @Test func `a deleted lease is written again by its holder`() {
        var cluster = cluster()
        cluster.run("toy", in: "old", pod: "a", lease: "toy")
        cluster.simulation.delete(cluster.simulation.tables.key(.lease, "old", "toy"), as: .admin)
        cluster.settle()
        #expect(holder(cluster) == "a")
        #expect(leaders(cluster) == ["old/a"])
    }
}
