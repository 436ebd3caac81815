package import Foundation

/// Where the repository's own files are, seen from its tests.
package enum TestFiles {
    /// The folder of the repository, without a slash at its end.
    package static let root: String = {
        let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        return parts.dropLast(3).joined(separator: "/")
    }()

    package static let scenarios = root + "/scenarios"

    /// The place of a path below the repository.
    package static func url(_ path: String) -> URL { URL(fileURLWithPath: root).appendingPathComponent(path) }

    /// The text of a file below the repository; throws where it cannot be read.
    package static func text(_ path: String) throws -> String {
        try String(contentsOf: url(path), encoding: .utf8)
    }

    /// The files below a folder of the repository, sorted: paths from the repository's root.
    package static func files(below folder: String) -> [String] {
        let found = FileManager.default.enumerator(atPath: root + "/" + folder)?.compactMap { $0 as? String } ?? []
        return found.map { "\(folder)/\($0)" }.filter { path in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: root + "/" + path, isDirectory: &isFolder)
                && !isFolder.boolValue
        }.sorted()
    }
}
