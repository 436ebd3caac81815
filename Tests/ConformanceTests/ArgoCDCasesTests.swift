import ClusterSimulation
import Manifests
import Testing

@testable import Conformance

/// Argo CD's rules against its own tests, restated.
@Suite struct ArgoCDCasesTests {
    @Test(.enabled(if: Recordings.folder != nil, Recordings.missing))
    func `every row is as Argo CD has it`() throws {
        let report = try Recordings.report("argocd-cases", in: Recordings.folder)
        #expect(report.suites.count == 13)
        #expect(report.skipped == 0)
        for failure in report.suites.flatMap(\.failures) {
            Issue.record("\(failure.case): \(failure.request)\nexpected \(failure.expected)\ngot \(failure.got)")
        }
    }

    /// The rows are put to the rules that a rehearsal follows: another release's rule answers otherwise.
    @Test(.enabled(if: Recordings.folder != nil, Recordings.missing))
    func `a rule of another release fails a row`() throws {
        let folder = RecordingFolder(path: try #require(Recordings.folder), diagnostics: DiagnosticCollector())
        let older = Versions().flipping(.missingObjectsIgnored)
        let failures = ArgoCDCases.suites(of: folder, under: older).flatMap(\.failures)
        // One missing Pod makes the Application Missing; where all are, they are named as the causes.
        #expect(failures.map(\.case) == ["one-missing", "all-missing", "all-missing-with-hook"])
    }
}
