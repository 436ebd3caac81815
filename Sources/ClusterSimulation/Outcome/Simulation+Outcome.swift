extension Simulation {
    /// Every interval in which an invariant was false for longer than its grace, in order of start, then of catalogue,
    /// then of subject.
    ///
    /// - Parameter start: what lies before it, while the initial cluster settled, is left out; an interval that was
    ///   open then and still is counts from its own start.
    ///
    /// What follows from a limit that was reached is not among them: it is an unknown.
    package func violations(since start: SimulationTime) -> [Violation] {
        let intervals = falseIntervals(since: start).told
        let consequences = Consequences(self, intervals)
        let issues = consequences.issues()
        return intervals.indices.map { index in
            var violation = violation(intervals[index])
            violation.consequenceOf = consequences.parents[index]
            violation.issue = issues[index]
            return violation
        }
    }

    /// The intervals that were longer than their invariant's grace, and those of them that follow from a reached limit.
    ///
    /// A run that a limit has ended before its start says nothing of what came after it.
    private func falseIntervals(
        since start: SimulationTime
    ) -> (told: [InvariantMonitor.Interval], limited: [(InvariantMonitor.Interval, ReachedLimits.Entry)]) {
        if now < start { return ([], []) }
        let intervals = monitor.intervals.filter { interval in
            guard !interval.isUnknown else { return false }
            let end = interval.to ?? now
            if let to = interval.to, to <= start { return false }
            return end - interval.from > configuration.grace[Int(interval.invariant)]
        }
        if reachedLimits.isEmpty { return (intervals, []) }
        let parents = Consequences(self, intervals).parents
        var told: [InvariantMonitor.Interval] = []
        var limited: [(InvariantMonitor.Interval, ReachedLimits.Entry)] = []
        for (index, interval) in intervals.enumerated() {
            if let entry = reachedLimit(behind: index, intervals, parents) {
                limited.append((interval, entry))
            } else {
                told.append(interval)
            }
        }
        return (told, limited)
    }

    /// The limit that a false interval follows from: its own subject's, that of an object it is blamed on, or that of
    /// what it is a consequence of.
    private func reachedLimit(
        behind index: Int, _ intervals: [InvariantMonitor.Interval], _ parents: [Int?]
    ) -> ReachedLimits.Entry? {
        var next: Int? = index
        while let current = next {
            let interval = intervals[current]
            for key in [interval.subject] + interval.explanation.because {
                if let entry = reachedLimits.entry(affecting: key, from: interval.from, to: interval.to ?? now) {
                    return entry
                }
            }
            next = parents[current]
        }
        return nil
    }

    private func violation(_ interval: InvariantMonitor.Interval) -> Violation {
        let invariant = configuration.invariants[Int(interval.invariant)]
        return Violation(
            invariant: invariant.id.text, kind: invariant.kind, subject: tables.subject(interval.subject),
            from: interval.from, to: interval.to, message: interval.explanation.message,
            remedy: interval.explanation.remedy,
            causes: chain(to: interval.cause, blaming: interval.explanation.origin),
            endedBy: interval.to == nil ? [] : chain(to: interval.end, blaming: .none))
    }

    /// The causal chain of a trace entry in readers' words; consecutive entries that say the same are one, and what
    /// controllers noted in a status on the way is left out: the next one tells what came of it.
    ///
    /// - Parameter origin: the place to blame, shown at the last link where no link is from that file line.
    package func chain(to id: TraceID, blaming origin: Origin) -> [Cause] {
        var causes: [Cause] = []
        let entries = self.causes(of: id)
        for (index, entry) in entries.enumerated() {
            if entry.action == .updateStatus, index > 0, index < entries.count - 1 { continue }
            let cause = Cause(
                at: entry.at, actor: entry.actor.readerName, action: entry.action.word, object: object(of: entry),
                source: entry.origin.description)
            if let last = causes.last, last.actor == cause.actor, last.action == cause.action,
                last.object == cause.object
            {
                continue
            }
            causes.append(cause)
        }
        if let place = origin.description {
            if causes.isEmpty {
                causes.append(Cause(at: now, actor: "initial cluster", action: "create", object: "", source: place))
            } else if !causes.contains(where: { $0.source == place }) {
                causes[causes.count - 1].source = place
            }
        }
        return causes
    }

    private func object(of entry: TraceEntry) -> String {
        let name = entry.key.isNone ? "" : tables.describe(entry.key)
        if entry.detail.isEmpty { return name }
        return name.isEmpty ? entry.detail.text : "\(name): \(entry.detail)"
    }

    /// What the model could not tell, each subject and message once, in order of first appearance.
    package func unknowns(since start: SimulationTime) -> [Unknown] {
        var unknowns: [Unknown] = []
        var seen: Set<Unknown> = []
        func add(_ unknown: Unknown) { if seen.insert(unknown).inserted { unknowns.append(unknown) } }
        for interval in monitor.intervals where interval.isUnknown && (interval.to ?? now) > start {
            add(
                Unknown(
                    subject: tables.subject(interval.subject), message: interval.explanation.message,
                    source: interval.explanation.origin.description))
        }
        for entry in reachedLimits.entries where entry.isTold && (entry.to ?? now) > start {
            add(
                Unknown(
                    subject: tables.subject(entry.subject),
                    message: "\(tables.describe(entry.subject)) asks for \(entry.wanted) Pods, and "
                        + "\(configuration.limits[entry.name]) of one workload are simulated (limit "
                        + "\(entry.name.rawValue)): what follows from the rest is not known",
                    source: manifestOrigin(of: entry.subject).description))
        }
        for (interval, entry) in falseIntervals(since: start).limited where interval.subject != entry.subject {
            let invariant = configuration.invariants[Int(interval.invariant)]
            add(
                Unknown(
                    subject: tables.subject(interval.subject),
                    message: "whether \(invariant.id) is violated is not known: that follows from "
                        + "\(tables.describe(entry.subject)), of which more is asked than is simulated (limit "
                        + "\(entry.name.rawValue))",
                    source: interval.explanation.origin.description))
        }
        return unknowns + patternAccount.unanswered.map { $0.unknown(tables) }
    }

    /// The Pods as `kubectl get pods -A` lists them, by namespace and name.
    package func podRows() -> [PodRow] {
        objects(of: .pod)
            .sorted { left, right in
                let a = tables.content(left)
                let b = tables.content(right)
                return a.namespace == b.namespace ? a.name.precedes(b.name) : a.namespace.precedes(b.namespace)
            }
            .map(podRow)
    }

    /// The namespaces, by name.
    package func namespaceRows() -> [NamespaceRow] {
        objects(of: .namespace)
            .sorted { tables.name($0).precedes(tables.name($1)) }
            .map { key in
                let status = state.status(key, as: NamespaceStatus.self)
                return NamespaceRow(
                    name: tables.name(key).text,
                    phase: state[key].isDeleting ? "Terminating" : "Active",
                    conditions: (status?.conditions ?? []).map {
                        NamespaceRow.Condition(
                            type: $0.type.text, status: $0.status ? "True" : "False", reason: $0.reason.text,
                            message: $0.message.text)
                    })
            }
    }
}

extension Action {
    /// The word a reader sees.
    package var word: String {
        switch self {
        case .create: "create"
        case .update: "update"
        case .updateStatus: "update status"
        case .delete: "delete"
        case .remove: "remove"
        case .merge: "merge"
        case .revert: "revert"
        case .sync: "sync"
        case .step: "step"
        case .exit: "exit"
        case .start: "start"
        case .refuse: "refuse"
        case .write: "write"
        }
    }
}

extension Symbol {
    /// A user as a reader names it: a controller by its own name whether it writes or decides, a ServiceAccount as
    /// `namespace/name`.
    fileprivate var readerName: String {
        if self == ArgoCD.caller.user { return ArgoCD.controllerName.text }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "system", parts[1] == "serviceaccount" else { return text }
        return "\(parts[2])/\(parts[3])"
    }
}
