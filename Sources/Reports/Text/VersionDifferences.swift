import ClusterSimulation

/// What came out otherwise under other releases, of scenarios that were rehearsed with several.
package enum VersionDifferences {
    /// A paragraph for each such scenario; empty where there is none. Ends with a line break.
    package static func text(_ results: [ScenarioResult], _ style: TextStyle = .plain) -> String {
        var scenarios: [String] = []
        for result in results {
            if let name = result.matrix, !scenarios.contains(name) { scenarios.append(name) }
        }
        return scenarios.map { name in paragraph(name, results.filter { $0.matrix == name }, style) }
            .joined(separator: "\n")
    }

    /// One problem of one subject, as outcomes are compared.
    private struct Finding: Hashable {
        var invariant: String
        var subject: Subject
    }

    private static func paragraph(_ name: String, _ results: [ScenarioResult], _ style: TextStyle) -> String {
        let outcomes = results.compactMap(\.outcome)
        var text = TextReport.heading("Versions of \(name.singleLine)", style)
        let verdicts = Verdict.allCases.filter { verdict in outcomes.contains { $0.verdict == verdict } }
        if verdicts.count == 1 {
            text += "  the same verdict under all: \(style.paint(verdicts[0].rawValue, verdicts[0].tone))\n"
        } else {
            for verdict in verdicts {
                let releases = outcomes.filter { $0.verdict == verdict }.map(releases)
                text += "  \(style.paint(verdict.rawValue, verdict.tone)) under \(releases.joined(separator: "; "))\n"
            }
        }
        return text + findings(outcomes, style)
    }

    /// What is violated under some releases and not under others.
    private static func findings(_ outcomes: [Outcome], _ style: TextStyle) -> String {
        let sets = outcomes.map { outcome in
            Set(outcome.violations.map { Finding(invariant: $0.invariant, subject: $0.subject) })
        }
        var told: Set<Finding> = []
        var lines: [String] = []
        for violation in outcomes.flatMap(\.violations) {
            let finding = Finding(invariant: violation.invariant, subject: violation.subject)
            let places = outcomes.indices.filter { sets[$0].contains(finding) }
            guard places.count < outcomes.count, told.insert(finding).inserted else { continue }
            lines.append(
                "  only under \(places.map { releases(outcomes[$0]) }.joined(separator: "; ")): "
                    + "\(finding.invariant) of \(finding.subject.text.singleLine)\n")
        }
        let limit = style.isVerbose ? lines.count : 10
        let hidden = lines.count - min(limit, lines.count)
        return lines.prefix(limit).joined()
            + (hidden > 0 ? "  " + style.paint("\(hidden) more, listed with --verbose", .faint) + "\n" : "")
    }

    private static func releases(_ outcome: Outcome) -> String { outcome.releases?.text ?? outcome.scenario }
}
