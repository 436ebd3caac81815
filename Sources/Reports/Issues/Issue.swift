import ClusterSimulation

/// Problems that come from one root cause: what a postmortem tells as one story and one fix repairs.
///
/// The outcome says which violations belong together (`Violation.issue`) and which are consequences of others. In
/// outcomes that do not say so (recorded before issues were told apart), two problems share a root cause when the last
/// cause with a place in a file, past the scenario's own step, is the same place; problems that lead back to nothing but
/// a step are one issue where step, invariant and message, without the subject's own name, are equal; problems without
/// causes are told apart by invariant and subject.
struct Issue {
    /// Never empty: root causes in the outcome's order.
    private(set) var roots: [Problem]
    /// What came of them, in the outcome's order.
    private(set) var consequences: [Problem]

    /// The issues of an outcome, in the order of their first violation.
    static func issues(in violations: [Violation]) -> [Issue] {
        var groups: [[Violation]] = []
        var indexes: [[String]: Int] = [:]
        var keys: [[String]: [String]] = [:]
        for violation in violations {
            // All intervals of a problem are told in the issue of the first, where the outcome does not say otherwise.
            let problem = [violation.invariant] + violation.subject.words
            let key = violation.issue.map { ["issue", "\($0)"] } ?? keys[problem] ?? key(of: violation)
            keys[problem] = keys[problem] ?? key
            if let index = indexes[key] {
                groups[index].append(violation)
            } else {
                indexes[key] = groups.count
                groups.append([violation])
            }
        }
        return groups.map { group in
            let roots = group.filter { $0.consequenceOf == nil }
            return Issue(
                roots: Problem.problems(in: roots.isEmpty ? group : roots),
                consequences: roots.isEmpty ? [] : Problem.problems(in: group.filter { $0.consequenceOf != nil }))
        }
    }

    /// The issues as a report tells them: by time, those from before the first step last.
    static func told(of outcome: Outcome) -> [Issue] {
        let issues = issues(in: outcome.violations).map { $0.led(since: outcome.start) }
        let order = issues.indices.sorted { left, right in
            let isOlder = (issues[left].isOlder(than: outcome.start), issues[right].isOlder(than: outcome.start))
            if isOlder.0 != isOlder.1 { return isOlder.1 }
            let times = (issues[left].shown(since: outcome.start), issues[right].shown(since: outcome.start))
            return times.0 == times.1 ? left < right : times.0 < times.1
        }
        return order.map { issues[$0] }
    }

    /// The issue named after a root cause that is still so, else after one that the scenario brought.
    private func led(since start: SimulationTime) -> Issue {
        func rank(_ problem: Problem) -> Int { (problem.isOpen ? 0 : 2) + (problem.from < start ? 1 : 0) }
        var issue = self
        let order = roots.indices.sorted { left, right in
            let ranks = (rank(roots[left]), rank(roots[right]))
            return ranks.0 == ranks.1 ? left < right : ranks.0 < ranks.1
        }
        issue.roots = order.map { roots[$0] }
        return issue
    }

    /// When the first of it began that the scenario brought; of an older issue when it began.
    private func shown(since start: SimulationTime) -> SimulationTime {
        problems.map(\.from).filter { $0 >= start }.min() ?? from
    }

    /// The last cause with a place in a file, else the first cause of all.
    static func rootCause(of violation: Violation) -> Cause? {
        violation.causes.last { $0.source != nil } ?? violation.causes.first
    }

    private static func key(of violation: Violation) -> [String] {
        if let source = violation.causes.dropFirst().last(where: { $0.source != nil })?.source {
            return ["source", source]
        }
        let subject = violation.subject
        guard let step = violation.causes.first else { return ["subject", violation.invariant] + subject.words }
        return [
            "step", step.at.rfc3339, step.actor, step.action, step.object, step.source ?? "", violation.invariant,
            violation.message.withoutWords([subject.name, subject.namespace ?? ""].filter { !$0.isEmpty }),
        ]
    }

    var problems: [Problem] { roots + consequences }

    var rootCause: Cause? { Self.rootCause(of: roots[0].violations[0]) }

    /// Whether any of its root causes is still so at the horizon.
    var isOpen: Bool { roots.contains(where: \.isOpen) }

    /// The violations that are root causes.
    var violations: [Violation] { roots.flatMap(\.violations) }

    /// When it began.
    var from: SimulationTime { violations.map(\.from).min() ?? .never }

    /// When the last of its intervals ended; nil while one is open.
    var to: SimulationTime? { isOpen ? nil : violations.compactMap(\.to).max() }

    /// Whether it was there before the first step, and the steps brought neither another trouble nor a consequence.
    func isOlder(than start: SimulationTime) -> Bool {
        let older = Set(roots.filter { $0.from < start }.map(\.invariant))
        return roots.allSatisfy { older.contains($0.invariant) } && consequences.allSatisfy { $0.from < start }
    }

    /// `Deployment cto/cto-tools waits for a Secret that is never made (and 1 more)`.
    var title: String {
        let subjects = Set(roots.map(\.subject)).count
        return roots[0].words + (subjects > 1 ? " (and \(subjects - 1) more)" : "")
    }

    /// What came of it, in the catalogue's order of invariants, then the longest first, each subject once:
    /// `Application grafana does not converge 2h59m`.
    func impact(upTo horizon: SimulationTime) -> [String] {
        let catalogue = InvariantCatalogue.all.map(\.id.text)
        let keys = consequences.map { problem in
            (
                catalogue.firstIndex(of: problem.invariant) ?? catalogue.count,
                0 &- problem.length(upTo: horizon).milliseconds
            )
        }
        var seen: Set<Subject> = []
        return consequences.indices.sorted { keys[$0] == keys[$1] ? $0 < $1 : keys[$0] < keys[$1] }.compactMap {
            index in
            let problem = consequences[index]
            guard seen.insert(problem.subject).inserted else { return nil }
            return "\(problem.words) \(problem.length(upTo: horizon).rounded.text)"
        }
    }
}

extension SimulationTime.Span {
    /// Whole minutes from ten minutes on, whole seconds below: as exact as a summary needs it.
    var rounded: SimulationTime.Span {
        let unit: Int64 = milliseconds >= 600_000 ? 60_000 : 1000
        return milliseconds < 1000 ? self : .milliseconds(milliseconds / unit * unit)
    }
}
