import Foundation
import Manifests
import Testing

@testable import Conformance

/// Where the recordings lie beside the repository.
enum Recordings {
    static let folder: String? = {
        var folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        for _ in 0..<6 {
            folder.deleteLastPathComponent()
            let recordings = folder.appendingPathComponent("shared/conformance")
            if FileManager.default.fileExists(atPath: recordings.path) { return recordings.path }
        }
        return nil
    }()

    static let missing: Comment = "the recordings are not beside the repository"

    /// The report of the suites of a name; reading the files must not complain.
    static func report(_ suite: String) throws -> ConformanceReport {
        let diagnostics = DiagnosticCollector()
        let path = try #require(folder)
        let report = Conformance.run(
            RecordingFolder(path: path, selection: .init(suite: suite), diagnostics: diagnostics))
        #expect(diagnostics.text.isEmpty)
        #expect(!report.suites.isEmpty)
        return report
    }
}

/// The model against the recordings. A suite that has once passed wholly is listed here and may not fall back.
@Suite struct RecordedConformanceTests {
    static let whole = [
        "argocd-cases", "argocd-health/builtin", "argocd-health/scripts",
        "coredns-cases", "dns",
        "kubernetes/apply", "kubernetes/crds", "kubernetes/discovery", "kubernetes/errors", "kubernetes/gc",
        "kubernetes/lifecycle", "kubernetes/lists", "kubernetes/patches", "kubernetes/quota", "kubernetes/rbac",
        "kubernetes/services", "kubernetes/storage", "kubernetes/subresources", "kubernetes/teardown",
        "kubernetes/webhooks", "kubernetes/workloads",
    ]

    /// Cases in which the real components took one of two ways by chance, both times when they were recorded.
    static let chance = [
        // The collector of unscheduled Pods, which looks every 20 s, saw a Pod that a finalizer holds.
        "teardown-0008",
        // Of two volumes of the same size, the later one.
        "storage-0014",
        // The collector of Pods on nodes that do not exist, which looks every 20 s, came right after a deletion.
        "subresources-0012",
    ]

    @Test(.enabled(if: Recordings.folder != nil, Recordings.missing), arguments: whole)
    func `as recorded`(suite: String) throws {
        let report = try Recordings.report(suite)
        for failure in report.suites.flatMap(\.failures) where !Self.chance.contains(failure.case) {
            Issue.record("\(failure.case) step \(failure.step): \(failure.request)\n\(failure.difference)")
        }
    }
}
