/// A rehearsed cluster: state, API door, controllers, clock and invariants in one value.
///
/// Copying it forks the cluster: both copies go on from here, neither sees the other, and the copy costs a few
/// retains. Everything that happens is a function of what was put in: the facts, the steps, the seed.
package struct Simulation {
    /// Shared by all forks.
    package let tables: ClusterTables
    /// Shared by all forks: catalogues, versions, latencies.
    package let configuration: Configuration
    package internal(set) var state: ClusterState
    package internal(set) var now: SimulationTime
    /// The trace entry because of which the current work is done; what is written now is caused by it.
    package internal(set) var currentCause: TraceID = .none
    package var choices: Choices
    package internal(set) var counters = Counters()
    /// Elementary work that events do not show: objects, references and list entries looked at one by one while events
    /// and steps were handled.
    package internal(set) var visits: UInt64 = 0
    /// Subjects of which more was asked than the model does.
    package internal(set) var reachedLimits = ReachedLimits()
    /// By controller: its events so far.
    var eventsByController: ContiguousArray<UInt64>
    /// What the floors above keep in the simulation: what controllers remember between reconciles besides what they
    /// wrote, the programs that run, the invariants' intervals.
    package var memory = StateSlots()
    /// How often controllers have failed with an object.
    package var retries = RetryMemory()
    /// What lives outside the cluster: git, Vault, registries.
    package var externals: ExternalSystems
    /// Intervals that invariants have opened: a run has a limit of them.
    package internal(set) var intervalCount = 0

    /// What was paid for memos that are shared with other forks.
    private var memoCharges = MemoCharges()
    var queue = EventQueue()
    var trace = PersistentArray<TraceEntry>(default: .none)
    /// By object: the controllers that will look at it anyway, as bits; one list for each 64 controllers.
    private var pending: ContiguousArray<PersistentArray<UInt64>>
    /// By (controller, object): the earliest moment for which it is scheduled besides watch events.
    var timers: [UInt64: SimulationTime] = [:]
    /// The process that is reconciling: of the control plane, or of a program in a Pod.
    var process = RetryMemory.Process()
    /// Whether an observer wants to be told when the present event is over.
    var endIsAwaited = false
    /// The earliest time for which an observer wants to be told.
    var due = SimulationTime.endless

    /// An empty cluster at `start`.
    package init(
        tables: ClusterTables, configuration: Configuration, externals: ExternalSystems = ExternalSystems(),
        start: SimulationTime, seed: UInt64 = 0, replay: [UInt64] = []
    ) {
        self.tables = tables
        self.configuration = configuration
        self.externals = externals
        state = ClusterState(work: tables.work)
        eventsByController = ContiguousArray(repeating: 0, count: configuration.controllers.count)
        pending = ContiguousArray(
            repeating: PersistentArray(default: 0), count: configuration.controllers.count / 64 + 1)
        now = start
        choices = Choices(seed: seed, replay: replay)
        trace.append(.none)
    }
}

// MARK: - Scheduling

extension Simulation {
    /// Lets a controller look at an object after its watch latency, unless it will anyway.
    @inline(__always)
    package mutating func enqueue(_ controller: ControllerID, _ key: ObjectKey, because cause: TraceID) {
        let (list, bit) = (Int(controller.index >> 6), UInt64(1) &<< UInt64(controller.index & 63))
        if pending[list][key.offset] & bit != 0 { return }
        pending[list][key.offset] |= bit
        let latency = configuration.watchLatency[Int(controller.index)]
        queue.schedule(controller, key, at: now + latency, cause: cause)
    }

    /// Lets a controller look at an object again after `delay`, unless it already will by then.
    ///
    /// - Parameter isPeriodic: the look comes again and again whatever happens, and keeps nothing from being settled.
    package mutating func requeue(
        _ controller: ControllerID, _ key: ObjectKey, after delay: SimulationTime.Span, isPeriodic: Bool = false
    ) {
        let at = max(now, now + delay)
        let timer = UInt64(controller.index) << 32 | UInt64(key.index)
        if let scheduled = timers[timer], scheduled <= at { return }
        timers[timer] = at
        queue.schedule(controller, key, at: at, cause: currentCause, isPeriodic: isPeriodic)
    }

    /// As `requeue(_:_:after:)`, for the controller of that name.
    package mutating func requeue(
        _ name: Symbol, _ key: ObjectKey, after delay: SimulationTime.Span, isPeriodic: Bool = false
    ) {
        guard let controller = configuration.controllerID(name) else { return }
        requeue(controller, key, after: delay, isPeriodic: isPeriodic)
    }

