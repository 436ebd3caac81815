import Foundation
import Manifests
@_exported import RehearseTestSupport
import Testing

@testable import Conformance

/// Recordings of the real components: a sample in the repository, and the whole set where it lies beside it.
enum Recordings {
    /// The sample, which is always there.
    static let sample = "\(TestFiles.root)/Tests/ConformanceTests/Recordings"

    /// The whole set; nil where it is not beside the repository.
    static let folder: String? = {
        var folder = URL(fileURLWithPath: TestFiles.root)
        for _ in 0..<4 {
            folder.deleteLastPathComponent()
            let recordings = folder.appendingPathComponent("shared/conformance")
            if FileManager.default.fileExists(atPath: recordings.path) { return recordings.path }
        }
        return nil
    }()

    static let missing: Comment = "the whole set of recordings is not beside the repository"

    /// The report of the suites of a name in a folder of recordings; reading the files must not complain.
    static func report(_ suite: String, in folder: String?) throws -> ConformanceReport {
        let diagnostics = DiagnosticCollector()
        let recordings = RecordingFolder(
            path: try #require(folder), selection: .init(suite: suite), diagnostics: diagnostics)
        let report = Conformance.run(recordings)
        #expect(diagnostics.text.isEmpty)
        #expect(!report.suites.isEmpty)
        return report
    }

    /// The suites of the sample, replayed once for all tests.
    static let sampleReport: ConformanceReport = {
        let recordings = RecordingFolder(path: sample, diagnostics: DiagnosticCollector())
        return Conformance.run(recordings)
    }()
}
