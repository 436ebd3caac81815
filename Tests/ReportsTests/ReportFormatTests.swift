import ClusterSimulation
import Foundation
import Testing

@testable import Reports

@Suite struct ReportFormatTests {
    @Test(arguments: ReportFormat.allCases)
    func `a consolidation with problems`(format: ReportFormat) throws {
        try expectSnapshot(
            format.render(Outcomes.consolidation), suite: "ReportFormat", test: "consolidation",
            extension: format.fileExtension)
    }

    @Test(arguments: ReportFormat.allCases)
    func `a quiet scenario`(format: ReportFormat) throws {
        try expectSnapshot(
            format.render(Outcomes.quiet), suite: "ReportFormat", test: "quiet", extension: format.fileExtension)
    }

    @Test(arguments: ReportFormat.allCases)
    func `several results with expectations and an error`(format: ReportFormat) throws {
        let stuck = ScenarioResult.Expectation.ExpectedViolation(
            invariant: "no-stuck-termination", subject: Subject(kind: "Namespace", namespace: nil, name: "argo"))
        let results = [
            ScenarioResult(Outcomes.quiet, expectation: .init(unmet: ["verdict is holds, expected violated"])),
            ScenarioResult(Outcomes.inconclusive),
            ScenarioResult(onlyStuck, expectation: .init(violations: [stuck])),
            ScenarioResult(scenario: "broken.yaml", error: "broken.yaml:3:1: error: unknown field 'stepz'\n  stepz:"),
        ]
        try expectSnapshot(
            format.render(results), suite: "ReportFormat", test: "several", extension: format.fileExtension)
    }

    private var onlyStuck: Outcome {
        var outcome = Outcomes.quiet
        outcome.scenario = "expected-trouble"
        outcome.verdict = .violated
        outcome.violations = Outcomes.consolidation.violations.filter { $0.subject.name == "argo" }
        return outcome
    }

    @Test(arguments: ReportFormat.allCases)
    func `ends with one line break and has no trailing spaces`(format: ReportFormat) {
        for outcome in [Outcomes.consolidation, Outcomes.quiet, Outcomes.inconclusive] {
            let text = format.render(outcome)
            #expect(text.hasSuffix("\n") && !text.hasSuffix("\n\n"))
            for line in text.split(separator: "\n") { #expect(!line.hasSuffix(" "), "\(line)") }
        }
    }

    @Test(arguments: ReportFormat.allCases)
    func `lets no control character of a manifest through`(format: ReportFormat) {
        let text = format.render(Outcomes.consolidation)
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    }

    @Test func `every format is documented`() throws {
        let page = try TestFiles.text("docs/reading-a-report.md")
        for format in ReportFormat.allCases { #expect(page.contains("--format \(format.rawValue)")) }
    }
}
