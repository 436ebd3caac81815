/// From Pods to their workloads and back.
enum WorkloadPods {
    /// The Deployment, StatefulSet or DaemonSet that a Pod belongs to, also while the Pod's row is about to go.
    static func workload(_ simulation: Simulation, of pod: ObjectKey) -> ObjectKey? {
        guard let owner = simulation.controllerOwner(pod)?.owner else { return nil }
        if simulation.tables.kindID(owner) != .replicaSet { return owner }
        return simulation.controllerOwner(owner)?.owner
    }

    /// The Pods of a workload, oldest first.
    static func pods(_ simulation: Simulation, of workload: ObjectKey) -> [ObjectKey] {
        guard simulation.tables.kindID(workload) == .deployment else {
            return simulation.dependents(of: workload, kind: .pod)
        }
        return simulation.dependents(of: workload, kind: .replicaSet).flatMap {
            simulation.dependents(of: $0, kind: .pod)
        }
    }

    /// The newest Pod that is not ready: the one whose message tells why a workload is not available.
    static func blocked(_ simulation: Simulation, of workload: ObjectKey) -> ObjectKey? {
        pods(simulation, of: workload)
            .filter { !simulation.state[$0].isDeleting && !simulation.isPodReady($0) }
            .max { simulation.state[$0].uid < simulation.state[$1].uid }
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
