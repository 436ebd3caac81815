import ClusterSimulation

/// Problems that come from one root cause: what a postmortem tells as one story and one fix repairs.
///
/// Two problems share a root cause when the last cause with a place in a file, past the scenario's own step, is the
/// same place. A step alone says little (a merge is behind everything that follows), so problems that lead back to
/// nothing but a step are one issue only when the step, the invariant and the message, without the subject's own name,
/// are equal. Problems without causes are told apart by invariant and subject.
struct Issue {
    /// Never empty, in the outcome's order.
    private(set) var problems: [Problem]
    let rootCause: Cause?

    /// The issues of an outcome, in the order of their first violation.
    static func issues(in violations: [Violation]) -> [Issue] {
        var issues: [Issue] = []
        var indexes: [[String]: Int] = [:]
        for problem in Problem.problems(in: violations) {
            let key = key(of: problem.violations[0])
            if let index = indexes[key] {
                issues[index].problems.append(problem)
            } else {
                indexes[key] = issues.count
                issues.append(Issue(problems: [problem], rootCause: rootCause(of: problem.violations[0])))
            }
        }
        return issues
    }

    /// The last cause with a place in a file, else the first cause of all.
    static func rootCause(of violation: Violation) -> Cause? {
        violation.causes.last { $0.source != nil } ?? violation.causes.first
    }

    private static func key(of violation: Violation) -> [String] {
        if let source = violation.causes.dropFirst().last(where: { $0.source != nil })?.source {
            return ["source", source]
        }
        guard let step = violation.causes.first else {
            let subject = violation.subject
            return ["subject", violation.invariant, subject.kind, subject.namespace ?? "", subject.name]
        }
        return [
            "step", step.at.rfc3339, step.actor, step.action, step.object, step.source ?? "", violation.invariant,
            generalized(violation.message, subject: violation.subject),
        ]
    }

    /// The message with the subject's own names taken out, so that two subjects with the same trouble compare equal.
    private static func generalized(_ message: String, subject: Subject) -> String {
        let own = [subject.name, subject.namespace ?? ""].filter { !$0.isEmpty }
        // Words as Kubernetes names are made of, so that `argo` is not taken out of `argocd`.
        var result = ""
        var word = ""
        func flush() {
            result += own.contains(word) ? "*" : word
            word = ""
        }
        for character in message {
            if character.isLetter || character.isNumber || character == "-" {
                word.append(character)
            } else {
                flush()
                result.append(character)
            }
        }
        flush()
        return result
    }

    /// Whether any of its problems is still so at the horizon.
    var isOpen: Bool { problems.contains(where: \.isOpen) }

    var violations: [Violation] { problems.flatMap(\.violations) }

    /// When it began.
    var from: SimulationTime { violations.map(\.from).min() ?? .never }

    /// When the last of its intervals ended; nil while one is open.
    var to: SimulationTime? { isOpen ? nil : violations.compactMap(\.to).max() }

    /// `dns-names-resolve: Service a/b and 3 more`.
    var title: String {
        let first = problems[0]
        let more = problems.count > 1 ? " and \(problems.count - 1) more" : ""
        return "\(first.invariant): \(first.subject.text)\(more)"
    }
}
