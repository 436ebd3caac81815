package import ClusterSimulation

/// What the benchmarks write: the everyday mix, and rollouts. The same writes in every run.
package struct BenchmarkWrites {
    private let labels: [MapID]
    private let annotations: [MapID]

    package init(_ cluster: BenchmarkCluster) {
        let tables = cluster.simulation.tables
        labels = (0...1).map {
            tables.map([("app.kubernetes.io/name", "shop"), ("app.kubernetes.io/version", Symbol("\($0)"))])
        }
        annotations = (0...1).map { tables.map([("team.example/checked", Symbol("\($0)"))]) }
    }

    /// One write of the everyday mix, each of a different application than the last: a tenth each of eight kinds of
    /// writes, ConfigMap data twice as often, and one in ten that changes nothing.
    @inline(__always)
    package func write(_ round: Int, to cluster: inout BenchmarkCluster) {
        let application = cluster.applications[round &* 7919 % cluster.applications.count]
        let turn = (round / cluster.applications.count) & 1
        switch round % 10 {
        case 0, 1:
            let body = turn == 0 ? application.otherConfiguration : application.configuration
            cluster.simulation.update(application.configMap, as: .admin) { $0.body = body }
        case 2: cluster.simulation.update(application.configMap, as: .admin) { $0.labels = labels[turn] }
        case 3: cluster.simulation.update(application.secret, as: .admin) { $0.annotations = annotations[turn] }
        case 4: cluster.simulation.update(application.serviceAccount, as: .admin) { $0.labels = labels[turn] }
        case 5: cluster.simulation.update(application.service, as: .admin) { $0.annotations = annotations[turn] }
        case 6: cluster.simulation.update(application.deployment, as: .admin) { $0.annotations = annotations[turn] }
        case 7: cluster.simulation.update(application.pod, as: .admin) { $0.annotations = annotations[turn] }
        case 8: cluster.simulation.update(application.secret, as: .admin) { $0.labels = labels[turn] }
        default: cluster.simulation.update(application.service, as: .admin) { _ in }
        }
    }

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
            let turn = (round / cluster.applications.count) & 1
            let body = turn == 0 ? application.otherTemplate : application.template
            cluster.simulation.update(application.deployment, as: .admin) { $0.body = body }
            cluster.simulation.run(until: cluster.simulation.now + .seconds(2))
        }
        cluster.simulation.run(until: cluster.simulation.now + .minutes(10))
    }
}
