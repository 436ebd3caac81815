/// Watches the invariants over time: which subjects to look at again, which intervals are open, which are closed.
package struct InvariantMonitor {
    /// An interval in which an invariant is false, or cannot be told, for one subject.
    package struct Interval: Sendable {
        package var invariant: UInt8
        package var subject: ObjectKey
        package var isUnknown: Bool
        package var from: SimulationTime
        /// nil while it is open.
        package var to: SimulationTime?
        package var fingerprint: UInt64
        package var explanation: Explanation
        /// The trace entry that opened it.
        package var cause: TraceID
        /// The trace entry that closed it.
        package var end: TraceID = .none
    }

    /// By subject: invariants to evaluate, as bits.
    var dirty = PersistentArray<UInt64>(default: 0)
    var dirtyKeys: [ObjectKey] = []
    /// Open intervals by (invariant, subject); looked up, and listed only through `intervals`.
    var open: [UInt64: Int] = [:]
    /// Every interval in order of its start.
    package internal(set) var intervals: [Interval] = []
    /// Subjects to look at again at a time: (time, invariant, subject), few.
    var deadlines: [(at: SimulationTime, invariant: UInt8, subject: ObjectKey)] = []

    init(configuration: Configuration) {}

    @inline(__always)
    mutating func mark(_ key: ObjectKey, _ bits: UInt64) {
        let before = dirty[key.offset]
        if before | bits == before { return }
        if before == 0 { dirtyKeys.append(key) }
        dirty[key.offset] = before | bits
    }
}

extension Simulation {
    /// Notes which invariants a change concerns.
    mutating func markDirty(_ key: ObjectKey, _ kind: KindID, _ changes: Changes) {
        let index = configuration.monitorIndex
        let direct = index.subjects(of: kind)
        if direct != 0 { monitor.mark(key, direct) }
        if index.onFinalizers != 0, changes != .status, !state[key].finalizers.isEmpty || changes.contains(.metadata) {
            monitor.mark(key, index.onFinalizers)
        }
        if index.anyTargets != 0, !changes.isDisjoint(with: [.created, .body, .deleting, .removed]) {
            var link = state.referrers[key.offset]
            while link != 0 {
                let entry = state.links[Int(link)]
                let bits = index.targets[Int(entry.type.rawValue)] & index.subjects(of: state[entry.source].kind)
                if bits != 0 { monitor.mark(entry.source, bits) }
                link = entry.nextOfTarget
            }
        }
        for mapped in index.mapped(of: kind) where !mapped.changes.isDisjoint(with: changes) {
            var keys: [ObjectKey] = []
            mapped.map(self, key) { keys.append($0) }
            for other in keys { monitor.mark(other, UInt64(1) << UInt64(mapped.invariant)) }
        }
    }

    /// Programs came or went: invariants that ask who serves what look again.
    mutating func programsChanged() {
        for entry in configuration.monitorIndex.onPrograms {
            var keys: [ObjectKey] = []
            entry.map(self) { keys.append($0) }
            for key in keys { monitor.mark(key, UInt64(1) << UInt64(entry.invariant)) }
        }
    }

    /// Evaluates what the last event touched.
    @inline(__always)
    mutating func checkInvariants() {
        if !monitor.dirtyKeys.isEmpty { evaluateDirty() }
    }

    private mutating func evaluateDirty() {
        var position = 0
        while position < monitor.dirtyKeys.count {
            let key = monitor.dirtyKeys[position]
            position += 1
            var bits = monitor.dirty[key.offset]
            monitor.dirty[key.offset] = 0
            while bits != 0 {
                let index = bits.trailingZeroBitCount
                bits &= bits - 1
                evaluate(UInt8(index), key)
            }
        }
        monitor.dirtyKeys.removeAll(keepingCapacity: true)
    }

    private mutating func evaluate(_ index: UInt8, _ subject: ObjectKey) {
        counters.invariantChecks += 1
        switch configuration.invariants[Int(index)].evaluate(self, subject) {
        case .holds, .notApplicable: close(index, subject)
        case .violated(let evidence): open(index, subject, evidence, isUnknown: false)
        case .unknown(let evidence): open(index, subject, evidence, isUnknown: true)
        case .holdsUntil(let time):
            close(index, subject)
            guard !monitor.deadlines.contains(where: { $0.invariant == index && $0.subject == subject && $0.at == time })
            else { return }
            monitor.deadlines.append((time, index, subject))
        }
    }

    private mutating func open(_ index: UInt8, _ subject: ObjectKey, _ evidence: Evidence, isUnknown: Bool) {
        let id = UInt64(index) << 32 | UInt64(subject.index)
        if let position = monitor.open[id] {
            if monitor.intervals[position].isUnknown == isUnknown {
                if monitor.intervals[position].fingerprint != evidence.fingerprint {
                    monitor.intervals[position].fingerprint = evidence.fingerprint
                    monitor.intervals[position].explanation = evidence.explain(self)
                    if let cause = monitor.intervals[position].explanation.cause {
                        monitor.intervals[position].cause = cause
                    }
                }
                return
            }
            close(index, subject)
        }
        let explanation = evidence.explain(self)
        let cause = explanation.cause ?? lastTraceID
        monitor.open[id] = monitor.intervals.count
        monitor.intervals.append(
            InvariantMonitor.Interval(
                invariant: index, subject: subject, isUnknown: isUnknown, from: now, to: nil,
                fingerprint: evidence.fingerprint, explanation: explanation, cause: cause))
    }

    private mutating func close(_ index: UInt8, _ subject: ObjectKey) {
        if monitor.open.isEmpty { return }
        let id = UInt64(index) << 32 | UInt64(subject.index)
        guard let position = monitor.open.removeValue(forKey: id) else { return }
        monitor.intervals[position].to = now
        monitor.intervals[position].end = lastTraceID
    }

    /// The last entry of the trace.
    package var lastTraceID: TraceID { TraceID(index: UInt32(trace.count - 1)) }

    /// Evaluates every subject of every invariant, as after loading a snapshot.
    package mutating func checkAllInvariants() {
        for bucket in tables.bucketContents.indices {
            let kind = tables.bucketContents[bucket].kind
            let bits = configuration.monitorIndex.subjects(of: kind)
            let onFinalizers = configuration.monitorIndex.onFinalizers
            var keys: [ObjectKey] = []
            state.forEach(inBucket: bucket) { keys.append($0); return true }
            for key in keys {
                let all = state[key].finalizers.isEmpty ? bits : bits | onFinalizers
                if all != 0 { monitor.mark(key, all) }
            }
        }
        checkInvariants()
    }
}
