import Reports
import Testing

@testable import Conformance

@Suite struct ReportTests {
    static let report = ConformanceReport(suites: [
        .init(
            name: "kubernetes/gc",
            cases: [
                .init(id: "gc-0001", request: "GET /a", expected: "code: 200", got: "code: 200"),
                .init(id: "gc-0002", request: "GET /b", expected: "code: 404\nreason: NotFound", got: "code: 404"),
                .init(id: "gc-0003", skipped: "not modelled"),
            ])
    ])

    @Test func `counts of cases`() {
        #expect(Self.report.passed == 1)
        #expect(Self.report.failed == 1)
        #expect(Self.report.skipped == 1)
    }

    @Test func `the first line that differs is shown`() {
        let failure = Self.report.suites[0].failures[0]
        #expect(failure.difference.expected == "reason: NotFound")
        #expect(failure.difference.got == "(nothing)")
        let text = ConformanceText.render(Self.report, style: .plain)
        #expect(text.contains("FAILED kubernetes/gc gc-0002 step 0"))
        #expect(text.contains("recorded: reason: NotFound"))
        #expect(text.contains("1 of 2 passed, 1 skipped"))
        #expect(text.contains("1 × not modelled"))
    }

    @Test func `a selection names a suite or the beginning of one`() {
        let selection = RecordingFolder.Selection(suite: "kubernetes/gc")
        #expect(selection.mayContain(source: "kubernetes"))
        #expect(!selection.mayContain(source: "dns"))
        #expect(selection.contains(suite: "kubernetes/gc"))
        #expect(!selection.contains(suite: "kubernetes/gcx"))
        #expect(RecordingFolder.Selection(suite: "kubernetes").contains(suite: "kubernetes/gc"))
    }
}
