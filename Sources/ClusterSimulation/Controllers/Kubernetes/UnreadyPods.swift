/// How many Pods of each owner are there, stay, and are not ready: where none is, nobody has to look for one.
struct UnreadyPods {
    /// By owner.
    private var counts = PersistentArray<Int32>(default: 0)
    /// By Pod: the owners for which it counts now.
    private var counted = PersistentArray<OwnersID>(default: .empty)

    func count(of owner: ObjectKey) -> Int { Int(counts[owner.offset]) }

    /// Counts a Pod for its owners; for none where it is gone, going or ready.
    mutating func note(_ pod: ObjectKey, for owners: OwnersID, _ tables: ClusterTables) {
        let before = counted[pod.offset]
        if before == owners { return }
        for owner in tables.owners(before) { counts[owner.owner.offset] -= 1 }
        for owner in tables.owners(owners) { counts[owner.owner.offset] += 1 }
        counted[pod.offset] = owners
    }
}

extension Simulation {
    /// Keeps up what is known of a Pod for those that own it, after each change of it.
    mutating func notePod(_ pod: ObjectKey) {
        let row = state[pod]
        let isUnready = row.exists && !row.isDeleting && !isPodReady(pod)
        memory.workloads.unready.note(pod, for: isUnready ? row.owners : .empty, tables)
        noteStatefulPod(pod, owners: row.owners)
    }
}

extension UnreadyPods {
    /// Keeps up what is known of Pods for those that own them, or owned them before.
    static let observer = Observer(
        kinds: [.pod],
        replaced: { simulation, write, old in
            if simulation.state[write.key].owners != old.owners {
                simulation.noteStatefulPod(write.key, owners: old.owners)
            }
        },
        leaving: { simulation, write in
            simulation.noteStatefulPod(write.key, owners: simulation.state[write.key].owners)
        },
        written: { simulation, write in simulation.notePod(write.key) })
}
