package import Foundation
package import Testing

/// Compares text with the golden file `Snapshots/<suite>.<test>.<extension>` of the test target that asks.
///
/// A missing file is written and the test fails, and so it is for every file with `RECORD_SNAPSHOTS=1`: a run that
/// records is never a run that passes.
///
/// - Parameter advice: what to do where the two differ, added to the failure.
package func expectSnapshot(
    _ text: String, suite: String, test: String, extension fileExtension: String, advice: String = "",
    testFile: String = #filePath, sourceLocation: Testing.SourceLocation = #_sourceLocation
) throws {
    let target = testFile.dropFirst(TestFiles.root.count).split(separator: "/").prefix(2).joined(separator: "/")
    try expectSnapshot(
        text, file: TestFiles.url("\(target)/Snapshots/\(suite).\(test).\(fileExtension)"), advice: advice,
        sourceLocation: sourceLocation)
}

/// As above, with a golden file anywhere, such as a page of the documentation.
package func expectSnapshot(
    _ text: String, file: URL, advice: String = "", sourceLocation: Testing.SourceLocation = #_sourceLocation
) throws {
    let isRecording = ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1"
    guard !isRecording, let data = try? Data(contentsOf: file) else {
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        Issue.record("recorded \(file.lastPathComponent); run again without recording", sourceLocation: sourceLocation)
        return
    }
    let golden = String(decoding: data, as: UTF8.self)
    guard golden != text else { return }
    let expected = golden.split(separator: "\n", omittingEmptySubsequences: false)
    let got = text.split(separator: "\n", omittingEmptySubsequences: false)
    let line =
        zip(expected, got).enumerated().first { $0.element.0 != $0.element.1 }?.offset
        ?? min(expected.count, got.count)
    Issue.record(
        """
        \(file.lastPathComponent) differs from line \(line + 1) on
        expected: \(line < expected.count ? String(expected[line]) : "(end)")
        got:      \(line < got.count ? String(got[line]) : "(end)")
        \(advice)
        """, sourceLocation: sourceLocation)
}
