/// What a floor above the engine wants to be told of. Registered in `Configuration`, and told in the order of that list.
///
/// Everything but `kinds` is optional: who asks for less costs less.
package struct Observer: Sendable {
    package typealias OfWrite = @Sendable (inout Simulation, Write) -> Void

    /// The kinds whose objects it asks for; nil: all.
    package var kinds: [KindID]?
    /// An object was stored, or has left storage, and nobody was told yet: for indices that watchers are mapped by.
    package var stored: OfWrite?
    /// An object is not what it was: told with what it was before, and before watchers are.
    package var replaced: (@Sendable (inout Simulation, Write, ObjectRow) -> Void)?
    /// An object is about to leave storage; it still says everything.
    package var leaving: OfWrite?
    /// An object was written or has left storage, and the controllers that watch its kind were told.
    package var written: OfWrite?
    /// Something that is asked together with an object is not what it was, and no write tells it.
    package var touched: OfWrite?
    /// Programs came or went.
    package var programsChanged: (@Sendable (inout Simulation) -> Void)?
    /// An event or a step is over after which an observer has called `Simulation.awaitEnd`.
    package var ended: (@Sendable (inout Simulation) -> Void)?
    /// The time has come for which an observer has called `Simulation.awaken`: what is due up to the given time is done,
    /// with the clock at each moment of it.
    ///
    /// - Returns: when something is due next; nil for nothing.
    package var due: (@Sendable (inout Simulation, SimulationTime) -> SimulationTime?)?

    package init(
        kinds: [KindID]? = nil, stored: OfWrite? = nil,
        replaced: (@Sendable (inout Simulation, Write, ObjectRow) -> Void)? = nil, leaving: OfWrite? = nil,
        written: OfWrite? = nil, touched: OfWrite? = nil,
        programsChanged: (@Sendable (inout Simulation) -> Void)? = nil,
        ended: (@Sendable (inout Simulation) -> Void)? = nil,
        due: (@Sendable (inout Simulation, SimulationTime) -> SimulationTime?)? = nil
    ) {
        self.kinds = kinds
        self.stored = stored
        self.replaced = replaced
        self.leaving = leaving
        self.written = written
        self.touched = touched
        self.programsChanged = programsChanged
        self.ended = ended
        self.due = due
    }
}

/// One change of one object.
package struct Write: Sendable {
    package var key: ObjectKey
    package var kind: KindID
    package var changes: Changes
    /// The entry of the trace that tells it.
    package var cause: TraceID
}

/// Observers by what they ask for, in their order.
struct Observers: Sendable {
    struct OfWrite: Sendable {
        var kinds: [KindID]?
        var call: Observer.OfWrite

        @inline(__always)
        func asksFor(_ kind: KindID) -> Bool { kinds?.contains(kind) ?? true }
    }

    struct OfReplacement: Sendable {
        var kinds: [KindID]?
        var call: @Sendable (inout Simulation, Write, ObjectRow) -> Void
    }

    let stored: [OfWrite]
    let replaced: [OfReplacement]
    let leaving: [OfWrite]
    let written: [OfWrite]
    let touched: [OfWrite]
    let programsChanged: [@Sendable (inout Simulation) -> Void]
    let ended: [@Sendable (inout Simulation) -> Void]
    let due: [@Sendable (inout Simulation, SimulationTime) -> SimulationTime?]

    init(_ observers: [Observer]) {
        func list(_ call: (Observer) -> Observer.OfWrite?) -> [OfWrite] {
            observers.compactMap { observer in call(observer).map { OfWrite(kinds: observer.kinds, call: $0) } }
        }
        stored = list(\.stored)
        leaving = list(\.leaving)
        written = list(\.written)
        touched = list(\.touched)
        replaced = observers.compactMap { observer in
            observer.replaced.map { OfReplacement(kinds: observer.kinds, call: $0) }
        }
        programsChanged = observers.compactMap(\.programsChanged)
        ended = observers.compactMap(\.ended)
        due = observers.compactMap(\.due)
    }
}

// MARK: - Telling

extension Simulation {
    /// An object was stored or has left storage, and nobody was told yet.
    @inline(__always)
    mutating func tellStored(_ write: Write) {
        for observer in configuration.observers.stored where observer.asksFor(write.kind) {
            observer.call(&self, write)
        }
    }

    /// An object has replaced what was stored under its key.
    @inline(__always)
    mutating func tellReplaced(_ write: Write, _ old: ObjectRow) {
        for observer in configuration.observers.replaced where observer.kinds?.contains(write.kind) ?? true {
            observer.call(&self, write, old)
        }
    }

    /// An object is about to leave storage.
    @inline(__always)
    mutating func tellLeaving(_ write: Write) {
        for observer in configuration.observers.leaving where observer.asksFor(write.kind) {
            observer.call(&self, write)
        }
    }

    /// Something that is asked together with an object is not what it was, and no write tells it.
    package mutating func touch(_ key: ObjectKey, _ kind: KindID, _ changes: Changes) {
        let write = Write(key: key, kind: kind, changes: changes, cause: currentCause)
        for observer in configuration.observers.touched where observer.asksFor(kind) { observer.call(&self, write) }
    }

    /// Programs came or went.
    mutating func tellProgramsChanged() {
        for call in configuration.observers.programsChanged { call(&self) }
    }

    /// Has observers told when the present event or step is over.
    @inline(__always)
    mutating func awaitEnd() { endIsAwaited = true }

    /// The present event or step is over.
    @inline(__always)
    mutating func tellEnded() {
        guard endIsAwaited else { return }
        endIsAwaited = false
        for call in configuration.observers.ended { call(&self) }
    }

    /// Has observers told when the clock comes to a time.
    @inline(__always)
    mutating func awaken(at time: SimulationTime) { due = min(due, time) }

    /// Lets observers do what is due up to a time.
    @inline(__always)
    mutating func tellDue(until time: SimulationTime) {
        guard due <= time else { return }
        var next = SimulationTime.endless
        for call in configuration.observers.due { next = min(next, call(&self, time) ?? .endless) }
        due = next
    }
}
