/// What the controllers of workloads share: making and counting Pods.
enum PodControl {
    /// The most Pods that are made for one workload. A workload that asks for more stays short of them, as it would in
    /// a cluster without the nodes for them.
    static let podsMax = 5000

    /// The Pods that a workload controls, oldest first, whether they run or not.
    static func pods(_ simulation: Simulation, of owner: ObjectKey) -> [ObjectKey] {
        let uid = simulation.state[owner].uid
        return simulation.dependents(of: owner, kind: .pod).filter { pod in
            simulation.tables.owners(simulation.state[pod].owners).contains {
                $0.owner == owner && $0.uid == uid && $0.controller
            }
        }
    }

    /// The owner reference that makes `owner` the controller of what it makes.
    static func ownership(_ simulation: Simulation, by owner: ObjectKey) -> OwnersID {
        simulation.tables.owners([
            OwnerReference(owner: owner, uid: simulation.state[owner].uid, controller: true, blockOwnerDeletion: true)
        ])
    }

    /// A Pod of a workload's template; the name is the caller's to set.
    static func draft(_ simulation: Simulation, for owner: ObjectKey, _ facts: WorkloadFacts) -> ObjectDraft {
        let tables = simulation.tables
        var draft = ObjectDraft(
            kind: .pod, namespace: tables.namespace(owner), name: .empty, body: facts.podBody(tables))
        draft.labels = facts.templateLabels
        draft.annotations = facts.templateAnnotations
        draft.owners = ownership(simulation, by: owner)
        draft.origin = facts.templateValue.origin
        return draft
    }

    /// How far a Pod has come: what is to be deleted first has the lowest. Source: `ActivePods` of the controllers.
    static func rank(_ simulation: Simulation, _ pod: ObjectKey) -> Int {
        guard let state = simulation.podState(pod), !state.node.isEmpty else { return 0 }
        if state.phase == .pending { return 1 }
        return state.isReady ? 3 : 2
    }

    /// Pods in the order in which they are given up: least far first, and the newest of those.
    static func deletionOrder(_ simulation: Simulation, _ pods: [ObjectKey]) -> [ObjectKey] {
        let ranked = pods.map { (key: $0, rank: rank(simulation, $0), uid: simulation.state[$0].uid) }
        return ranked.sorted { $0.rank != $1.rank ? $0.rank < $1.rank : $0.uid > $1.uid }.map(\.key)
    }

    /// Gives living objects without a controller that the selector covers to a workload: Pods, or a Deployment's sets.
    ///
    /// Source: `ControllerRefManager` of the controllers: what was orphaned is taken on again by whoever selects it.
    static func adopt(
        _ simulation: inout Simulation, _ kind: KindID = .pod, for owner: ObjectKey, _ selector: LabelSelector,
        as caller: Caller
    ) {
        if selector.isEmpty { return }
        for key in simulation.objects(of: kind, in: simulation.tables.namespace(owner))
        where (kind != .pod || simulation.isPodActive(key))
            && selector.matches(simulation.tables.map(simulation.state[key].labels))
        {
            adopt(&simulation, key, for: owner, as: caller)
        }
    }

    /// Makes a workload the controller of one object that has none and is not on its way out.
    static func adopt(_ simulation: inout Simulation, _ key: ObjectKey, for owner: ObjectKey, as caller: Caller) {
        if simulation.controllerOwner(key) != nil || simulation.state[key].isDeleting { return }
        let tables = simulation.tables
        let reference = ownership(simulation, by: owner)
        simulation.update(key, as: caller) { draft in
            draft.owners = tables.owners(tables.owners(draft.owners) + tables.owners(reference))
        }
    }
}

/// What the workload controllers remember besides what they wrote.
package struct WorkloadMemory {
    /// How often in a row a controller's writes for an object were refused.
    private var failures: [ObjectKey: Int] = [:]

    /// Notes a refusal and tells how long to wait: 1 s doubling to 1000 s, the bound of the controllers' queues.
    mutating func delayAfterFailure(_ key: ObjectKey) -> SimulationTime.Span {
        let count = failures[key] ?? 0
        failures[key] = count + 1
        return .seconds(min(1000, 1 << Int64(min(count, 10))))
    }

    mutating func succeeded(_ key: ObjectKey) { if !failures.isEmpty { failures[key] = nil } }
}
