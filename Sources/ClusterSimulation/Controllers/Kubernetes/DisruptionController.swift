/// Keeps what a PodDisruptionBudget allows up to date: how many of its Pods are ready, and how many have to be.
///
/// It hears of Pods and budgets, not of workloads: another number of replicas is seen with the Pods that it brings.
/// Source: `pkg/controller/disruption`; recordings, family disruption. Events are left out, and the condition
/// `DisruptionTarget` of Pods.
enum DisruptionController {
    private static let name: Symbol = "disruption-controller"

    static let controller = Controller(
        name,
        watches: [
            Watch(.podDisruptionBudget, changes: [.created, .body, .status]),
            Watch(.pod, .function(budgets), changes: [.created, .labels, .status, .deleting, .removed]),
        ],
        reconcile: reconcile)

    private static let caller = Caller.controller(name)
    /// For how long a Pod whose eviction was allowed counts as gone although nobody has deleted it.
    private static let deletionTimeout = SimulationTime.Span.minutes(2)

    /// Budgets that cover the Pod; where it is gone, any of the namespace may have.
    private static func budgets(_ simulation: Simulation, _ pod: ObjectKey, _ body: (ObjectKey) -> Void) {
        let exists = simulation.state.exists(pod)
        let labels = simulation.tables.map(simulation.state[pod].labels)
        simulation.forEach(.podDisruptionBudget, in: simulation.tables.namespace(pod)) { budget in
            let facts = simulation.facts(budget, DisruptionBudgetFacts.self)
            if !exists || facts?.covers(labels) ?? false { body(budget) }
        }
    }

    private static func reconcile(_ simulation: inout Simulation, _ key: ObjectKey) {
        guard simulation.state.exists(key), let facts = simulation.facts(key, DisruptionBudgetFacts.self) else {
            return
        }
        let pods = covered(simulation, key, facts)
        let old = simulation.disruptionBudgetState(key)
        var new = old
        switch DisruptionScale.expectation(simulation, facts, pods) {
        case .success(let expectation):
            new.observedGeneration = simulation.state[key].generation
            new.disruptedPods = stillExpected(simulation, old, pods)
            new.expectedPods = expectation.pods
            new.desiredHealthy = expectation.healthy
            new.currentHealthy = healthy(simulation, new, pods)
            let allowed = new.currentHealthy - new.desiredHealthy
            new.disruptionsAllowed = new.expectedPods <= 0 ? 0 : max(0, allowed)
            new.updateCondition(at: simulation.now)
        case .failure(let problem):
            // Nothing may go while it cannot be told what has to stay.
            new.disruptionsAllowed = 0
            new.setCondition(false, "SyncFailed", Symbol(problem.message), at: simulation.now)
        }
        if new != old { simulation.updateStatus(key, as: caller, DisruptionBudgetStatus(new)) }
        if let first = new.disruptedPods.map(\.since).min() {
            let recheck = first + deletionTimeout + .milliseconds(1)
            simulation.requeue(name, key, after: max(recheck - simulation.now, .milliseconds(1)))
        }
    }

    private static func covered(
        _ simulation: Simulation, _ key: ObjectKey, _ facts: DisruptionBudgetFacts
    ) -> [ObjectKey] {
        guard let selector = facts.selector else { return [] }
        return simulation.objects(of: .pod, in: simulation.tables.namespace(key)).filter {
            selector.isEmpty || selector.matches(simulation.tables.map(simulation.state[$0].labels))
        }
    }

    /// Entries of `disruptedPods` that are still there, are not being deleted and have not waited too long for it.
    private static func stillExpected(
        _ simulation: Simulation, _ state: DisruptionBudgetState, _ pods: [ObjectKey]
    ) -> [DisruptionBudgetState.DisruptedPod] {
        if state.disruptedPods.isEmpty { return [] }
        let waiting = pods.filter { !simulation.state[$0].isDeleting }.map { simulation.tables.name($0) }
        return state.disruptedPods.filter { entry in
            entry.since + deletionTimeout >= simulation.now && waiting.contains(entry.name)
        }
    }

    private static func healthy(
        _ simulation: Simulation, _ state: DisruptionBudgetState, _ pods: [ObjectKey]
    ) -> Int {
        pods.count { pod in
            guard simulation.isPodReady(pod) else { return false }
            let name = simulation.tables.name(pod)
            return !state.disruptedPods.contains {
                $0.name == name && $0.since + deletionTimeout > simulation.now
            }
        }
    }
}
