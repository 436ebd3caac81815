/// What was done to an object, or what happened.
package enum Action: UInt8, Sendable {
    case create, update, updateStatus, delete, remove, merge, revert, sync, step, exit, start, refuse, write
}

/// One entry of the trace: who did what to which object, when, and because of which earlier entry.
package struct TraceEntry: Sendable {
    package var at: SimulationTime
    package var cause: TraceID
    package var key: ObjectKey
    package var actor: Symbol
    /// What else there is to say; empty where actor, action and object say it all.
    package var detail: Symbol
    /// The place in a file that this came from: the manifest that was written, the scenario step.
    package var origin: Origin
    package var action: Action

    static let none = TraceEntry(
        at: .epoch, cause: .none, key: .none, actor: .empty, detail: .empty, origin: .none, action: .step)
}

extension Simulation {
    /// Notes that something happened, caused by what is being worked on now.
    @discardableResult
    package mutating func record(
        _ action: Action, _ key: ObjectKey, by actor: Symbol, detail: Symbol = .empty, origin: Origin = .none
    ) -> TraceID {
        let entry = TraceEntry(
            at: now, cause: currentCause, key: key, actor: actor, detail: detail, origin: origin, action: action)
        return TraceID(index: UInt32(trace.append(entry)))
    }

    /// The chain of entries that led to one, first cause first, the entry itself last. At most `limit` entries: of a
    /// longer chain the first and the last ones.
    package func causes(of id: TraceID, limit: Int = 64) -> [TraceEntry] {
        var chain: [TraceEntry] = []
        var id = id
        while !id.isNone {
            let entry = trace[Int(id.index)]
            chain.append(entry)
            id = entry.cause
        }
        chain.reverse()
        if chain.count > limit { chain.removeSubrange(limit / 2..<chain.count - limit / 2) }
        return chain
    }
}
