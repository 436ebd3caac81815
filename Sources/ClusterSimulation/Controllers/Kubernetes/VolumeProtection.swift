/// Keeps claims that Pods use and volumes that claims use until they are free, by their protection finalizers.
///
/// Source: recordings, family storage: a Pod without a node does not count as a user.
enum VolumeProtection {
    static let controllerName: Symbol = "volume-protection"

    static let controller = Controller(
        controllerName,
        watches: [
            Watch(.persistentVolumeClaim, changes: [.deleting, .metadata]),
            Watch(.persistentVolume, changes: [.deleting, .status]),
            Watch(.pod, .function(claims), changes: [.removed, .status]),
        ],
        reconcile: reconcile)

    private static let caller = Caller.controller(controllerName)

    /// Claims that a Pod's end may set free. A Pod that is gone has left no trace of its claims: all that wait look.
    private static func claims(_ simulation: Simulation, _ key: ObjectKey, _ body: (ObjectKey) -> Void) {
        guard !simulation.state.exists(key) || (simulation.podState(key)?.phase.isTerminal ?? false) else { return }
        simulation.forEach(.persistentVolumeClaim, in: simulation.tables.namespace(key)) { claim in
            if simulation.state[claim].isDeleting { body(claim) }
        }
    }

    private static func reconcile(_ simulation: inout Simulation, _ key: ObjectKey) {
        let row = simulation.state[key]
        guard row.exists, row.isDeleting else { return }
        if row.kind == .persistentVolume {
            guard simulation.volumePhase(key) != "Bound" else { return }
            remove(ControlPlaneFinalizers.volume, from: key, &simulation)
        } else {
            guard !isUsed(simulation, key) else { return }
            remove(ControlPlaneFinalizers.claim, from: key, &simulation)
        }
    }

    private static func remove(_ finalizer: Symbol, from key: ObjectKey, _ simulation: inout Simulation) {
        let tables = simulation.tables
        simulation.update(key, as: caller) { $0.finalizers = tables.list($0.finalizers, removing: finalizer) }
    }

    private static func isUsed(_ simulation: Simulation, _ claim: ObjectKey) -> Bool {
        var isUsed = false
        simulation.state.forEachReferrer(of: claim) { link in
            guard link.type == .persistentVolumeClaim, simulation.tables.kindID(link.source) == .pod,
                let pod = simulation.podState(link.source)
            else { return }
            if !pod.node.isEmpty, !pod.phase.isTerminal { isUsed = true }
        }
        return isUsed
    }
}
