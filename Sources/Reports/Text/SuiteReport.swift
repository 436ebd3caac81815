import ClusterSimulation

/// The text of `rehearse test`: a line per scenario, what is not as expected below it, the counts at the end.
package enum SuiteReport {
    /// Renders the results in the order given. Ends with a line break.
    package static func render(_ results: [ScenarioResult], style: TextStyle) -> String {
        results.map { part($0, style: style) }.joined() + end(of: results, style: style)
    }

    /// What is told of one scenario when it has ended: these parts in order, then `end`, are the whole text.
    package static func part(_ result: ScenarioResult, style: TextStyle) -> String {
        PrintableText.document(lines(of: result, style), keepsColours: style.isColoured)
    }

    /// The counts.
    package static func end(of results: [ScenarioResult], style: TextStyle) -> String {
        (results.isEmpty ? "" : "\n") + counts(of: results) + "\n"
    }

    private static func lines(of result: ScenarioResult, _ style: TextStyle) -> String {
        let name = style.paint(result.scenario.singleLine, .strong)
        guard let outcome = result.outcome else {
            let lines = (result.error ?? "no outcome").split(separator: "\n").map { "      \(String($0).singleLine)\n" }
            return "\(style.paint("error", .bad)) \(name)\n" + lines.joined()
        }
        let problems = Problem.problems(in: outcome.violations)
        var facts = [outcome.verdict.rawValue]
        if !problems.isEmpty { facts.append(TextReport.count(problems.count, "problem")) }
        if !outcome.unknowns.isEmpty { facts.append(TextReport.count(outcome.unknowns.count, "unknown")) }
        let unmet = result.expectation?.unmet ?? []
        let word = unmet.isEmpty ? style.paint("ok", .good) + "   " : style.paint("FAIL", .bad) + " "
        var text = "\(word) \(name): \(facts.joined(separator: ", "))\n"
        for mismatch in unmet { text += "      \(mismatch.singleLine)\n" }
        if !unmet.isEmpty, let path = result.path {
            text += "      " + style.paint("rehearse run \(ShellWord.quote(path.singleLine))", .faint) + "\n"
        }
        return text
    }

    private static func counts(of results: [ScenarioResult]) -> String {
        let errors = results.count { $0.outcome == nil }
        let failed = results.count { !($0.expectation?.unmet.isEmpty ?? true) }
        var parts: [String] = []
        let good = results.count - errors - failed
        if good > 0 || results.isEmpty { parts.append("\(good) as expected") }
        if failed > 0 { parts.append("\(failed) not as expected") }
        if errors > 0 { parts.append("\(errors) not rehearsed") }
        return "\(TextReport.count(results.count, "scenario")): \(parts.joined(separator: ", "))"
    }
}
