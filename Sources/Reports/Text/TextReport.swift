import ClusterSimulation

/// `--format text`: for people at a terminal. Verdict first, then the story, what broke and why, then the tables.
enum TextReport: ReportRenderer {
    static let fileExtension = "txt"

    static func render(_ results: [ScenarioResult], style: TextStyle) -> String {
        results.enumerated().map { part($1, isFirst: $0 == 0, style) }.joined() + end(of: results, style)
    }

    /// What is told of one scenario when it has ended: these parts in order, then `end`, are the whole report.
    static func part(_ result: ScenarioResult, isFirst: Bool, _ style: TextStyle) -> String {
        (isFirst ? "" : "\n") + render(result, style)
    }

    /// What is told of all of them together.
    static func end(of results: [ScenarioResult], _ style: TextStyle) -> String {
        var text = ""
        if results.count > 1 { text += "\n" + TextSummary.render(results, style) }
        let differences = VersionDifferences.text(results, style)
        if !differences.isEmpty { text += "\n" + differences }
        return text
    }

    private static func render(_ result: ScenarioResult, _ style: TextStyle) -> String {
        guard let outcome = result.outcome?.readable else {
            let error = (result.error ?? "no outcome").split(separator: "\n").map { String($0).singleLine }
            return style.paint("error", .bad) + " " + style.paint(result.scenario.singleLine, .strong) + "\n"
                + error.map { "  \($0)\n" }.joined()
        }
        let problems = Problem.problems(in: outcome.violations)
        let issues = Issue.told(of: outcome)
        var sections = [verdict(of: outcome, issues, style)]
        if let expectation = result.expectation { sections.append(expectationText(expectation, style)) }
        sections.append(timeline(of: outcome, style))
        sections += self.issues(issues, of: outcome, result.expectation, style)
        if style.isVerbose { sections.append(violations(of: outcome, problems, result.expectation, style)) }
        sections.append(unknowns(of: outcome, style))
        sections += TextTables.sections(of: outcome, style)
        sections.append(counters(of: outcome, style))
        return sections.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    static func heading(_ title: String, _ style: TextStyle) -> String { style.paint(title, .strong) + "\n" }

    // MARK: Sections

    private static func verdict(of outcome: Outcome, _ issues: [Issue], _ style: TextStyle) -> String {
        var line = style.paint(outcome.verdict.rawValue, outcome.verdict.tone) + " "
        line += style.paint(outcome.scenario.singleLine, .strong)
        var counts: [String] = []
        if !issues.isEmpty {
            let open = issues.count(where: \.isOpen)
            counts.append(count(issues.count, "issue") + (open > 0 ? " (\(open) open at the end)" : ""))
        }
        if !outcome.unknowns.isEmpty { counts.append(count(outcome.unknowns.count, "unknown")) }
        if counts.isEmpty { counts.append("\(count(outcome.invariants.count, "invariant")) checked") }
        line += ": " + counts.joined(separator: ", ") + "\n"
        let span = (outcome.horizon - outcome.start).text
        var facts = TextTable([])
        facts.append([
            .init("time", .faint), .init("\(outcome.start.rfc3339) to \(outcome.horizon.rfc3339) (\(span), virtual)"),
        ])
        facts.append([.init("model", .faint), .init("\(outcome.modelVersion), seed \(outcome.seed)")])
        if let releases = outcome.releases { facts.append([.init("rules", .faint), .init(releases.text)]) }
        facts.append([.init("digest", .faint), .init("\(outcome.digest), of input \(outcome.inputDigest)")])
        return line + facts.render(style, indent: 2)
    }

    private static func expectationText(_ expectation: ScenarioResult.Expectation, _ style: TextStyle) -> String {
        if expectation.unmet.isEmpty { return style.paint("as expected", .good) + "\n" }
        return style.paint("not as expected", .bad) + "\n"
            + expectation.unmet.map { "  \($0.singleLine)\n" }.joined()
    }

    private static func timeline(of outcome: Outcome, _ style: TextStyle) -> String {
        guard !outcome.timeline.isEmpty else { return "" }
        // On a narrow terminal the words are worth more than the place they were written at.
        let hasSources = (style.width ?? .max) >= 120 && outcome.timeline.contains { $0.source != nil }
        var table = TextTable(["TIME", "AFTER", "ACTOR"] + (hasSources ? ["SOURCE"] : []) + ["WHAT"])
        for entry in outcome.timeline {
            var row: [TextTable.Cell] = [
                .init(entry.at.rfc3339), .init((entry.at - outcome.start).text), .init(entry.actor),
            ]
            if hasSources { row.append(.init(entry.source ?? "", .faint)) }
            table.append(row + [.init(entry.text)])
        }
        return heading("Timeline", style) + table.render(style, indent: 2)
    }

    /// The issues, then those that were there before the first step.
    private static func issues(
        _ issues: [Issue], of outcome: Outcome, _ expectation: ScenarioResult.Expectation?, _ style: TextStyle
    ) -> [String] {
        var sections: [String] = []
        for isOlder in [false, true] {
            let blocks = issues.enumerated().filter { $0.element.isOlder(than: outcome.start) == isOlder }
            guard !blocks.isEmpty else { continue }
            sections.append(
                heading(isOlder ? "Before the first step" : "Issues", style)
                    + blocks.map { index, issue in
                        TextIssue(
                            number: index + 1, issue: issue, horizon: outcome.horizon,
                            isExpected: issue.roots.allSatisfy { expectation?.covers($0.violations[0]) ?? false },
                            isOlder: isOlder
                        ).render(style)
                    }.joined(separator: isOlder ? "" : "\n"))
        }
        return sections
    }

    private static func violations(
        of outcome: Outcome, _ problems: [Problem], _ expectation: ScenarioResult.Expectation?, _ style: TextStyle
    ) -> String {
        guard !problems.isEmpty else { return "" }
        return heading("Problems", style)
            + problems.enumerated().map { index, problem in
                TextProblem(
                    number: index + 1, problem: problem, horizon: outcome.horizon,
                    isExpected: expectation?.covers(problem.violations[0]) ?? false
                ).render(style)
            }.joined(separator: "\n")
    }

    private static func unknowns(of outcome: Outcome, _ style: TextStyle) -> String {
        guard !outcome.unknowns.isEmpty else { return "" }
        var table = TextTable(["SUBJECT", "SOURCE", "WHY"])
        let limit = style.isVerbose ? outcome.unknowns.count : 10
        for unknown in outcome.unknowns.prefix(limit) {
            table.append([
                .init(unknown.subject.text), .init(unknown.source ?? "-", .faint), .init(unknown.message, .warning),
            ])
        }
        let hidden = outcome.unknowns.count - limit
        return heading("What the model cannot know", style) + table.render(style, indent: 2)
            + (hidden > 0 ? "  " + style.paint("\(hidden) more, listed with --verbose", .faint) + "\n" : "")
    }

    private static func counters(of outcome: Outcome, _ style: TextStyle) -> String {
        let counters = outcome.counters
        let work = [
            count(counters.events, "event"), count(counters.apiWrites, "API write"),
            count(counters.reconciles, "reconcile"), count(counters.invariantChecks, "invariant check"),
        ]
        let virtual = SimulationTime.Span.seconds(Int64(clamping: counters.virtualSeconds)).text
        let wall = SimulationTime.Span.milliseconds(
            Int64(exactly: outcome.timings.simulateMilliseconds.rounded()) ?? 0)
        return style.paint("\(work.joined(separator: ", ")); \(virtual) rehearsed in \(wall.text)", .faint) + "\n"
    }

    /// `1 event`, `2 events`.
    static func count(_ count: some FixedWidthInteger, _ noun: String) -> String {
        "\(count) \(noun)\(count == 1 ? "" : "s")"
    }
}

extension Verdict {
    var tone: TextStyle.Tone {
        switch self {
        case .holds: .good
        case .violated: .bad
        case .inconclusive: .warning
        }
    }
}
