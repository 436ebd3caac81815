import ClusterSimulation

/// Section 5 of the failure-mode report: what was repaired during the rehearsal and by what, and what is left to do.
enum MarkdownRemediation {
    static func section(of outcome: Outcome, _ issues: [Issue]) -> String {
        var done: [String] = []
        var pending: [String] = []
        for (index, issue) in issues.enumerated() {
            let name = "Issue \(index + 1), \(MarkdownText.plain(issue.title))"
            let closed = issue.roots.filter { !$0.isOpen }
            let open = issue.roots.filter(\.isOpen)
            // What was repaired is told by what ended it, what is left by what would help.
            if !closed.isEmpty, open.isEmpty { done.append(render(name, endings(of: closed, outcome))) }
            if !open.isEmpty { pending.append(render(name, remedies(of: open))) }
        }
        return "## 5. Remediation\n\n### Done\n\n" + numbered(done) + "\n### Remaining\n\n" + numbered(pending)
    }

    private static func numbered(_ items: [String]) -> String {
        items.isEmpty ? "Nothing.\n" : items.enumerated().map { "\($0.offset + 1). \($0.element)" }.joined()
    }

    private static func render(_ name: String, _ lines: [String]) -> String {
        "\(name):\n" + lines.map { "   - \($0)\n" }.joined()
    }

    private static func remedies(of problems: [Problem]) -> [String] {
        let remedies = problems.flatMap(\.violations).distinct(\.remedy).map(MarkdownText.plain)
        return remedies.prefix(5) + (remedies.count > 5 ? ["and \(remedies.count - 5) more"] : [])
    }

    /// What ended the last of the problems, each once: the first cause of the event that did, or else the last entry of the
    /// timeline before it, which need not be what did it, and is not said to be.
    private static func endings(of problems: [Problem], _ outcome: Outcome) -> [String] {
        var endings: [String] = []
        for violation in problems.flatMap(\.violations) {
            guard let to = violation.to, to == problems.flatMap(\.violations).compactMap(\.to).max() else { continue }
            var ending = "over at \(to.rfc3339)"
            if let first = violation.endedBy.first {
                let words = "\(first.actor) \(first.deed)"
                ending += " by: \(MarkdownText.plain(words)) (\(first.at.rfc3339)\(source(first.source)))"
            } else if let entry = outcome.timeline.last(where: { $0.at <= to && $0.at >= violation.from }) {
                ending += ", after: \(MarkdownText.plain(entry.text)) (\(entry.at.rfc3339)\(source(entry.source)))"
            } else {
                ending += " without a step: the controllers got there by themselves"
            }
            if !endings.contains(ending) { endings.append(ending) }
        }
        let limit = 5
        guard endings.count > limit else { return endings }
        return endings.prefix(limit) + ["and \(endings.count - limit) more"]
    }

    private static func source(_ source: String?) -> String {
        source.map { ", \(MarkdownText.code($0))" } ?? ""
    }
}
