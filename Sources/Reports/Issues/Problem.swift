import ClusterSimulation

/// Everything that went wrong with one subject under one invariant: one interval, or several where it flapped.
struct Problem {
    let invariant: String
    let kind: PropertyKind
    let subject: Subject
    /// In the outcome's order; never empty.
    private(set) var violations: [Violation]

    /// The problems of an outcome, in the order of their first violation.
    static func problems(in violations: [Violation]) -> [Problem] {
        struct Key: Hashable {
            var invariant: String
            var subject: Subject
        }
        var problems: [Problem] = []
        var indexes: [Key: Int] = [:]
        for violation in violations {
            let key = Key(invariant: violation.invariant, subject: violation.subject)
            if let index = indexes[key] {
                problems[index].violations.append(violation)
            } else {
                indexes[key] = problems.count
                problems.append(
                    Problem(
                        invariant: violation.invariant, kind: violation.kind, subject: violation.subject,
                        violations: [violation]))
            }
        }
        return problems
    }

    /// `Namespace argo stays Terminating`; with the invariant's id where the catalogue does not know it.
    var words: String {
        let predicate = InvariantCatalogue.invariant(Symbol(invariant))?.predicate ?? "violates \(invariant)"
        return "\(subject.shortText) \(predicate)"
    }

    /// When it began.
    var from: SimulationTime { violations.map(\.from).min() ?? .never }

    /// Whether the invariant is still false at the horizon.
    var isOpen: Bool { violations.contains { $0.to == nil } }

    /// How long the invariant was false, all intervals together.
    func length(upTo horizon: SimulationTime) -> SimulationTime.Span {
        violations.totalLength(upTo: horizon)
    }
}

extension Violation {
    /// How long the invariant was false; up to the horizon where it still is.
    func length(upTo horizon: SimulationTime) -> SimulationTime.Span { (to ?? horizon) - from }
}

extension [Violation] {
    /// The lengths of all intervals added up; a damaged ledger may hold lengths that fit in no number together.
    func totalLength(upTo horizon: SimulationTime) -> SimulationTime.Span {
        .milliseconds(reduce(0) { $0 &+ $1.length(upTo: horizon).milliseconds })
    }

    /// The values of a property, each once, in order of first appearance.
    func distinct(_ property: (Violation) -> String) -> [String] {
        var seen: Set<String> = []
        return map(property).filter { !$0.isEmpty && seen.insert($0).inserted }
    }
}

extension Subject {
    /// `Namespace argo`, `Pod cto/controller-0`.
    var text: String {
        if let namespace { return "\(kind) \(namespace)/\(name)" }
        return "\(kind) \(name)"
    }

    /// As `text`; an Application without the namespace, which is Argo CD's own almost everywhere.
    var shortText: String { kind == "Application" && namespace == "argocd" ? "\(kind) \(name)" : text }

    /// Its parts, for keys.
    var words: [String] { [kind, namespace ?? "", name] }
}
