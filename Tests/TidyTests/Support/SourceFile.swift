import Foundation
@_exported import RehearseTestSupport

/// A file of the repository, line by line.
struct SourceFile {
    /// From the repository's root.
    var path: String
    var lines: [String]

    /// Throws where the file cannot be read as text.
    init(_ path: String) throws {
        self.path = path
        lines = try TestFiles.text(path).components(separatedBy: "\n")
        if lines.last == "" { lines.removeLast() }
    }

    /// The Swift files below a folder; throws where one cannot be read.
    static func swift(below folder: String) throws -> [SourceFile] {
        try TestFiles.files(below: folder).filter { $0.hasSuffix(".swift") }.map(SourceFile.init)
    }

    /// The lines outside of comments in which a pattern is found, without their indents.
    func lines<Output>(with pattern: Regex<Output>) -> [String] {
        lines.map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.hasPrefix("//") && $0.contains(pattern) }
    }
}
