package import ClusterSimulation
internal import Foundation
internal import Manifests

/// Every file a scenario consists of, read once and before anything is simulated; their digest is the input's.
package final class ScenarioFiles {
    /// The most files a scenario may have, its repositories included.
    package static let filesMax = 100_000
    /// The largest file that is read: 64 MiB.
    package static let bytesMax = 64 << 20

    private var bytesByPath: [String: [UInt8]] = [:]
    private var documentsByPath: [String: [Value]] = [:]
    private var hash = StableHash()
    private let root: String

    /// - Parameter root: the folder of the scenario file; paths in the digest are relative to it, so that the same
    ///   scenario has the same digest in another place.
    package init(root: String) { self.root = root }

    /// The digest of everything read so far: 16 hexadecimal digits.
    package func digest(with options: [String]) -> String {
        var hash = hash
        for option in options { hash.combine(option) }
        let digits = String(hash.value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// Bytes that stand for a file of that name.
    package func provide(_ bytes: [UInt8], as path: String) {
        bytesByPath[path] = bytes
        hash.combine(path)
        bytes.withUnsafeBytes { hash.combine($0) }
    }

    /// The bytes of a file; nil where it cannot be read or is too large.
    package func bytes(_ path: String) -> [UInt8]? {
        if let bytes = bytesByPath[path] { return bytes }
        guard bytesByPath.count < Self.filesMax, let data = FileManager.default.contents(atPath: path),
            data.count <= Self.bytesMax
        else { return nil }
        let bytes = [UInt8](data)
        bytesByPath[path] = bytes
        hash.combine(path.hasPrefix(root) ? String(path.dropFirst(root.count)) : path)
        bytes.withUnsafeBytes { hash.combine($0) }
        return bytes
    }

    /// The documents of a file. What is wrong with it is told once.
    package func documents(_ path: String, _ problems: Problems, from place: Origin) -> [Value] {
        if let documents = documentsByPath[path] { return documents }
        guard let bytes = bytes(path) else {
            let exists = FileManager.default.fileExists(atPath: path)
            problems.error(
                exists ? "unreadable-file" : "missing-file",
                exists ? "cannot read '\(path)'" : "no file '\(path)'", at: place)
            documentsByPath[path] = []
            return []
        }
        let documents = DocumentReader(diagnostics: problems.collector).read(bytes: bytes, path: path)
        documentsByPath[path] = documents
        return documents
    }

    package enum Entry { case file, folder, missing }

    package func entry(_ path: String) -> Entry {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return .missing }
        return isFolder.boolValue ? .folder : .file
    }

    /// The files below a folder, `/`-separated and relative to it, in byte order. Hidden files and folders are left
    /// out; links out of the folder are not followed.
    package func files(below folder: String) -> [String] {
        var found: [String] = []
        var open = [""]
        while let relative = open.popLast() {
            let path = relative.isEmpty ? folder : Self.join(folder, relative)
            for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] where !name.hasPrefix(".") {
                let inner = relative.isEmpty ? name : "\(relative)/\(name)"
                let attributes = try? FileManager.default.attributesOfItem(atPath: Self.join(folder, inner))
                switch attributes?[.type] as? FileAttributeType {
                case .typeDirectory?: open.append(inner)
                case .typeRegular?: found.append(inner)
                default: break
                }
            }
            if found.count > Self.filesMax { break }
        }
        return found.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
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
