package import Foundation

/// A new folder with these files (path to text) that is there for one test; throws what `body` throws, or why the folder
/// cannot be written.
@discardableResult
package func withTemporaryFolder<Result>(
    _ files: [String: String] = [:], _ body: (URL) throws -> Result
) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("rehearse-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (path, text) in files {
        let file = folder.appendingPathComponent(path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }
    return try body(folder)
}

/// A copy of a folder of the repository that is there for one test and may be changed by it.
@discardableResult
package func withCopy<Result>(of path: String, _ body: (URL) throws -> Result) throws -> Result {
    try withTemporaryFolder { folder in
        let copy = folder.appendingPathComponent((path as NSString).lastPathComponent)
        try FileManager.default.copyItem(at: TestFiles.url(path), to: copy)
        return try body(copy)
    }
}
