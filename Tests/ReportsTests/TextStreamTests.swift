import ClusterSimulation
import Testing

@testable import Reports

@Suite struct TextStreamTests {
    @Test(arguments: [TextStyle.plain, TextStyle(isColoured: true, width: 80)])
    func `the parts are the report`(style: TextStyle) {
        var results = [Outcomes.consolidation, Outcomes.quiet].map { ScenarioResult($0) }
        results.append(ScenarioResult(scenario: "broken", error: "a:1:1: error: x"))
        for count in 0...results.count {
            let some = Array(results.prefix(count))
            var stream = TextStream(style: style)
            let parts = some.map { stream.next($0) }.joined()
            #expect(parts + stream.end() == ReportFormat.text.render(some, style: style))
            let lines = some.map { SuiteReport.part($0, style: style) }.joined()
            #expect(lines + SuiteReport.end(of: some, style: style) == SuiteReport.render(some, style: style))
        }
    }
}
