import ClusterSimulation
import Testing

@testable import Reports

@Suite struct TextReportTests {
    @Test func `verbose`() throws {
        try expectSnapshot(
            ReportFormat.text.render(Outcomes.consolidation, style: TextStyle(isVerbose: true)),
            suite: "TextReport", test: "verbose", extension: "txt")
    }

    @Test func `colour and a narrow terminal`() throws {
        try expectSnapshot(
            ReportFormat.text.render(Outcomes.consolidation, style: TextStyle(isColoured: true, width: 80)),
            suite: "TextReport", test: "colour-and-width", extension: "txt")
    }

    @Test func `colour adds nothing but colour`() {
        let plain = ReportFormat.text.render(Outcomes.consolidation)
        var coloured = ReportFormat.text.render(Outcomes.consolidation, style: TextStyle(isColoured: true))
        for code in ["1", "32", "1;31", "33", "2", "0"] { coloured = coloured.replacing("\u{1B}[\(code)m", with: "") }
        #expect(coloured == plain)
        #expect(!plain.contains("\u{1B}"))
    }

    @Test func `large tables show what needs attention and count the rest`() {
        var outcome = Outcomes.consolidation
        for index in 0..<200 {
            outcome.pods.append(
                PodRow(namespace: "load", name: "web-\(index)", status: "Running", ready: "1/1", message: ""))
        }
        let text = ReportFormat.text.render(outcome)
        #expect(!text.contains("web-0"))
        #expect(text.contains("202 more, all running and ready, or completed"))
        #expect(text.contains("cto-tools-7d9f-abcde"))
    }

    @Test func `many intervals are added up`() {
        var outcome = Outcomes.quiet
        outcome.violations = (0..<50).map { index in
            Violation(
                invariant: "dns-names-resolve", kind: .always,
                subject: Subject(kind: "Service", namespace: "a", name: "b"),
                from: outcome.start + .seconds(Int64(index) * 10),
                to: outcome.start + .seconds(Int64(index) * 10 + 3),
                message: "no endpoints", remedy: "keep one replica", causes: [])
        }
        let text = ReportFormat.text.render(outcome, style: TextStyle(isVerbose: true))
        #expect(text.contains("… 40 more intervals"))
        #expect(text.contains("false in 50 intervals, together 2m30s"))
        #expect(ReportFormat.markdown.render(outcome).contains("40 more intervals | 2m |"))
    }

    @Test(
        arguments: [
            (0, "0s"), (250, "250ms"), (1000, "1s"), (1500, "1.5s"), (1050, "1.05s"), (59_999, "59.999s"),
            (60_000, "1m"), (3_475_000, "57m55s"), (36_600_000, "10h10m"), (183_845_000, "2d3h4m5s"), (-1500, "-1.5s"),
        ] as [(Int64, String)])
    func `lengths`(milliseconds: Int64, text: String) {
        #expect(SimulationTime.Span.milliseconds(milliseconds).text == text)
    }

    @Test(
        arguments: [
            ("abc", 3, "abc"), ("abcd", 3, "ab…"), ("日本語", 5, "日本…"), ("日本語", 4, "日…"), ("abc", 0, ""),
        ])
    func `cutting to a width`(text: String, width: Int, result: String) {
        #expect(text.cut(to: width) == result)
        #expect(text.cut(to: width).displayWidth <= width)
    }

    @Test func `wide characters keep columns aligned`() {
        var table = TextTable(["A", "B"])
        table.append([.init("日本"), "x"])
        table.append([.init("abcd"), "y"])
        #expect(table.render(.plain) == "A     B\n日本  x\nabcd  y\n")
    }

    @Test func `rows that end early leave no spaces behind`() {
        var table = TextTable(["NAME", "STATUS", "MESSAGE"])
        table.append(["a", "Running", ""])
        table.append(["b"])
        #expect(table.render(.plain, indent: 1) == " NAME  STATUS   MESSAGE\n a     Running\n b\n")
    }

    @Test func `the chains of a flapping problem share their beginning`() {
        let merge = Cause(at: .epoch, actor: "user", action: "merge", object: "#1")
        let first = Cause(at: .epoch + .seconds(1), actor: "argocd", action: "delete", object: "Service a/b")
        let second = Cause(at: .epoch + .seconds(2), actor: "argocd", action: "create", object: "Service a/b")
        let tree = CauseTree([[merge, first], [merge, second, first], [second]])
        #expect(
            tree.lines { "\($0.action) \($0.object)" } == [
                "merge #1", "├─ delete Service a/b", "└─ create Service a/b", "   └─ delete Service a/b",
                "create Service a/b",
            ])
    }
}
