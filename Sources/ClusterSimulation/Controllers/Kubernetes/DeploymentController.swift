/// Rolls out Deployments: one ReplicaSet a template, scaled against each other.
///
/// Source: the Deployment documentation, and the arithmetic of the deployment controller's rolling update.
enum DeploymentController {
    static let controllerName: Symbol = "deployment-controller"

    static let controller = Controller(
        controllerName,
        watches: [
            Watch(.deployment, changes: [.created, .body, .labels]),
            Watch(.replicaSet, .owner(.deployment), changes: [.created, .body, .status, .deleting, .removed]),
            Watch(.pod, .function(deploymentOfPod), changes: .removed),
        ],
        reconcile: reconcile)

    static let caller = Caller.controller(controllerName)

    /// With `Recreate`, the new Pods wait until the old ones are gone and not only deleted.
    private static func deploymentOfPod(_ simulation: Simulation, _ key: ObjectKey, _ body: (ObjectKey) -> Void) {
        let namespace = simulation.tables.namespace(key)
        simulation.forEach(.deployment, in: namespace) { deployment in
            if simulation.facts(deployment, WorkloadFacts.self)?.strategy == .recreate { body(deployment) }
        }
    }

    /// The ReplicaSets of a Deployment, and which one has its present template.
    struct Sets {
        var current: ObjectKey?
        var old: [ObjectKey] = []
    }

    private static func reconcile(_ simulation: inout Simulation, _ key: ObjectKey) {
        let row = simulation.state[key]
        guard row.exists, let facts = simulation.facts(key, WorkloadFacts.self) else { return }
        _ = simulation.bounded(facts.replicas, podsOf: key)
        var sets = sets(simulation, key, facts)
        if sets.current == nil, !row.isDeleting {
            PodControl.adopt(&simulation, .replicaSet, for: key, facts.selector, as: caller)
            sets = Self.sets(simulation, key, facts)
        }
        var failure: APIError?
        if row.isDeleting {
            // Its dependents go by themselves.
        } else if facts.isPaused || DeploymentScaling.isDue(simulation, facts, sets) {
            DeploymentScaling.scale(&simulation, key, facts, sets)
        } else {
            switch facts.strategy {
            case .recreate: failure = recreate(&simulation, key, facts, &sets)
            default: failure = rollingUpdate(&simulation, key, facts, &sets)
            }
            cleanUp(&simulation, facts, sets)
        }
        DeploymentProgress.write(&simulation, key, facts, sets, failure)
    }

    /// The present ReplicaSet is the first with the Deployment's template, whatever it is named: the hash that an
    /// older version of Kubernetes gave it is another. Equal hashes only spare the look.
    private static func sets(_ simulation: Simulation, _ key: ObjectKey, _ facts: WorkloadFacts) -> Sets {
        let hashes = facts.hashes(simulation)
        var sets = Sets()
        sets.old = simulation.dependents(of: key, kind: .replicaSet).filter { !simulation.state[$0].isDeleting }
        let current =
            sets.old.firstIndex { simulation.label($0, "pod-template-hash") == hashes.text }
            ?? sets.old.firstIndex {
                simulation.facts($0, WorkloadFacts.self)?.hashes(simulation).identity == hashes.identity
            }
        sets.current = current.map { sets.old.remove(at: $0) }
        return sets
    }

    static func replicas(_ simulation: Simulation, _ set: ObjectKey) -> Int {
        simulation.facts(set, WorkloadFacts.self)?.replicas ?? 0
    }

    private static func recreate(
        _ simulation: inout Simulation, _ key: ObjectKey, _ facts: WorkloadFacts, _ sets: inout Sets
    ) -> APIError? {
        for set in sets.old { scale(&simulation, set, to: 0, facts) }
        for set in sets.old
        where !PodControl.pods(simulation, of: set).allSatisfy({
            simulation.podState($0)?.phase.isTerminal ?? false
        }) {
            return nil
        }
        return ensureCurrent(&simulation, key, facts, &sets, replicas: facts.replicas)
    }

    private static func rollingUpdate(
        _ simulation: inout Simulation, _ key: ObjectKey, _ facts: WorkloadFacts, _ sets: inout Sets
    ) -> APIError? {
        let (surge, unavailable) = bounds(facts)
        let oldTotal = sets.old.reduce(0) { $0 + replicas(simulation, $1) }
        let present = sets.current.map { replicas(simulation, $0) } ?? 0
        var wanted = present
        if present > facts.replicas {
            wanted = facts.replicas
        } else if present < facts.replicas {
            let room = facts.replicas + surge - present - oldTotal
            wanted = oldTotal == 0 ? facts.replicas : min(facts.replicas, present + max(0, room))
        }
        if let failure = ensureCurrent(&simulation, key, facts, &sets, replicas: wanted) { return failure }
        guard oldTotal > 0, let current = sets.current else { return nil }
        let newReplicas = replicas(simulation, current)
        let newAvailable = simulation.workloadState(current).available
        let minAvailable = facts.replicas - unavailable
        var room = oldTotal + newReplicas - minAvailable - max(0, newReplicas - newAvailable)
        for set in sets.old where room > 0 {
            let unhealthy = min(room, max(0, replicas(simulation, set) - simulation.workloadState(set).available))
            scale(&simulation, set, to: replicas(simulation, set) - unhealthy, facts)
            room -= unhealthy
        }
        let available =
            newAvailable
            + sets.old.reduce(0) {
                $0 + min(replicas(simulation, $1), simulation.workloadState($1).available)
            }
        var surplus = available - minAvailable
        for set in sets.old where surplus > 0 {
            let count = min(surplus, replicas(simulation, set))
            scale(&simulation, set, to: replicas(simulation, set) - count, facts)
            surplus -= count
        }
        return nil
    }

    /// `maxSurge` and `maxUnavailable` in Pods; not both zero.
    static func bounds(_ facts: WorkloadFacts) -> (surge: Int, unavailable: Int) {
        guard case .rollingUpdate(let maxSurge, let maxUnavailable, _) = facts.strategy else { return (0, 0) }
        let surge = maxSurge.of(facts.replicas, roundingUp: true)
        let unavailable = min(facts.replicas, maxUnavailable.of(facts.replicas, roundingUp: false))
        return (surge, surge == 0 && unavailable == 0 ? 1 : unavailable)
    }

    static func scale(_ simulation: inout Simulation, _ set: ObjectKey, to count: Int, _ facts: WorkloadFacts) {
        if replicas(simulation, set) == count { return }
        let tables = simulation.tables
        let annotations = DeploymentScaling.annotations(tables, simulation.state[set].annotations, facts)
        var value = tables.body(simulation.state[set].body).value
        guard var spec = value["spec"] else { return }
        spec["replicas"] = .integer(count)
        value["spec"] = spec
        let body = tables.body(kind: .replicaSet, value)
        simulation.update(set, as: caller) { draft in
            draft.body = body
            draft.annotations = annotations
        }
    }

    /// Old ReplicaSets beyond the history limit go, oldest first.
    private static func cleanUp(_ simulation: inout Simulation, _ facts: WorkloadFacts, _ sets: Sets) {
        let empty = sets.old.filter {
            replicas(simulation, $0) == 0 && PodControl.pods(simulation, of: $0).isEmpty
        }
        for set in empty.prefix(max(0, sets.old.count - facts.revisionHistoryLimit)) {
            simulation.delete(set, as: caller)
        }
    }
}
