/// Deletes objects whose owners are gone, and sees foreground and orphaning deletions through.
///
/// Source: "Garbage Collection" in the Kubernetes documentation; recordings, family gc.
enum GarbageCollector {
    fileprivate static let name: Symbol = "garbage-collector"

    static let controller = Controller(name, watches: [], reconcile: reconcile)

    /// It hears of every kind, without watching any.
    static let observer = Observer(
        leaving: { simulation, write in simulation.wakeWaitingOwners(of: write.key, cause: write.cause) },
        written: { simulation, write in simulation.wakeCollectors(write) })

    static let orphan: Symbol = "orphan"
    static let foreground: Symbol = "foregroundDeletion"
    private static let caller = Caller.controller(name)

    /// What has become of an owner.
    enum OwnerState { case solid, waitsForDependents, absent }

    /// An owner whose kind is not served cannot be looked up: it counts as there.
    static func state(_ simulation: Simulation, of owner: OwnerReference) -> OwnerState {
        let kind = simulation.tables.kindID(owner.owner)
        if !simulation.isServed(kind) { return .solid }
        let row = simulation.state[owner.owner]
        guard row.exists, row.uid == owner.uid else { return .absent }
        let isWaiting = row.isDeleting && simulation.tables.list(row.finalizers).contains(foreground)
        return isWaiting ? .waitsForDependents : .solid
    }

    private static func reconcile(_ simulation: inout Simulation, _ key: ObjectKey) {
        guard simulation.state.exists(key) else { return }
        if simulation.state[key].isDeleting {
            let finalizers = simulation.tables.list(simulation.state[key].finalizers)
            if finalizers.contains(orphan) { orphanDependents(&simulation, of: key) }
            if finalizers.contains(foreground) { deleteDependents(&simulation, of: key) }
            return
        }
        collect(&simulation, key)
    }

    /// Takes the owner out of its dependents' references, then lets it go.
    private static func orphanDependents(_ simulation: inout Simulation, of key: ObjectKey) {
        let tables = simulation.tables
        for dependent in simulation.dependents(of: key) {
            simulation.update(dependent, as: caller, verb: "patch") { draft in
                draft.owners = tables.owners(tables.owners(draft.owners).filter { $0.owner != key })
            }
        }
        simulation.update(key, as: caller) { $0.finalizers = tables.list($0.finalizers, removing: orphan) }
    }

    /// Lets an owner go once no dependent blocks it, and has those deleted that do.
    private static func deleteDependents(_ simulation: inout Simulation, of key: ObjectKey) {
        let tables = simulation.tables
        let uid = simulation.state[key].uid
        let blocking = simulation.dependents(of: key).filter { dependent in
            tables.owners(simulation.state[dependent].owners).contains {
                $0.owner == key && $0.uid == uid && $0.blockOwnerDeletion
            }
        }
        if blocking.isEmpty {
            simulation.update(key, as: caller) { $0.finalizers = tables.list($0.finalizers, removing: foreground) }
            return
        }
        for dependent in simulation.dependents(of: key) where !simulation.state[dependent].isDeleting {
            collect(&simulation, dependent)
        }
    }

    /// Deletes an object without a living owner; with one, only forgets those that are gone.
    private static func collect(_ simulation: inout Simulation, _ key: ObjectKey) {
        let tables = simulation.tables
        let owners = tables.owners(simulation.state[key].owners)
        if owners.isEmpty { return }
        let states = owners.map { state(simulation, of: $0) }
        let solid = zip(owners, states).filter { $0.1 == .solid }.map(\.0)
        if !solid.isEmpty {
            if solid.count < owners.count {
                simulation.update(key, as: caller, verb: "patch") { $0.owners = tables.owners(solid) }
            }
            return
        }
        let finalizers = tables.list(simulation.state[key].finalizers)
        let propagation: DeleteOptions.Propagation
        if states.contains(.waitsForDependents), !simulation.dependents(of: key).isEmpty {
            propagation = .foreground
        } else if finalizers.contains(orphan) {
            propagation = .orphan
        } else if finalizers.contains(foreground) {
            propagation = .foreground
        } else {
            propagation = .background
        }
        let options = DeleteOptions(propagation: propagation, uid: simulation.state[key].uid)
        let result = simulation.delete(key, as: caller, options)
        if case .failure = result {
            simulation.retry(name, key)
        } else {
            simulation.forgetFailures(name, key)
        }
    }
}

extension Simulation {
    /// Tells the garbage collector and the namespace controller of a change that concerns them; both hear of every
    /// kind, and of most changes need not.
    fileprivate mutating func wakeCollectors(_ write: Write) {
        let (key, changes, cause) = (write.key, write.changes, write.cause)
        guard !changes.isDisjoint(with: [.created, .metadata, .deleting, .removed]) else { return }
        if !memory.namespaces.terminating.isEmpty, !changes.isDisjoint(with: [.metadata, .removed]) {
            wakeNamespace(of: key, cause: cause)
        }
        if changes.contains(.removed) {
            var dependents: [ObjectKey] = []
            state.forEachReferrer(of: key) { if $0.type == .owner { dependents.append($0.source) } }
            for dependent in dependents.reversed() { enqueue(GarbageCollector.name, dependent, because: cause) }
            return
        }
        let row = state[key]
        if row.isDeleting {
            let names = tables.list(row.finalizers)
            if names.contains(GarbageCollector.orphan) || names.contains(GarbageCollector.foreground) {
                enqueue(GarbageCollector.name, key, because: cause)
            }
            wakeWaitingOwners(of: key, cause: cause)
        } else if !row.owners.isEmpty, !changes.isDisjoint(with: [.created, .metadata]) {
            let owners = tables.owners(row.owners)
            if owners.contains(where: { GarbageCollector.state(self, of: $0) != .solid }) {
                enqueue(GarbageCollector.name, key, because: cause)
            }
        }
    }

    /// An object goes: owners that wait for their dependents look again. Called before its row is cleared, too.
    fileprivate mutating func wakeWaitingOwners(of key: ObjectKey, cause: TraceID) {
        for owner in tables.owners(state[key].owners)
        where GarbageCollector.state(self, of: owner) == .waitsForDependents {
            enqueue(GarbageCollector.name, owner.owner, because: cause)
        }
    }
}
