import ClusterSimulation

/// `--format markdown`: a failure-mode report, as one writes it after an incident; here before it.
///
/// Target state, state at the end, issues with cause and fix, what changed, remediation, verification, rollback.
/// Everything in it is read from the outcome.
enum MarkdownReport: ReportRenderer {
    static let fileExtension = "md"

    static func render(_ results: [ScenarioResult], style: TextStyle) -> String {
        results.map(render).joined(separator: "\n---\n\n")
    }

    private static func render(_ result: ScenarioResult) -> String {
        guard let outcome = result.outcome?.readable else {
            let lines = (result.error ?? "no outcome").split(separator: "\n").map { String($0).singleLine }
            return "# Failure-mode report: \(MarkdownText.plain(result.scenario))\n\n"
                + "The scenario could not be rehearsed.\n\n" + MarkdownText.block("text", lines)
        }
        let issues = Issue.told(of: outcome)
        let sections = [
            head(of: outcome, issues, result.expectation),
            MarkdownState.targetNamespaces(of: outcome),
            MarkdownState.stateTables(of: outcome),
            MarkdownIssues.section(of: outcome, issues),
            MarkdownChanges.section(of: outcome),
            MarkdownRemediation.section(of: outcome, issues),
            verification(of: outcome, issues),
            MarkdownRollback.section(of: outcome),
        ]
        return sections.joined(separator: "\n")
    }

    private static func head(
        of outcome: Outcome, _ issues: [Issue], _ expectation: ScenarioResult.Expectation?
    ) -> String {
        let open = issues.count(where: \.isOpen)
        var verdict = "**\(outcome.verdict.rawValue)**"
        if !issues.isEmpty {
            verdict += ": \(TextReport.count(issues.count, "issue")), \(issues.count - open) fixed, \(open) open"
        }
        if !outcome.unknowns.isEmpty { verdict += "; \(TextReport.count(outcome.unknowns.count, "unknown"))" }
        let span = (outcome.horizon - outcome.start).text
        var text = "# Failure-mode report: \(MarkdownText.plain(outcome.scenario))\n\n"
        text += "- Verdict: \(verdict)\n"
        text += "- Rehearsed: \(outcome.start.rfc3339) to \(outcome.horizon.rfc3339) (\(span) of virtual time)\n"
        if let releases = outcome.releases { text += "- Rules: \(MarkdownText.plain(releases.text))\n" }
        text += "- Model: \(MarkdownText.plain(outcome.modelVersion)), seed \(outcome.seed), "
        text += "outcome \(MarkdownText.code(outcome.digest)), input \(MarkdownText.code(outcome.inputDigest))\n"
        guard let expectation else { return text }
        text += "- Expectations: \(expectation.unmet.isEmpty ? "met" : "**not met**")\n"
        for unmet in expectation.unmet { text += "  - \(MarkdownText.plain(unmet))\n" }
        return text
    }

    private static func verification(of outcome: Outcome, _ issues: [Issue]) -> String {
        var text = "## 6. Verification commands\n\n"
        text += "Each command is followed by what it should say.\n\n"
        var lines: [String] = []
        for command in VerificationCommand.commands(for: outcome, issues) {
            if !lines.isEmpty { lines.append("") }
            lines += [command.line, "# \(command.expected)"]
        }
        return text + MarkdownText.block("bash", lines)
    }
}
