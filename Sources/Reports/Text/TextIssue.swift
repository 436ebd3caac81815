import ClusterSimulation

/// One issue in the text report, in a few lines: what, error, root cause, fix, impact, when.
struct TextIssue {
    let number: Int
    let issue: Issue
    let horizon: SimulationTime
    /// Whether the scenario says that all of it must happen.
    let isExpected: Bool
    /// Whether it was there before the first step: then only what, error, cause and fix are told.
    let isOlder: Bool

    /// Consequences that are named; the others are counted.
    private static let impactLimit = 4
    /// Characters of a message or remedy; `--verbose` and the other formats have all of it.
    private static let textLimit = 240

    func render(_ style: TextStyle) -> String {
        var text = "  \(style.paint("\(number).", .faint)) "
        text += issue.isOpen ? style.paint("OPEN", .bad) : style.paint("FIXED", .good)
        text += " " + style.paint(issue.title.singleLine, .strong)
        if isExpected { text += " " + style.paint("(expected)", .faint) }
        text += "\n"
        let violations = issue.violations
        text += line("error", some(violations.distinct(\.message)), style)
        text += line("cause", cause, style)
        text += line("fix", some(violations.distinct(\.remedy)), style)
        if isOlder { return text }
        let impact = issue.impact(upTo: horizon)
        var named = impact.prefix(Self.impactLimit).joined(separator: "; ")
        if impact.count > Self.impactLimit { named += "; and \(impact.count - Self.impactLimit) more" }
        text += line("impact", named, style)
        return text + line("when", issue.intervalText(horizon: horizon), style)
    }

    /// The first of several texts, cut where it is long.
    private func some(_ texts: [String]) -> String {
        guard let first = texts.first?.singleLine else { return "" }
        let more = texts.count > 1 ? " (and \(texts.count - 1) more)" : ""
        return first.cut(to: Self.textLimit) + more
    }

    private var cause: String {
        let chain = issue.roots[0].violations[0].causes
        guard let first = chain.first else { return "" }
        guard let root = issue.rootCause, root != first else { return first.shortText }
        return "\(first.shortText) -> \(root.shortText)"
    }

    private func line(_ label: String, _ body: String, _ style: TextStyle) -> String {
        guard !body.isEmpty else { return "" }
        let indent = 13
        let lines = style.width.map { body.singleLine.wrapped(to: max(20, $0 - indent)) } ?? [body.singleLine]
        var text = "     \(style.paint(label, .faint))\(String(repeating: " ", count: 8 - label.count))\(lines[0])\n"
        for line in lines.dropFirst() { text += String(repeating: " ", count: indent) + line + "\n" }
        return text
    }
}

extension Issue {
    /// `2025-11-26T18:02:30Z to 2025-11-26T19:30:10Z (1h27m)`.
    func intervalText(horizon: SimulationTime) -> String {
        let end = to ?? horizon
        let words = to?.rfc3339 ?? "the end"
        return "\(from.rfc3339) to \(words) (\((end - from).rounded.text))"
    }
}
