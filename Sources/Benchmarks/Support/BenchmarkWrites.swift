package import ClusterSimulation

/// What the benchmarks write: the everyday mix, and rollouts. The same writes in every run.
package struct BenchmarkWrites {
    private let labels: (MapID, MapID)
    private let annotations: (MapID, MapID)

    package init(_ cluster: BenchmarkCluster) {
        let tables = cluster.simulation.tables
        func labels(_ version: Symbol) -> MapID {
            tables.map([("app.kubernetes.io/name", "shop"), ("app.kubernetes.io/version", version)])
        }
        self.labels = (labels("1"), labels("2"))
        annotations = (tables.map([("team.example/checked", "1")]), tables.map([("team.example/checked", "2")]))
    }

    /// One request of the everyday mix, each for another application than the last: a tenth each of seven kinds of
    /// writes, ConfigMap data twice as often, and one in ten that changes nothing. What was written last is written
    /// back, so that every other request writes.
    @inline(__always)
    package func write(_ round: Int, to cluster: inout BenchmarkCluster) {
        let application = cluster.applications[round &* 7919 % cluster.applications.count]
        switch round % 10 {
        case 0, 1:
            let bodies = (application.configuration, application.otherConfiguration)
            cluster.simulation.update(application.configMap, as: .admin) { $0.body = other($0.body, bodies) }
        case 2: relabel(application.configMap, &cluster)
        case 3: annotate(application.secret, &cluster)
        case 4: relabel(application.serviceAccount, &cluster)
        case 5: annotate(application.service, &cluster)
        case 6: annotate(application.deployment, &cluster)
        case 7: annotate(application.pod, &cluster)
        case 8: relabel(application.secret, &cluster)
        default: cluster.simulation.update(application.service, as: .admin) { _ in }
        }
    }

    private func relabel(_ key: ObjectKey, _ cluster: inout BenchmarkCluster) {
        cluster.simulation.update(key, as: .admin) { $0.labels = other($0.labels, labels) }
    }

    private func annotate(_ key: ObjectKey, _ cluster: inout BenchmarkCluster) {
        cluster.simulation.update(key, as: .admin) { $0.annotations = other($0.annotations, annotations) }
    }

    private func other<ID: Equatable>(_ id: ID, _ pair: (ID, ID)) -> ID { id == pair.0 ? pair.1 : pair.0 }

    /// `count` writes of the mix, with what they wake.
    package func run(_ count: Int, on cluster: inout BenchmarkCluster) {
        for round in 0..<count {
            write(round, to: &cluster)
            if round & 63 == 0 { cluster.simulation.run(until: cluster.simulation.now + .milliseconds(50)) }
        }
        cluster.simulation.run(until: cluster.simulation.now + .minutes(1))
    }

    /// `count` Deployments get another image, one every two virtual seconds: ReplicaSets, Pods, scheduling, kubelet,
    /// endpoints, statuses.
    package func rollOut(_ count: Int, on cluster: inout BenchmarkCluster) {
        for round in 0..<count {
            let application = cluster.applications[round &* 7919 % cluster.applications.count]
            let bodies = (application.template, application.otherTemplate)
            cluster.simulation.update(application.deployment, as: .admin) { $0.body = other($0.body, bodies) }
            cluster.simulation.run(until: cluster.simulation.now + .seconds(2))
        }
        cluster.simulation.run(until: cluster.simulation.now + .minutes(10))
    }
}