    /// As `enqueue`, for the controller of that name, because of what is being worked on now.
    package mutating func enqueue(_ name: Symbol, _ key: ObjectKey) {
        enqueue(name, key, because: currentCause)
    }

    /// As `enqueue`, for the controller of that name.
    package mutating func enqueue(_ name: Symbol, _ key: ObjectKey, because cause: TraceID) {
        guard let controller = configuration.controllerID(name) else { return }
        enqueue(controller, key, because: cause)
    }
}

// MARK: - Running

extension Simulation {
    /// How a run ended.
    package enum End: Sendable, Equatable {
        /// Nothing is scheduled any more but what comes again and again, such as the ticks of CronJobs.
        case settled
        /// The time was reached with work still scheduled.
        case time
        /// The run has used up one of its `Limits`, and the clock stands at the last event: a cycle that never settles,
        /// or an input that is too large.
        case limit(Limits.Name)
    }

    /// Runs every event up to and including `time`, then sets the clock to it; ends early where a limit of the whole run
    /// is used up.
    @discardableResult
    package mutating func run(until time: SimulationTime) -> End {
        while let event = queue.next, event.time <= time {
            if let limit = exhaustedLimit { return .limit(limit) }
            _ = queue.pop()
            metered {
                $0.tellDue(until: event.time)
                $0.handle(event)
            }
        }
        metered { $0.tellDue(until: time) }
        if now < time { now = time }
        return queue.isSettled ? .settled : .time
    }

    /// Does something and adds the elementary work of it to `visits`.
    @inline(__always)
    mutating func metered<Result>(_ body: (inout Simulation) -> Result) -> Result {
        let before = tables.work.visits
        // Others may have asked outside of any event.
        tables.work.hasAsked = false
        let result = body(&self)
        visits &+= tables.work.visits &- before
        if tables.work.hasAsked { chargeMemos() }
        return result
    }

    /// Pays for what memos were asked since a role, binding or webhook configuration was last written: the same whether
    /// another fork asked it before or not.
    @inline(never)
    private mutating func chargeMemos() {
        tables.work.hasAsked = false
        if memoCharges.permissions != state.permissions.changes {
            memoCharges.permissions = state.permissions.changes
            visits &+= UInt64(state.permissions.count)
        }
        if memoCharges.webhooks != state.webhooks.changes {
            memoCharges.webhooks = state.webhooks.changes
            visits &+= UInt64(state.webhooks.count)
        }
    }

    /// The time of the next event; nil where nothing is scheduled.
    package var nextEventTime: SimulationTime? { queue.next?.time }

    private mutating func handle(_ event: Event) {
        now = event.time
        counters.events += 1
        let index = Int(event.controller.index)
        eventsByController[index] += 1
        let timer = UInt64(event.controller.index) << 32 | UInt64(event.key.index)
        if !timers.isEmpty, let scheduled = timers[timer], scheduled <= now { timers[timer] = nil }
        pending[index >> 6][event.key.offset] &= ~(UInt64(1) &<< UInt64(index & 63))
        currentCause = event.cause
        let controller = configuration.controllers[index]
        if controller.program != nil {
            configuration.reconcileInPrograms(&self, event.controller, event.key)
        } else {
            reconcile(event.controller, event.key)
        }
        tellEnded()
    }

    /// Tells watching controllers and observers that an object changed. Called by the API door after each write.
    mutating func notify(_ key: ObjectKey, _ kind: KindID, _ changes: Changes, cause: TraceID) {
        for watcher in configuration.watchers(of: kind) where !watcher.changes.isDisjoint(with: changes) {
            switch watcher.mapping {
            case .itself:
                enqueue(watcher.controller, key, because: cause)
            case .owner(let ownerKind):
                for owner in tables.owners(state[key].owners) where tables.kindID(owner.owner) == ownerKind {
                    enqueue(watcher.controller, owner.owner, because: cause)
                }
            case .referrers(let type):
                var sources: [ObjectKey] = []
                state.forEachReferrer(of: key) { if $0.type == type { sources.append($0.source) } }
                for source in sources { enqueue(watcher.controller, source, because: cause) }
            case .function(let map):
                var keys: [ObjectKey] = []
                map(self, key) { keys.append($0) }
                for other in keys { enqueue(watcher.controller, other, because: cause) }
            }
        }
        let write = Write(key: key, kind: kind, changes: changes, cause: cause)
        for observer in configuration.observers.written where observer.asksFor(kind) { observer.call(&self, write) }
    }
}

/// The numbers of changes up to which a cluster has paid.
private struct MemoCharges {
    var permissions: UInt32 = 0
    var webhooks: UInt32 = 0
}
