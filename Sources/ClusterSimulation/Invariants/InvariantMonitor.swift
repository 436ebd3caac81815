internal import HeapModule

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
    /// The marked subjects, each with the trace entry that marked it first.
    var dirtySubjects: [(key: ObjectKey, cause: TraceID)] = []
    /// Open intervals by (invariant, subject); looked up, and listed only through `intervals`.
    var open: [UInt64: Int] = [:]
    /// Every interval in order of its start.
    package internal(set) var intervals: [Interval] = []
    /// Subjects to look at again at a time.
    private var deadlines = Heap<Deadline>()
    /// Those that are scheduled, so that none is twice; looked up only.
    private var scheduled: Set<Deadline.Question> = []
    private var deadlineCount: UInt32 = 0
    /// Objects that have, or once had, finalizers of programs, in order of appearance; the set only tells whether one is
    /// among them.
    package internal(set) var finalizerSubjects: [ObjectKey] = []
    var isFinalizerSubject: Set<ObjectKey> = []
    /// What people wrote into namespaces that were missing or Terminating, in order.
    package internal(set) var refusedWrites: [RefusedWrite] = []
    /// What was removed and may have moved.
    package internal(set) var departures = Departures()

    /// Deadlines of one moment come in the order in which they were scheduled.
    struct Deadline: Comparable, Sendable {
        struct Question: Hashable, Sendable {
            var at: SimulationTime
            var invariant: UInt8
            var subject: ObjectKey
        }

        var question: Question
        var sequence: UInt32

        static func < (left: Deadline, right: Deadline) -> Bool {
            left.question.at != right.question.at
                ? left.question.at < right.question.at : left.sequence < right.sequence
        }
    }

    /// A write that a missing or Terminating namespace refused.
    package struct RefusedWrite: Sendable {
        package var namespace: ObjectKey
        package var object: ObjectKey
        /// The API server's words.
        package var message: Symbol
        package var cause: TraceID
        package var origin: Origin
    }

    @inline(__always)
    mutating func mark(_ key: ObjectKey, _ bits: UInt64, because cause: TraceID) {
        let before = dirty[key.offset]
        if before | bits == before { return }
        if before == 0 { dirtySubjects.append((key, cause)) }
        dirty[key.offset] = before | bits
    }

    /// Has a subject looked at again at a time that is still to come.
    mutating func schedule(_ question: Deadline.Question, after now: SimulationTime) {
        if question.at <= now || !scheduled.insert(question).inserted { return }
        deadlines.insert(Deadline(question: question, sequence: deadlineCount))
        deadlineCount += 1
    }

    /// The next that is due, taken out; nil where none is.
    mutating func nextDeadline(until time: SimulationTime) -> Deadline.Question? {
        guard let next = deadlines.min, next.question.at <= time else { return nil }
        _ = deadlines.popMin()
        scheduled.remove(next.question)
        return next.question
    }

    /// When the next is due; nil where none is scheduled.
    var firstDeadline: SimulationTime? { deadlines.min?.question.at }
}

extension Simulation {
    /// Notes which invariants a change concerns.
    mutating func markDirty(_ key: ObjectKey, _ kind: KindID, _ changes: Changes) {
        let index = configuration.monitorIndex
        let direct = index.subjects(of: kind)
        if direct != 0 { mark(key, direct, because: lastTraceID) }
        if index.onFinalizers != 0, changes != .status { markFinalizers(key, index.onFinalizers) }
        if index.anyTargets != 0, !changes.isDisjoint(with: [.created, .body, .deleting, .removed]) {
            var link = state.referrers[key.offset]
            while link != 0 {
                state.work.visit()
                let entry = state.links[Int(link)]
                let bits = index.targets[Int(entry.type.rawValue)] & index.subjects(of: state[entry.source].kind)
                if bits != 0 { mark(entry.source, bits, because: lastTraceID) }
                link = entry.nextOfTarget
            }
        }
        for mapped in index.mapped(of: kind) where !mapped.changes.isDisjoint(with: changes) {
            var keys: [ObjectKey] = []
            mapped.map(self, key) { keys.append($0) }
            for other in keys { markSubject(other, mapped.invariant) }
        }
    }

    /// Marks an object that has, or once had, finalizers of programs.
    private mutating func markFinalizers(_ key: ObjectKey, _ bits: UInt64) {
        let finalizers = state[key].finalizers
        if finalizers.isEmpty || tables.isLeftToControlPlane(finalizers) {
            guard !monitor.finalizerSubjects.isEmpty, monitor.isFinalizerSubject.contains(key) else { return }
        } else if monitor.isFinalizerSubject.insert(key).inserted {
            monitor.finalizerSubjects.append(key)
        }
        mark(key, bits, because: lastTraceID)
    }

    /// Marks what a map named, if it is of a kind that the invariant has as subjects.
    private mutating func markSubject(_ key: ObjectKey, _ invariant: UInt8) {
        let index = configuration.monitorIndex
        let bit = UInt64(1) << UInt64(invariant)
        guard (index.subjects(of: tables.kindID(key)) | index.onFinalizers) & bit != 0 else { return }
        mark(key, bit, because: lastTraceID)
    }

