package import ClusterSimulation
internal import Foundation
internal import Manifests

/// Every file a scenario consists of, read once and before anything is simulated; their digest is the input's.
package final class ScenarioFiles {
    /// The most files a scenario may have, its repositories included.
    package static let filesMax = 100_000
    /// The largest file that is read: 64 MiB.
    package static let bytesMax = 64 << 20

    /// The most bytes of all files together: 1 GiB.
    package static let bytesOfAllMax = 1 << 30

    /// Why a file is not read.
    package struct Refusal: Error, Sendable { package var reason: String }

    private var bytesByPath: [String: [UInt8]] = [:]
    private var bytesOfAll = 0
    private var documentsByPath: [String: [Value]] = [:]
    private var namesByFolder: [String: [String]] = [:]
    private var treesByFolder: [String: FileTree] = [:]
    private var hash = StableHash()
    /// Values of Secrets by what equal ones have in common, numbered as they were first seen.
    private var secretNumbers: [String: UInt64] = [:]
    private let root: String
    /// Where files may lie; nil where the command line names every one.
    let roots: InputRoots?

    /// - Parameters:
    ///   - root: the folder of the scenario file; paths in the digest are relative to it, so that the same scenario
    ///     has the same digest in another place.
    ///   - roots: where the files may lie; nil for anywhere.
    package init(root: String, roots: InputRoots? = nil) {
        self.root = root
        self.roots = roots
    }

    /// The bytes of all files read so far.
    package var size: Int { bytesOfAll }

    /// The digest of everything read so far: 16 hexadecimal digits. Of values of Secrets only their lengths, and which
    /// are equal, go into it.
    package func digest(with options: [String]) -> String {
        var hash = hash
        for option in options { hash.combine(option) }
        let digits = String(hash.value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// Bytes that stand for a file of that name.
    package func provide(_ bytes: [UInt8], as path: String) {
        bytesByPath[path] = bytes
        bytesOfAll += bytes.count
        fold(bytes, path)
    }

    private func fold(_ bytes: [UInt8], _ path: String) {
        hash.combine(path.hasPrefix(root) ? String(path.dropFirst(root.count)) : path)
        let text = DigestibleText(bytes, path: path)
        text.bytes.withUnsafeBytes { hash.combine($0) }
        for secret in text.secrets {
            let number = secretNumbers[secret] ?? UInt64(secretNumbers.count)
            secretNumbers[secret] = number
            hash.combine(number)
        }
    }

    /// The bytes of a file, or why there are none.
    package func read(_ path: String) -> Result<[UInt8], Refusal> {
        if let bytes = bytesByPath[path] { return .success(bytes) }
        guard bytesByPath.count < Self.filesMax else {
            return .failure(Refusal(reason: "a scenario may have at most \(Self.filesMax) files"))
        }
        do {
            let sizeMax = min(Self.bytesMax, Self.bytesOfAllMax - bytesOfAll)
            let bytes = try InputFiles.read(path, sizeMax: sizeMax, where: roots.map { roots in { roots.allow($0) } })
            bytesByPath[path] = bytes
            bytesOfAll += bytes.count
            fold(bytes, path)
            return .success(bytes)
        } catch {
            return .failure(Refusal(reason: error.reason))
        }
    }

    /// The documents of a file. What is wrong with it is told once.
    package func documents(_ path: String, _ problems: Problems, from place: Origin) -> [Value] {
        if let documents = documentsByPath[path] { return documents }
        var documents: [Value] = []
        switch read(path) {
        case .success(let bytes):
            documents = DocumentReader(diagnostics: problems.collector).read(bytes: bytes, path: path)
        case .failure(let refusal):
            if entry(path) == .missing {
                problems.error("missing-file", "no file '\(path)'", at: place)
            } else {
                problems.error("unreadable-file", "cannot read '\(path)': \(refusal.reason)", at: place)
            }
        }
        documentsByPath[path] = documents
        return documents
    }

    package enum Entry { case file, folder, missing }

    package func entry(_ path: String) -> Entry {
        switch InputFiles.kind(path) {
        case .file: .file
        case .folder: .folder
        case .missing: .missing
        }
    }

    /// The tree of a folder, made once.
    func tree(_ folder: String, make: () -> FileTree) -> FileTree {
        if let tree = treesByFolder[folder] { return tree }
        let tree = make()
        treesByFolder[folder] = tree
        return tree
    }

    /// The files below a folder, `/`-separated and relative to it, in byte order. Hidden files and folders are left
    /// out. A link to a file within the folder counts as that file; other links, and what cannot be read, are told
    /// once.
    package func files(below folder: String, _ problems: Problems, from place: Origin) -> [String] {
        if let names = namesByFolder[folder] { return names }
        let names = walk(folder, problems, from: place)
        namesByFolder[folder] = names
        return names
    }

    private func walk(_ folder: String, _ problems: Problems, from place: Origin) -> [String] {
        guard !InputFiles.hasNUL(folder) else { return [] }
        var found: [String] = []
        var open = [""]
        var visited = 0
        while let relative = open.popLast() {
            let path = relative.isEmpty ? folder : Self.join(folder, relative)
            guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
                problems.error("unreadable-file", "cannot read folder '\(path)'", at: place)
                continue
            }
            for name in names.sorted() where !name.hasPrefix(".") {
                let inner = relative.isEmpty ? name : "\(relative)/\(name)"
                let shown = Self.join(folder, inner)
                switch (try? FileManager.default.attributesOfItem(atPath: shown))?[.type] as? FileAttributeType {
                case .typeDirectory?: open.append(inner)
                case .typeRegular?: found.append(inner)
                case .typeSymbolicLink? where Self.isFile(shown, within: folder): found.append(inner)
                case .typeSymbolicLink?:
                    problems.warning(
                        "link-not-followed", "the link '\(shown)' leads to no file of its folder", at: place)
                default: problems.warning("unreadable-file", "'\(shown)' is no file", at: place)
                }
            }
            visited += names.count
            if visited > 2 * Self.filesMax || found.count > Self.filesMax {
                problems.error(
                    "too-many-files", "folder '\(folder)' has more than \(Self.filesMax) files", at: place)
                break
            }
        }
        return found.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
    }

    private static func isFile(_ link: String, within folder: String) -> Bool {
        guard InputFiles.kind(link) == .file, let target = InputFiles.realPath(link),
            let root = InputFiles.realPath(folder)
        else { return false }
        return target.hasPrefix(root + "/")
    }

    // MARK: Paths

    /// The folder of a file, without a slash at the end; `.` where the path names none.
    package static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// `inner` seen from `folder`, with `.` and `..` resolved as far as the text allows.
    package static func join(_ folder: String, _ inner: String) -> String {
        if inner.hasPrefix("/") { return normal(inner) }
        return normal(folder.isEmpty || folder == "." ? inner : "\(folder)/\(inner)")
    }

    /// A path without empty parts, `.` and resolvable `..`.
    package static func normal(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/", omittingEmptySubsequences: true) where part != "." {
            if part == "..", let last = parts.last, last != ".." {
                parts.removeLast()
            } else if part == "..", path.hasPrefix("/") {
                continue
            } else {
                parts.append(part)
            }
        }
        let joined = parts.joined(separator: "/")
        return path.hasPrefix("/") ? "/" + joined : joined.isEmpty ? "." : joined
    }
}
