import Foundation
import Testing

/// The committed report of the incident is what this build writes.
@Suite struct SampleReportTests {
    private static let sample = "reports/namespace-consolidation.md"

    @Test func `the sample report is current`() throws {
        let rehearse = Command(folder: Command.root)
        let result = try rehearse("report", "scenarios/namespace-consolidation/scenario.yaml")
        try #require(result.status == 0, "\(result.errors)")
        let sample = try rehearse.read(Self.sample)
        let isEqual = result.output == sample
        #expect(isEqual, "\(Self.sample) is out of date: `make report-sample` writes it")
    }
}
