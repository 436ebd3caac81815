import ClusterSimulation

/// The last lines of a text report on several scenarios: one row each, then the counts.
enum TextSummary {
    static func render(_ results: [ScenarioResult], _ style: TextStyle) -> String {
        var table = TextTable(["SCENARIO", "VERDICT", "PROBLEMS", "UNKNOWNS", "EXPECTED"])
        for result in results {
            guard let outcome = result.outcome else {
                table.append([.init(result.scenario), .init("error", .bad)])
                continue
            }
            let problems = Problem.problems(in: outcome.violations).count
            table.append([
                .init(result.scenario), .init(outcome.verdict.rawValue, outcome.verdict.tone), .init("\(problems)"),
                .init("\(outcome.unknowns.count)"), expectedCell(result),
            ])
        }
        return TextReport.heading("Summary", style) + table.render(style, indent: 2) + counts(of: results) + "\n"
    }

    private static func expectedCell(_ result: ScenarioResult) -> TextTable.Cell {
        guard let expectation = result.expectation else { return "-" }
        return expectation.unmet.isEmpty ? .init("yes", .good) : .init("no", .bad)
    }

    private static func counts(of results: [ScenarioResult]) -> String {
        var parts = Verdict.allCases.map { verdict in
            (results.count { $0.outcome?.verdict == verdict }, verdict.rawValue)
        }
        parts.append((results.count { $0.outcome == nil }, "error"))
        let text = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
        return "\(TextReport.count(results.count, "scenario")): \(text)"
    }
}
