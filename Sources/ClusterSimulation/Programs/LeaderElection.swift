/// That of several instances of a program only the one works that holds a Lease, as client-go does it.
///
/// Instances that stand for Leases in different namespaces know nothing of each other: both lead.
/// Source: client-go `tools/leaderelection`; the periods are the defaults of controller-runtime.
package struct LeaderElection: Sendable {
    static let controllerName: Symbol = "leader-election"

    /// What an instance calls itself in the Lease.
    package enum Identity: Sendable {
        /// The Pod's name and a new random part each time the process starts: a restarted holder waits like the others.
        case process
        /// The Pod's name: a restarted holder still is the holder.
        case pod
    }

    /// How long a holder is believed, how long it tries to renew, and how often everybody tries.
    package struct Periods: Sendable, Equatable {
        package var lease: SimulationTime.Span
        package var renewDeadline: SimulationTime.Span
        package var retry: SimulationTime.Span

        package init(
            lease: SimulationTime.Span = .seconds(15), renewDeadline: SimulationTime.Span = .seconds(10),
            retry: SimulationTime.Span = .seconds(2)
        ) {
            self.lease = lease
            self.renewDeadline = renewDeadline
            self.retry = retry
        }
    }

    package var name: Symbol
    /// The option that gives the Lease another name; empty: there is none.
    package var nameOption: String
    /// The Lease's namespace.
    package var namespace: @Sendable (ContainerRun) -> Symbol
    /// Whether the program was started with leader election.
    package var isEnabled: @Sendable (ContainerRun) -> Bool
    package var identity: Identity
    /// Whether a holder that is told to stop gives the Lease back.
    package var releasesOnStop: Bool
    package var periods: Periods

    /// - Parameters:
    ///   - name: of the Lease.
    ///   - nameOption: the option that gives it another name.
    ///   - namespace: of the Lease; the Pod's own unless told.
    package init(
        _ name: Symbol, nameOption: String = "",
        namespace: @escaping @Sendable (ContainerRun) -> Symbol = { $0.namespace },
        isEnabled: @escaping @Sendable (ContainerRun) -> Bool = { _ in true }, identity: Identity = .process,
        releasesOnStop: Bool = false, periods: Periods = Periods()
    ) {
        self.name = name
        self.nameOption = nameOption
        self.namespace = namespace
        self.isEnabled = isEnabled
        self.identity = identity
        self.releasesOnStop = releasesOnStop
        self.periods = periods
    }

    /// What a process that starts now stands for; nil where it was started without leader election.
    ///
    /// - Parameter startedAt: when the container started, which tells its processes apart.
    func candidacy(
        _ simulation: Simulation, _ run: ContainerRun, startedAt: SimulationTime
    ) -> Candidacy? {
        guard isEnabled(run) else { return nil }
        var identity = simulation.tables.name(run.pod)
        if self.identity == .process {
            var hash = StableHash(seed: UInt64(simulation.state[run.pod].uid))
            hash.combine(run.container.name.stableHash)
            hash.combine(UInt64(bitPattern: startedAt.milliseconds))
            let process = simulation.uidText(UInt32(truncatingIfNeeded: hash.value))
            identity = Symbol("\(identity)_\(process)")
        }
        let name = nameOption.isEmpty ? nil : run.option(nameOption).map { Symbol($0) }
        return Candidacy(
            lease: simulation.tables.key(.lease, namespace(run), name ?? self.name), identity: identity,
            since: simulation.now,
            releasesOnStop: releasesOnStop, periods: periods)
    }
}

/// One instance's wish to hold a Lease.
package struct Candidacy: Sendable, Equatable {
    package var lease: ObjectKey
    /// `holderIdentity` while it holds the Lease.
    package var identity: Symbol
    /// Its first try; others follow every retry period.
    var since: SimulationTime
    var releasesOnStop: Bool
    var periods: LeaderElection.Periods
    /// The first renewal that failed; `.never` while the last one went well.
    var failingSince = SimulationTime.never

    /// - Parameter since: the moment of the first try.
    package init(
        lease: ObjectKey, identity: Symbol, since: SimulationTime, releasesOnStop: Bool = false,
        periods: LeaderElection.Periods = LeaderElection.Periods()
    ) {
        self.lease = lease
        self.identity = identity
        self.since = since
        self.releasesOnStop = releasesOnStop
        self.periods = periods
    }

    /// Its first try at `time` or later.
    func nextTry(from time: SimulationTime) -> SimulationTime {
        let last = lastTry(until: time)
        return last == time ? time : max(since, last + periods.retry)
    }

    /// Its last try at `time` or earlier.
    func lastTry(until time: SimulationTime) -> SimulationTime {
        let period = max(1, periods.retry.milliseconds)
        let elapsed = (time - since).milliseconds
        return elapsed < 0 ? since : since + .milliseconds(elapsed / period * period)
    }
}

/// What leader election remembers besides what is written in Leases.
package struct LeaderElectionMemory: Sendable {
    /// Holders that have stopped and whose Lease does not say so yet, oldest first.
    var departures: [Departure] = []

    package init() {}

    struct Departure: Sendable {
        var candidacy: Candidacy
        var caller: Caller
        /// Whether it had the time to release the Lease.
        var isTold: Bool
    }
}

extension Simulation {
    /// An instance stands no longer for its Lease.
    mutating func leaveElection(_ instance: ProgramInstance, isTold: Bool) {
        guard instance.isLeading, let candidacy = instance.candidacy else { return }
        memory.elections.departures.append(
            LeaderElectionMemory.Departure(candidacy: candidacy, caller: instance.caller, isTold: isTold))
        requeue(LeaderElection.controllerName, candidacy.lease, after: .milliseconds(0))
    }

    /// The Lease that an instance held when the snapshot was taken stays its own.
    func resumed(_ instance: ProgramInstance) -> ProgramInstance {
        guard let candidacy = instance.candidacy, state.exists(candidacy.lease),
            let holder = tables.body(state[candidacy.lease].body).value.at("spec", "holderIdentity")?.symbol
        else { return instance }
        let pod = tables.name(instance.pod).text
        guard holder.text == pod || holder.text.hasPrefix(pod + "_") else { return instance }
        var instance = instance
        instance.candidacy?.identity = holder
        instance.isLeading = true
        return instance
    }
}

extension StateSlots {
    private static let electionsSlot = Slot("elections", LeaderElectionMemory())

    /// What leader election remembers.
    package internal(set) var elections: LeaderElectionMemory {
        _read { yield self[Self.electionsSlot] }
        _modify { yield &self[Self.electionsSlot] }
    }
}
