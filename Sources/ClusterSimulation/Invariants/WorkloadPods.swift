/// From Pods to their workloads and back.
enum WorkloadPods {
    /// The Deployment, StatefulSet or DaemonSet that a Pod belongs to, also while the Pod's row is about to go.
    static func workload(_ simulation: Simulation, of pod: ObjectKey) -> ObjectKey? {
        guard let owner = simulation.controllerOwner(pod)?.owner else { return nil }
        if simulation.tables.kindID(owner) != .replicaSet { return owner }
        return simulation.controllerOwner(owner)?.owner
    }

    /// The newest Pod that is not ready: the one whose message tells why a workload is not available.
    static func blocked(_ simulation: Simulation, of workload: ObjectKey) -> ObjectKey? {
        if simulation.tables.kindID(workload) != .deployment { return newestUnready(simulation, of: workload) }
        return simulation.dependents(of: workload, kind: .replicaSet)
            .compactMap { newestUnready(simulation, of: $0) }
            .max { simulation.state[$0].uid < simulation.state[$1].uid }
    }

    /// Pods come up oldest first: the newest tells, mostly at the first look, whether one is not ready yet.
    private static func newestUnready(_ simulation: Simulation, of owner: ObjectKey) -> ObjectKey? {
        if simulation.memory.workloads.unready.count(of: owner) == 0 { return nil }
        let uid = simulation.state[owner].uid
        let link = simulation.state.newestReferrer(of: owner) { link in
            link.type == .owner && simulation.tables.kindID(link.source) == .pod
                && !simulation.state[link.source].isDeleting && !simulation.isPodReady(link.source)
                && simulation.tables.owners(simulation.state[link.source].owners)
                    .contains { $0.owner == owner && $0.uid == uid }
        }
        return link?.source
    }

    /// Whether something is wrong with a Pod that is not ready, as far as is known by now.
    static func hasError(_ simulation: Simulation, _ pod: ObjectKey) -> Bool {
        guard let state = simulation.podState(pod) else { return false }
        if !state.message.isEmpty { return true }
        return state.containers.contains { container in
            !["", "ContainerCreating", "PodInitializing", "Completed"].contains(container.reason.text)
                || !container.message.isEmpty
        }
    }

    /// What a Pod's message depends on, but for the length of its back-off.
    static func combine(_ simulation: Simulation, _ pod: ObjectKey, into hash: inout StableHash) {
        hash.combine(UInt64(pod.index))
        guard let state = simulation.podState(pod) else { return }
        hash.combine(state.reason.stableHash)
        hash.combine(state.message.stableHash)
        for container in state.containers {
            hash.combine(container.reason.stableHash)
            hash.combine(container.lastMessage.stableHash)
        }
    }
}
