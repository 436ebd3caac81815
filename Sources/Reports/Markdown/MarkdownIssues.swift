import ClusterSimulation

/// Section 3 of the failure-mode report: each root cause with error, fix, impact and status, then the blind spots.
enum MarkdownIssues {
    static func section(of outcome: Outcome, _ issues: [Issue]) -> String {
        var text = "## 3. Issues\n"
        if issues.isEmpty {
            text +=
                "\n"
                + (outcome.verdict == .holds
                    ? "Every invariant held for every subject.\n"
                    : "No invariant was seen to be violated.\n")
        }
        for (index, issue) in issues.enumerated() {
            let isFirstOlder =
                issue.isOlder(than: outcome.start)
                && !(index > 0 && issues[index - 1].isOlder(than: outcome.start))
            if isFirstOlder { text += "\n### Before the first step\n\nThese were so before anything was changed.\n" }
            text += "\n" + render(issue, number: index + 1, outcome.horizon)
        }
        guard !outcome.unknowns.isEmpty else { return text }
        text += "\n### What the model cannot know\n\n"
        text += MarkdownText.table(
            ["Subject", "Why", "Source"],
            outcome.unknowns.map { unknown in
                [
                    MarkdownText.plain(unknown.subject.text), MarkdownText.plain(unknown.message),
                    MarkdownText.code(unknown.source ?? "", inTable: true),
                ]
            })
        return text
    }

    private static func render(_ issue: Issue, number: Int, _ horizon: SimulationTime) -> String {
        let violations = issue.violations
        let state = issue.isOpen ? "OPEN" : "FIXED"
        var text = "### Issue \(number): \(MarkdownText.plain(issue.title)) - \(state)\n\n"
        text += listed("Error", violations.distinct(\.message).map { MarkdownText.code($0) })
        text += "- **Root cause:** \(rootCause(of: issue))\n"
        text += listed(issue.isOpen ? "Fix required" : "Fix", violations.distinct(\.remedy).map(MarkdownText.plain))
        let impact = issue.impact(upTo: horizon)
        text += listed("Impact", impact.isEmpty ? ["nothing else that was seen"] : impact.map(MarkdownText.plain))
        text += "- **Status:** \(status(of: issue, horizon))\n"
        let invariants = Set(issue.roots.map(\.invariant)).sorted().map { MarkdownText.code($0) }
        text += "- **Invariant:** \(invariants.joined(separator: ", "))\n"
        let intervals = issue.roots.filter { $0.violations.count > 1 }.flatMap { rows(of: $0, horizon) }
        if !intervals.isEmpty {
            text += "\n" + MarkdownText.table(["Invariant", "Subject", "False", "For"], intervals)
        }
        let chains = CauseTree(distinctChains(of: issue))
        if !chains.roots.isEmpty { text += "\n" + MarkdownText.block("text", chains.lines(\.text)) }
        return text
    }

    /// One bullet for one text, nested bullets for several.
    private static func listed(_ label: String, _ items: [String]) -> String {
        if items.count == 1 { return "- **\(label):** \(items[0])\n" }
        guard !items.isEmpty else { return "" }
        let limit = 10
        var text = "- **\(label):**\n" + items.prefix(limit).map { "  - \($0)\n" }.joined()
        if items.count > limit { text += "  - and \(items.count - limit) more\n" }
        return text
    }

    private static func rootCause(of issue: Issue) -> String {
        guard let cause = issue.rootCause, let first = issue.roots[0].violations[0].causes.first else {
            return "not known; nothing in the rehearsal led to it"
        }
        // The line to blame is the last one with a place; what set it off is the step at the chain's beginning.
        let words = "\(first.actor) \(first.deed)"
        var text = "\(MarkdownText.plain(words)), \(first.at.rfc3339)"
        if let source = first.source { text += ", \(MarkdownText.code(source))" }
        if let source = cause.source, source != first.source {
            text += "; what it broke is written at \(MarkdownText.code(source))"
        }
        return text
    }

    private static func status(of issue: Issue, _ horizon: SimulationTime) -> String {
        if let to = issue.to {
            return "FIXED, \(issue.from.rfc3339) to \(to.rfc3339) (\((to - issue.from).rounded.text))"
        }
        return "OPEN since \(issue.from.rfc3339) (\((horizon - issue.from).rounded.text))"
    }

    /// A row per interval; from the eleventh on they are added up in one row.
    private static func rows(of problem: Problem, _ horizon: SimulationTime) -> [[String]] {
        let limit = 10
        let names = [MarkdownText.plain(problem.invariant), MarkdownText.plain(problem.subject.text)]
        var rows = problem.violations.prefix(limit).map { violation in
            names + [
                "\(violation.from.rfc3339) to \(violation.to?.rfc3339 ?? "the end")",
                violation.length(upTo: horizon).text,
            ]
        }
        let rest = Array(problem.violations.dropFirst(limit))
        if !rest.isEmpty {
            rows.append(
                names + [TextReport.count(rest.count, "more interval"), rest.totalLength(upTo: horizon).text])
        }
        return rows
    }

    /// A handful of chains tells the story; sixty subjects with the same one do not need sixty drawings.
    private static func distinctChains(of issue: Issue) -> [[Cause]] {
        var chains: [[Cause]] = []
        for violation in issue.violations where chains.count < 5 && !chains.contains(violation.causes) {
            chains.append(violation.causes)
        }
        return chains
    }
}
