extension InvariantMonitor {
    /// The monitor hears of everything.
    static let observer = Observer(
        leaving: { simulation, write in
            simulation.noteDeparture(write.key, because: write.cause)
            // What an invariant reads of the object to find its subjects is gone with the row.
            simulation.markDirty(write.key, write.kind, .removed)
        },
        written: { simulation, write in simulation.markDirty(write.key, write.kind, write.changes) },
        touched: { simulation, write in simulation.markDirty(write.key, write.kind, write.changes) },
        programsChanged: { simulation in simulation.programsChanged() },
        ended: { simulation in simulation.checkInvariants() },
        due: { simulation, time in
            simulation.passDeadlines(until: time)
            return simulation.monitor.firstDeadline
        })
}

extension Simulation {
    private static let monitorSlot = Slot("invariants", InvariantMonitor())

    /// What the invariants have found.
    package internal(set) var monitor: InvariantMonitor {
        _read { yield memory[Self.monitorSlot] }
        _modify { yield &memory[Self.monitorSlot] }
    }

    /// Has invariants looked at for a subject when the present event is over.
    @inline(__always)
    mutating func mark(_ key: ObjectKey, _ bits: UInt64, because cause: TraceID) {
        monitor.mark(key, bits, because: cause)
        awaitEnd()
    }
}
