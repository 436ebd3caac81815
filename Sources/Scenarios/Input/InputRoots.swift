internal import Manifests

/// The folders below which the files of a scenario may lie.
///
/// A scenario may come from anyone, such as the author of a pull request, and messages show lines of its files: so it
/// names no file but its own, those of its suite, and those below a folder that the command line says. What counts
/// is where a path leads once links are followed.
package struct InputRoots: Sendable {
    /// Real paths: absolute, without links and without a slash at the end, but for the root of the file system.
    private var folders: [String] = []
    /// The real path of the scenario's own folder.
    private let own: String

    /// - Parameters:
    ///   - folder: the folder of the scenario file, or of an index, as the command line or an index names it.
    ///   - named: folders that the command line says besides (`--root`, the folder of a suite).
    package init(folder: String, named: [String] = []) {
        own = InputFiles.realPath(folder) ?? ""
        guard !own.isEmpty else { return }
        folders.append(own)
        if let suite = Self.suite(of: own) { folders.append(suite) }
        // The current directory, and the folder that holds the scenario's folder where the command line says both.
        for candidate in [".", ScenarioFiles.folder(of: folder)] {
            if candidate != ".", !folder.contains("/") { continue }
            guard let real = InputFiles.realPath(candidate), real != "/", Self.isPath(own, below: real) else {
                continue
            }
            folders.append(real)
        }
        folders += named.compactMap(InputFiles.realPath)
    }

    /// The nearest folder above that has an index of scenarios.
    private static func suite(of folder: String) -> String? {
        var folder = ScenarioFiles.folder(of: folder)
        while folder != "/" {
            if InputFiles.kind("\(folder)/\(ScenarioSuite.indexName)") == .file { return folder }
            folder = ScenarioFiles.folder(of: folder)
        }
        return nil
    }

    /// Whether a real path may be read.
    package func allow(_ real: String) -> Bool {
        guard folders.contains(where: { Self.isPath(real, below: $0) }) else { return false }
        return !isHidden(real)
    }

    /// Whether a path, which need not exist, leads to what may be read.
    package func allow(pathAsWritten path: String) -> Bool {
        var existing = path
        var rest: [Substring] = []
        while true {
            if let real = InputFiles.realPath(existing) {
                return allow(rest.isEmpty ? real : (real == "/" ? "" : real) + "/" + rest.joined(separator: "/"))
            }
            guard existing != ".", existing != "/", existing != ".." else { return false }
            rest.insert(existing.split(separator: "/").last ?? "", at: 0)
            existing = ScenarioFiles.folder(of: existing)
        }
    }

    /// What belongs to git holds credentials of a checkout; outside of the scenario's own folder hidden files are
    /// those of other programs.
    private func isHidden(_ real: String) -> Bool {
        let ours = own.split(separator: "/")
        let parts = Array(real.split(separator: "/"))
        var shared = 0
        while shared < min(ours.count, parts.count), ours[shared] == parts[shared] { shared += 1 }
        let rest = parts[shared...]
        return rest.contains(".git") || (shared < ours.count && rest.contains { $0.hasPrefix(".") })
    }

    private static func isPath(_ path: String, below folder: String) -> Bool {
        path == folder || path.hasPrefix(folder == "/" ? "/" : folder + "/")
    }
}

/// The text of a path in a scenario.
enum InputPath {
    /// The longest path and the longest name in it, in bytes: what Linux takes.
    private static let bytesMax = 4095
    private static let nameBytesMax = 255

    /// Why no file can have this path; nil where one can.
    static func fault(_ path: String) -> String? {
        if path.isEmpty { return "a path must not be empty" }
        if path.utf8.contains(0) { return "a path must not hold a NUL character" }
        if path.unicodeScalars.contains(where: { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }) {
            return "a path must not hold control characters"
        }
        if path.utf8.count > bytesMax { return "a path must have at most \(bytesMax) bytes" }
        if path.utf8.split(separator: UInt8(ascii: "/")).contains(where: { $0.count > nameBytesMax }) {
            return "a name in a path must have at most \(nameBytesMax) bytes"
        }
        return nil
    }
}
