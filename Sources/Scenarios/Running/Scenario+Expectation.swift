package import ClusterSimulation

extension Scenario.Expectation {
    /// The verdict that is asked for, said or not.
    package var expectedVerdict: Verdict { verdict ?? (violations.isEmpty ? .holds : .violated) }

    /// Whether violations may happen that are not listed.
    package var allowsOthers: Bool { expectedVerdict == .violated && !isComplete }

    /// What of this is not so, one sentence each with the place in the scenario's file; empty: everything is as
    /// expected.
    ///
    /// - Parameter path: the scenario's file, for what has no place in it.
    package func unmet(in outcome: Outcome, path: String) -> [String] {
        var unmet: [String] = []
        func add(_ message: String, _ origin: Origin) {
            unmet.append("\(origin.description ?? path): \(message)")
        }
        if expectedVerdict != outcome.verdict {
            let defaulted = verdict == nil ? " (by default)" : ""
            add("expected verdict \(expectedVerdict.rawValue)\(defaulted), got \(outcome.verdict.rawValue)", origin)
        }
        for expected in violations {
            let name = "\(expected.invariant) of \(Self.name(expected.subject))"
            let ofInvariant = outcome.violations.filter { $0.invariant == expected.invariant.text }
            let found = ofInvariant.filter { $0.subject == expected.subject }
            if found.isEmpty {
                add("expected a violation of \(name), there is none\(Self.others(ofInvariant))", expected.origin)
            } else if let fixed = expected.fixed, fixed != found.allSatisfy({ $0.to != nil }) {
                add(
                    fixed
                        ? "expected the violation of \(name) to be over by the horizon, it is still open"
                        : "expected the violation of \(name) to be open at the horizon, it is over", expected.origin)
            }
        }
        guard !allowsOthers else { return unmet }
        var told: Set<[String]> = []
        for violation in outcome.violations where !isListed(violation) {
            let name = "\(violation.invariant) of \(Self.name(violation.subject))"
            guard told.insert([name]).inserted else { continue }
            add("unexpected violation of \(name): \(violation.message)", origin)
        }
        return unmet
    }

    private func isListed(_ violation: Violation) -> Bool {
        violations.contains { $0.invariant.text == violation.invariant && $0.subject == violation.subject }
    }

    /// For whom else the invariant was violated: usually the subject was misspelt.
    private static func others(_ violations: [Violation]) -> String {
        var names: [String] = []
        for violation in violations where !names.contains(name(violation.subject)) {
            names.append(name(violation.subject))
        }
        guard !names.isEmpty else { return "" }
        let more = names.count > 3 ? " and \(names.count - 3) more" : ""
        return "; it was violated by \(names.prefix(3).joined(separator: ", "))\(more)"
    }

    private static func name(_ subject: Subject) -> String {
        "\(subject.kind) \(subject.namespace.map { "\($0)/" } ?? "")\(subject.name)"
    }
}
