import ClusterSimulation

/// Section 5 of the failure-mode report: what was repaired during the rehearsal and by what, and what is left to do.
enum MarkdownRemediation {
    static func section(of outcome: Outcome, _ issues: [Issue]) -> String {
        var done: [String] = []
        var pending: [String] = []
        for (index, issue) in issues.enumerated() {
            let name = "Issue \(index + 1), \(MarkdownText.plain(issue.title))"
            let closed = issue.problems.filter { !$0.isOpen }
            let open = issue.problems.filter(\.isOpen)
            if !closed.isEmpty { done.append(render(name, closed, endings(of: closed, outcome))) }
            if !open.isEmpty { pending.append(render(name, open, [])) }
        }
        return "## 5. Remediation\n\n### Done\n\n" + numbered(done) + "\n### Remaining\n\n" + numbered(pending)
    }

    private static func numbered(_ items: [String]) -> String {
        items.isEmpty ? "Nothing.\n" : items.enumerated().map { "\($0.offset + 1). \($0.element)" }.joined()
    }

    private static func render(_ name: String, _ problems: [Problem], _ endings: [String]) -> String {
        let violations = problems.flatMap(\.violations)
        var text = "\(name):\n"
        for remedy in violations.distinct(\.remedy) { text += "   - \(MarkdownText.plain(remedy))\n" }
        for ending in endings { text += "   - \(ending)\n" }
        return text
    }

    /// What ended the problems, each once: the first cause of the event that did, or else the last entry of the
    /// timeline before it, which need not be what did it, and is not said to be.
    private static func endings(of problems: [Problem], _ outcome: Outcome) -> [String] {
        var endings: [String] = []
        for violation in problems.flatMap(\.violations) {
            guard let to = violation.to else { continue }
            var ending = "Over at \(to.rfc3339)"
            if let first = violation.endedBy.first {
                let words = [first.actor, first.action, first.object].filter { !$0.isEmpty }.joined(separator: " ")
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