    /// Programs came or went: invariants that ask who serves what look again.
    mutating func programsChanged() {
        for entry in configuration.monitorIndex.onPrograms {
            var keys: [ObjectKey] = []
            entry.map(self) { keys.append($0) }
            for key in keys { markSubject(key, entry.invariant) }
        }
    }

    /// Facts about images changed: invariants that read them look again.
    package mutating func imageFactsChanged() {
        for entry in configuration.monitorIndex.onImageFacts {
            var keys: [ObjectKey] = []
            entry.map(self) { keys.append($0) }
            for key in keys { markSubject(key, entry.invariant) }
        }
    }

    /// Goes through the moments before and at `time` at which a subject is to be looked at again.
    @inline(__always)
    mutating func passDeadlines(until time: SimulationTime) {
        while let deadline = monitor.nextDeadline(until: time) {
            if now < deadline.at { now = deadline.at }
            currentCause = .none
            // Only time has passed: what the subject has been since its last write is the cause.
            let cause = state[deadline.subject].lastWrite
            mark(deadline.subject, UInt64(1) << UInt64(deadline.invariant), because: cause)
            checkInvariants()
        }
    }

    /// Evaluates what the last event touched.
    @inline(__always)
    mutating func checkInvariants() {
        if !monitor.dirtySubjects.isEmpty { evaluateDirty() }
    }

    private mutating func evaluateDirty() {
        var position = 0
        while position < monitor.dirtySubjects.count {
            let (key, cause) = monitor.dirtySubjects[position]
            position += 1
            var bits = monitor.dirty[key.offset]
            monitor.dirty[key.offset] = 0
            while bits != 0 {
                let index = bits.trailingZeroBitCount
                bits &= bits - 1
                evaluate(UInt8(index), key, because: cause)
            }
        }
        monitor.dirtySubjects.removeAll(keepingCapacity: true)
    }

    private mutating func evaluate(_ index: UInt8, _ subject: ObjectKey, because cause: TraceID) {
        counters.invariantChecks += 1
        switch configuration.invariants[Int(index)].evaluate(self, subject) {
        case .holds, .notApplicable: close(index, subject, because: cause)
        case .violated(let evidence):
            open(index, subject, evidence, isUnknown: false, because: cause)
            recheck(index, subject, at: evidence.recheck)
        case .unknown(let evidence): open(index, subject, evidence, isUnknown: true, because: cause)
        case .holdsUntil(let time):
            close(index, subject, because: cause)
            recheck(index, subject, at: time)
        }
    }

    private mutating func recheck(_ index: UInt8, _ subject: ObjectKey, at time: SimulationTime) {
        guard time > now else { return }
        monitor.schedule(InvariantMonitor.Deadline.Question(at: time, invariant: index, subject: subject), after: now)
        awaken(at: time)
    }

    private mutating func open(
        _ index: UInt8, _ subject: ObjectKey, _ evidence: Evidence, isUnknown: Bool, because cause: TraceID
    ) {
        let id = UInt64(index) << 32 | UInt64(subject.index)
        if let position = monitor.open[id] {
            if monitor.intervals[position].isUnknown == isUnknown {
                if !evidence.isWeak, monitor.intervals[position].fingerprint != evidence.fingerprint {
                    monitor.intervals[position].fingerprint = evidence.fingerprint
                    monitor.intervals[position].explanation = evidence.explain(self)
                    if let cause = monitor.intervals[position].explanation.cause {
                        monitor.intervals[position].cause = cause
                    }
                }
                return
            }
            close(index, subject, because: cause)
        }
        let explanation = evidence.explain(self)
        intervalCount += 1
        monitor.open[id] = monitor.intervals.count
        monitor.intervals.append(
            InvariantMonitor.Interval(
                invariant: index, subject: subject, isUnknown: isUnknown, from: now, to: nil,
                fingerprint: evidence.fingerprint, explanation: explanation, cause: explanation.cause ?? cause))
    }

    private mutating func close(_ index: UInt8, _ subject: ObjectKey, because cause: TraceID) {
        if monitor.open.isEmpty { return }
        let id = UInt64(index) << 32 | UInt64(subject.index)
        guard let position = monitor.open.removeValue(forKey: id) else { return }
        monitor.intervals[position].to = now
        monitor.intervals[position].end = cause
    }

    /// The last entry of the trace.
    package var lastTraceID: TraceID { TraceID(index: UInt32(trace.count - 1)) }

    /// Evaluates every subject of every invariant, as after loading a snapshot.
    package mutating func checkAllInvariants() {
        let onFinalizers = configuration.monitorIndex.onFinalizers
        for key in allObjects {
            let bits = configuration.monitorIndex.subjects(of: tables.kindID(key))
            if bits != 0 { mark(key, bits, because: lastTraceID) }
            if onFinalizers != 0 { markFinalizers(key, onFinalizers) }
        }
        checkInvariants()
    }
}
