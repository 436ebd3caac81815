/// Scaling a Deployment apart from a rollout: when `spec.replicas` changes, what is there grows or shrinks first, each
/// ReplicaSet by its share, and only then the rollout goes on.
///
/// Source: `isScalingEvent` and `scale` of `pkg/controller/deployment/sync.go`, Kubernetes 1.36; recordings, family
/// apply.
enum DeploymentScaling {
    /// What a ReplicaSet's Deployment wanted when the ReplicaSet was last scaled, without and with the surge.
    private static let desired: Symbol = "deployment.kubernetes.io/desired-replicas"
    private static let maximum: Symbol = "deployment.kubernetes.io/max-replicas"

    /// A ReplicaSet's annotations with what its Deployment wants now.
    static func annotations(_ tables: ClusterTables, _ old: MapID, _ facts: WorkloadFacts) -> MapID {
        let most = facts.replicas + DeploymentController.bounds(facts).surge
        let map = tables.map(old, setting: desired, to: Symbol("\(facts.replicas)"))
        return tables.map(map, setting: maximum, to: Symbol("\(most)"))
    }

    private static func number(_ simulation: Simulation, _ set: ObjectKey, _ name: Symbol) -> Int? {
        simulation.annotation(set, name).flatMap { Int($0.text) }
    }

    private static func active(_ simulation: Simulation, _ sets: DeploymentController.Sets) -> [ObjectKey] {
        (sets.old + (sets.current.map { [$0] } ?? [])).filter { DeploymentController.replicas(simulation, $0) > 0 }
    }

    /// Whether the Deployment wants another number than when its ReplicaSets were scaled.
    static func isDue(_ simulation: Simulation, _ facts: WorkloadFacts, _ sets: DeploymentController.Sets) -> Bool {
        active(simulation, sets).contains { number(simulation, $0, desired).map { $0 != facts.replicas } ?? false }
    }

    static func scale(
        _ simulation: inout Simulation, _ key: ObjectKey, _ facts: WorkloadFacts, _ sets: DeploymentController.Sets
    ) {
        let active = active(simulation, sets)
        if active.count <= 1 {
            guard let only = active.first ?? sets.current ?? sets.old.last else { return }
            return scale(&simulation, only, to: facts.replicas, facts)
        }
        if let current = sets.current, isSaturated(simulation, current, facts) {
            for set in sets.old { DeploymentController.scale(&simulation, set, to: 0, facts) }
            return
        }
        guard case .rollingUpdate = facts.strategy else { return }
        scaleInProportion(&simulation, key, facts, active)
    }

    private static func isSaturated(_ simulation: Simulation, _ set: ObjectKey, _ facts: WorkloadFacts) -> Bool {
        DeploymentController.replicas(simulation, set) == facts.replicas
            && number(simulation, set, desired) == facts.replicas
            && simulation.workloadState(set).available == facts.replicas
    }

    private static func scaleInProportion(
        _ simulation: inout Simulation, _ key: ObjectKey, _ facts: WorkloadFacts, _ active: [ObjectKey]
    ) {
        let sizes = active.map { DeploymentController.replicas(simulation, $0) }
        let most = facts.replicas == 0 ? 0 : facts.replicas + DeploymentController.bounds(facts).surge
        let missing = most - sizes.reduce(0, +)
        // The largest first; of equal ones the newer grows and the older shrinks.
        let order = active.indices.sorted { left, right in
            if sizes[left] != sizes[right] { return sizes[left] > sizes[right] }
            let first = simulation.state[active[left]].uid
            let second = simulation.state[active[right]].uid
            return missing > 0 ? first > second : first < second
        }
        var added = 0
        var wanted = sizes
        for index in order where missing != added {
            let share = share(simulation, key, facts, active[index], size: sizes[index])
            let change = missing > 0 ? min(share, missing - added) : max(share, missing - added)
            wanted[index] += change
            added += change
        }
        if let first = order.first { wanted[first] = max(0, wanted[first] + missing - added) }
        for index in order { scale(&simulation, active[index], to: wanted[index], facts) }
    }

    /// Scales a ReplicaSet; one that has its size already notes what is wanted now, so that this is not due again.
    private static func scale(
        _ simulation: inout Simulation, _ set: ObjectKey, to count: Int, _ facts: WorkloadFacts
    ) {
        DeploymentController.scale(&simulation, set, to: count, facts)
        let noted = annotations(simulation.tables, simulation.state[set].annotations, facts)
        if simulation.state[set].annotations == noted { return }
        simulation.update(set, as: DeploymentController.caller) { $0.annotations = noted }
    }

    /// By how many Pods a ReplicaSet grows if it keeps its part of the whole.
    private static func share(
        _ simulation: Simulation, _ key: ObjectKey, _ facts: WorkloadFacts, _ set: ObjectKey, size: Int
    ) -> Int {
        if facts.replicas == 0 { return -size }
        let most = facts.replicas + DeploymentController.bounds(facts).surge
        let before = number(simulation, set, maximum) ?? simulation.workloadState(key).replicas
        if before == 0 { return 0 }
        return Int((Double(size * most) / Double(before)).rounded()) - size
    }
}
