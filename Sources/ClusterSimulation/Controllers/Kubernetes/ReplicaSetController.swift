/// Keeps the number of Pods that a ReplicaSet asks for.
///
/// Source: the ReplicaSet documentation; which Pods go first as in the controllers' `ActivePodsWithRanks`.
enum ReplicaSetController {
    static let controllerName: Symbol = "replicaset-controller"

    static let controller = Controller(
        controllerName,
        watches: [
            Watch(.replicaSet, changes: [.created, .body, .labels, .metadata]),
            Watch(.pod, .owner(.replicaSet), changes: [.created, .labels, .metadata, .status, .deleting, .removed]),
            Watch(.serviceAccount, .function(failingSets), changes: .created),
        ],
        reconcile: reconcile)

    static let caller = Caller.controller(controllerName)

    /// ReplicaSets of the namespace that could not make their Pods.
    private static func failingSets(_ simulation: Simulation, _ key: ObjectKey, _ body: (ObjectKey) -> Void) {
        simulation.forEach(.replicaSet, in: simulation.tables.namespace(key)) { set in
            if simulation.workloadState(set).condition("ReplicaFailure") != nil { body(set) }
        }
    }

    private static func reconcile(_ simulation: inout Simulation, _ key: ObjectKey) {
        let row = simulation.state[key]
        guard row.exists, let facts = simulation.facts(key, WorkloadFacts.self) else { return }
        var pods = PodControl.pods(simulation, of: key).filter { simulation.isPodActive($0) }
        var failure: APIError?
        let wanted = simulation.bounded(facts.replicas, podsOf: key)
        if !row.isDeleting {
            if pods.count < wanted {
                PodControl.adopt(&simulation, for: key, facts.selector, as: caller)
                pods = PodControl.pods(simulation, of: key).filter { simulation.isPodActive($0) }
            }
            if pods.count < wanted {
                failure = create(&simulation, key, facts, wanted - pods.count)
            } else if pods.count > wanted {
                for pod in PodControl.deletionOrder(simulation, pods).prefix(pods.count - wanted) {
                    simulation.delete(pod, as: caller)
                }
            }
            pods = PodControl.pods(simulation, of: key).filter { simulation.isPodActive($0) }
        }
        var status = simulation.workloadState(key)
        status.replicas = pods.count
        status.desired = facts.replicas
        status.ready = pods.count { simulation.isPodReady($0) }
        status.available = status.ready
        status.observedGeneration = simulation.state[key].generation
        if let failure {
            status.set("ReplicaFailure", true, "FailedCreate", Symbol(failure.message), at: simulation.now)
        } else {
            status.remove("ReplicaFailure")
        }
        simulation.setWorkloadState(key, status, as: caller)
    }

    private static func create(
        _ simulation: inout Simulation, _ key: ObjectKey, _ facts: WorkloadFacts, _ count: Int
    ) -> APIError? {
        for _ in 0..<count {
            var draft = PodControl.draft(simulation, for: key, facts)
            draft.generateName = Symbol("\(simulation.tables.name(key))-")
            if case .failure(let error) = simulation.create(draft, as: caller) {
                simulation.retry(controllerName, key)
                return error
            }
        }
        return nil
    }
}
