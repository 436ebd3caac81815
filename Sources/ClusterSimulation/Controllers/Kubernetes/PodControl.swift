/// What the controllers of workloads share: making and counting Pods.
enum PodControl {
    /// The Pods that a workload controls, oldest first, whether they run or not.
    static func pods(_ simulation: Simulation, of owner: ObjectKey) -> [ObjectKey] {
        let tables = simulation.tables
        let state = simulation.state
        let uid = state[owner].uid
        var pods: [ObjectKey] = []
        state.forEachReferrer(of: owner) { link in
            guard link.type == .owner, tables.kindID(link.source) == .pod else { return }
            let isControlled = tables.owners(state[link.source].owners).contains {
                $0.owner == owner && $0.uid == uid && $0.controller
            }
            if isControlled { pods.append(link.source) }
        }
        pods.reverse()
        return pods
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
        // Most namespaces have nothing that nobody controls: then there is nobody to ask.
        let bucket = simulation.tables.bucket(kind, simulation.tables.namespace(owner))
        if selector.isEmpty || simulation.state.uncontrolledCount(inBucket: bucket) == 0 { return }
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
    /// Pods that are not ready, by owner.
    var unready = UnreadyPods()
    /// What is known of the Pods of each StatefulSet; looked up only.
    var statefulSets: [ObjectKey: StatefulSetPods] = [:]
    /// By StatefulSet: its Pods that changed since its controller looked, in order; looked up only.
    var changedPods: [ObjectKey: [ObjectKey]] = [:]

    /// Notes that a Pod of a StatefulSet is as far as the order wants it, like all before it.
    mutating func settled(_ pod: ObjectKey, _ ordinal: Int, of set: ObjectKey) {
        guard let pods = statefulSets[set], pods.leading == ordinal, pods.isCounted(pod) else { return }
        statefulSets[set]?.leading = ordinal + 1
    }
}

extension StateSlots {
    private static let workloadsSlot = Slot("workloads", WorkloadMemory())

    /// What the controllers of workloads remember.
    package internal(set) var workloads: WorkloadMemory {
        _read { yield self[Self.workloadsSlot] }
        _modify { yield &self[Self.workloadsSlot] }
    }
}
