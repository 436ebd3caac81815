/// What one run does not go beyond, so that every input ends in bounded time and memory.
///
/// Reaching a limit is told as an unknown with the limit's name and number, and what follows from it is unknown too: never
/// a violation. `docs/cluster-model.md`, "Limits", lists them with what they are meant for.
package struct Limits: Sendable, Equatable {
    /// Pods that a controller keeps for one workload at a time; of a Job, Pods that it makes in all.
    package var podsOfWorkload = 10_000
    /// Events of the whole run, its settling included.
    package var events: UInt64 = 1_000_000
    /// Writes through the API door in the whole run.
    package var writes: UInt64 = 2_000_000
    /// Objects that are stored at a time.
    package var objects = 200_000
    /// Intervals in which an invariant was false, or could not be told, for a subject.
    package var intervals = 50_000
    /// Objects, references and list entries that are looked at one by one in the whole run (`Simulation.visits`).
    package var visits: UInt64 = 50_000_000

    package init() {}

    /// The names by which limits are told and documented.
    package enum Name: String, Sendable, CaseIterable {
        case podsOfWorkload = "pods-of-workload"
        case events, writes, objects, intervals, visits, kinds

        /// What is counted, as a sentence names it.
        package var unit: String {
            switch self {
            case .podsOfWorkload: "Pods of one workload"
            case .events: "events"
            case .writes: "writes"
            case .objects: "objects at a time"
            case .intervals: "intervals in which an invariant was false or unknown"
            case .visits: "objects, references and list entries looked at"
            case .kinds: "kinds of objects"
            }
        }
    }

    /// The number of a limit.
    package subscript(name: Name) -> UInt64 {
        switch name {
        case .podsOfWorkload: UInt64(clamping: podsOfWorkload)
        case .events: events
        case .writes: writes
        case .objects: UInt64(clamping: objects)
        case .intervals: UInt64(clamping: intervals)
        case .visits: visits
        case .kinds: UInt64(ClusterTables.kindsMax)
        }
    }
}

/// Subjects for which a limit was reached, and for how long.
package struct ReachedLimits: Sendable {
    /// One subject, and what cannot be told because of it.
    package struct Entry: Sendable {
        package var name: Limits.Name
        package var subject: ObjectKey
        /// How many were asked for.
        package var wanted: Int
        package var from: SimulationTime
        /// nil while it lasts.
        package var to: SimulationTime?
        /// The subject, what owns it, and the Applications that track these.
        package var affected: [ObjectKey]
        /// Whether an owner's entry tells it already.
        package var isTold: Bool
    }

    /// In the order in which they were reached.
    package private(set) var entries: [Entry] = []
    /// By subject: its open entry; looked up only.
    private var open: [ObjectKey: Int] = [:]

    package var isEmpty: Bool { entries.isEmpty }

    func isOpen(_ subject: ObjectKey) -> Bool { !open.isEmpty && open[subject] != nil }

    mutating func add(_ entry: Entry) {
        open[entry.subject] = entries.count
        entries.append(entry)
    }

    mutating func close(_ subject: ObjectKey, at time: SimulationTime) {
        guard !open.isEmpty, let index = open.removeValue(forKey: subject) else { return }
        entries[index].to = time
    }

    /// The first entry that affects an object at some moment of an interval; nil where there is none.
    func entry(affecting key: ObjectKey, from: SimulationTime, to: SimulationTime) -> Entry? {
        entries.first { $0.from <= to && from <= $0.to ?? to && $0.affected.contains(key) }
    }
}

extension Simulation {
    /// As many Pods as a workload may have: what it asks for, within the limit; beyond it, the limit is noted.
    mutating func bounded(_ wanted: Int, podsOf workload: ObjectKey) -> Int {
        let most = configuration.limits.podsOfWorkload
        if wanted <= most {
            reachedLimits.close(workload, at: now)
            return wanted
        }
        if !reachedLimits.isOpen(workload) {
            let affected = owners(above: workload)
            reachedLimits.add(
                ReachedLimits.Entry(
                    name: .podsOfWorkload, subject: workload, wanted: wanted, from: now, affected: affected,
                    isTold: !affected.dropFirst().contains { reachedLimits.isOpen($0) }))
        }
        return most
    }

    /// An object, its controllers upwards, and the Applications that track them.
    private func owners(above key: ObjectKey) -> [ObjectKey] {
        var chain = [key]
        while chain.count < Self.ownersMax, let owner = controllerOwner(chain[chain.count - 1])?.owner,
            !chain.contains(owner)
        {
            chain.append(owner)
        }
        var applications: [ObjectKey] = []
        for key in chain {
            state.forEachReference(of: key) { if $0.type == .tracking { applications.append($0.target) } }
        }
        return chain + applications
    }

    /// Owners above a workload that are looked for: real ones have two or three.
    private static let ownersMax = 16

    /// The limit that ends the run now; nil where it may go on.
    var exhaustedLimit: Limits.Name? {
        let limits = configuration.limits
        if counters.events >= limits.events { return .events }
        if counters.apiWrites >= limits.writes { return .writes }
        if state.objectCount > limits.objects { return .objects }
        if intervalCount >= limits.intervals { return .intervals }
        if tables.lacksKinds { return .kinds }
        return visits >= limits.visits ? .visits : nil
    }

    /// What was done most, for whoever asks why a run has ended: `482113 of 500000 events were the kubelet's; of the last
    /// 4096 writes, 4090 were by kubelet to Pod default/a-x`.
    package var mostFrequentWork: String {
        var parts: [String] = []
        if let busiest = eventsByController.indices.max(by: { eventsByController[$0] < eventsByController[$1] }),
            eventsByController[busiest] > 0
        {
            let name = configuration.controllers[busiest].name
            parts.append("\(eventsByController[busiest]) of \(counters.events) events were those of \(name)")
        }
        var counts: [Writer: Int] = [:]
        var most: (writer: Writer, count: Int)?
        let first = max(1, trace.count - Self.lastWrites)
        for index in first..<max(first, trace.count) {
            let writer = Writer(actor: trace[index].actor, key: trace[index].key)
            let count = (counts[writer] ?? 0) + 1
            counts[writer] = count
            // The first to come so far: the order of the trace decides between equals.
            if count > most?.count ?? 0 { most = (writer, count) }
        }
        if let most {
            let object = most.writer.key.isNone ? "no object" : tables.describe(most.writer.key)
            parts.append(
                "of the last \(trace.count - first) entries of the trace, \(most.count) were by \(most.writer.actor) "
                    + "about \(object)")
        }
        return parts.joined(separator: "; ")
    }

    /// Entries at the end of the trace that are looked at for what was done most.
    private static let lastWrites = 4096

    private struct Writer: Hashable {
        var actor: Symbol
        var key: ObjectKey
    }
}
