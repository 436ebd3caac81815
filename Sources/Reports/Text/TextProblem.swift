import ClusterSimulation

/// One problem in the text report: what, when, the message, the remedy and the causes.
struct TextProblem {
    let number: Int
    let problem: Problem
    let horizon: SimulationTime
    /// Whether the scenario says that this must happen.
    let isExpected: Bool

    /// A subject that flaps may have hundreds of intervals; the first ones show the pattern, the JSON has them all.
    private static let intervalLimit = 10
    /// Different chains of one problem that are drawn.
    private static let chainLimit = 5

    func render(_ style: TextStyle) -> String {
        var text = "  \(style.paint("\(number).", .faint)) "
        text += style.paint(problem.invariant.singleLine, .strong) + " "
        text += problem.subject.text.singleLine + " "
        text += problem.isOpen ? style.paint("OPEN", .bad) : style.paint("FIXED", .good)
        if isExpected { text += " " + style.paint("(expected)", .faint) }
        text += "\n"
        for line in intervals() { text += "     " + line + "\n" }
        for message in problem.violations.distinct(\.message) {
            for line in wrap(message, style) { text += "     " + line + "\n" }
        }
        for remedy in problem.violations.distinct(\.remedy) {
            text += labelled("remedy", remedy, style)
        }
        text += tree("because", problem.violations.map(\.causes), style)
        text += tree("ended by", problem.violations.map(\.endedBy), style)
        return text
    }

    private func intervals() -> [String] {
        let all = problem.violations
        if all.count == 1 { return ["\(problem.kind.rawValue), false \(all[0].intervalText(horizon: horizon))"] }
        var lines = [
            "\(problem.kind.rawValue), false in \(all.count) intervals, together "
                + problem.length(upTo: horizon).text
        ]
        lines += all.prefix(Self.intervalLimit).map { "  " + $0.intervalText(horizon: horizon) }
        if all.count > Self.intervalLimit { lines.append("  … \(all.count - Self.intervalLimit) more intervals") }
        return lines
    }

    private func tree(_ label: String, _ chains: [[Cause]], _ style: TextStyle) -> String {
        var distinct: [[Cause]] = []
        for chain in chains where !chain.isEmpty && !distinct.contains(chain) { distinct.append(chain) }
        guard !distinct.isEmpty else { return "" }
        var text = "     \(style.paint(label, .faint))\n"
        for line in CauseTree(Array(distinct.prefix(Self.chainLimit))).lines(\.text) { text += "       \(line)\n" }
        if distinct.count > Self.chainLimit {
            text += "       … \(distinct.count - Self.chainLimit) more chains\n"
        }
        return text
    }

    private func labelled(_ label: String, _ body: String, _ style: TextStyle) -> String {
        let lines = wrap(body, style, indent: 6 + label.count)
        var text = "     \(style.paint(label, .faint)) \(lines[0])\n"
        let indent = String(repeating: " ", count: 6 + label.count)
        for line in lines.dropFirst() { text += indent + line + "\n" }
        return text
    }

    private func wrap(_ body: String, _ style: TextStyle, indent: Int = 5) -> [String] {
        guard let width = style.width else { return [body.singleLine] }
        return body.singleLine.wrapped(to: max(20, width - indent))
    }
}
