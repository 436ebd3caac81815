package import ClusterSimulation
internal import Synchronization

/// The text files of a folder: what a revision of a repository, an overlay or a chart consists of.
package struct FileTree: Sendable {
    package struct File: Sendable {
        /// Relative to the tree's root, `/`-separated.
        package var path: String
        /// Shared by all trees that have the file.
        let text: FileText

        package init(path: String, shownPath: String, bytes: [UInt8]) {
            self.init(path: path, text: FileText(shownPath: shownPath, bytes: bytes))
        }

        init(path: String, text: FileText) {
            self.path = path
            self.text = text
        }

        /// The file as the user would name it.
        package var shownPath: String { text.shownPath }
        package var bytes: [UInt8] { text.bytes }
    }

    /// In byte order of their paths.
    package private(set) var files: [File]
    private var indices: [String: Int]

    package init(_ files: [File] = []) {
        self.init(sorted: files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) })
    }

    private init(sorted files: [File]) {
        self.files = files
        indices = [:]
        for (index, file) in files.enumerated() { indices[file.path] = index }
    }

    package subscript(path: String) -> File? { indices[path].map { files[$0] } }

    /// The tree with another laid over it, and some files taken out.
    package func overlaid(by overlay: FileTree, removing removed: [String]) -> FileTree {
        let removed = Set(removed)
        let kept = files.filter { overlay[$0.path] == nil && !removed.contains($0.path) }
        return FileTree(kept + overlay.files)
    }

    /// Whether there is a folder of that path: `.` always is.
    package func hasFolder(_ path: String) -> Bool {
        if path == "." { return true }
        let prefix = path + "/"
        let index = lowerBound(prefix)
        return index < files.count && files[index].path.utf8.starts(with: prefix.utf8)
    }

    /// The index of the first file whose path does not come before a text.
    private func lowerBound(_ text: String) -> Int {
        var low = 0
        var high = files.count
        while low < high {
            let middle = (low + high) / 2
            if files[middle].path.utf8.lexicographicallyPrecedes(text.utf8) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The part of the tree below a folder, with paths relative to it.
    package func folder(_ path: String) -> FileTree {
        if path == "." { return self }
        let prefix = path + "/"
        let inside = files[lowerBound(prefix)...].prefix { $0.path.utf8.starts(with: prefix.utf8) }
        return FileTree(
            sorted: inside.map { File(path: String($0.path.utf8.dropFirst(prefix.utf8.count)) ?? "", text: $0.text) })
    }

    /// Reads the files of a folder that can say something about a cluster: YAML, JSON and templates. What cannot be
    /// read is told, so that no file is missing without a word.
    package static func read(
        _ folder: String, _ input: ScenarioFiles, _ problems: Problems, from place: Origin
    ) -> FileTree {
        input.tree(folder) { readFiles(folder, input, problems, from: place) }
    }

    private static func readFiles(
        _ folder: String, _ input: ScenarioFiles, _ problems: Problems, from place: Origin
    ) -> FileTree {
        var files: [File] = []
        for path in input.files(below: folder, problems, from: place) where isOfInterest(path) {
            let shown = ScenarioFiles.join(folder, path)
            switch input.read(shown) {
            case .success(let bytes): files.append(File(path: path, shownPath: shown, bytes: bytes))
            case .failure(let refusal):
                problems.error("unreadable-file", "cannot read '\(shown)': \(refusal.reason)", at: place)
            }
        }
        return FileTree(files)
    }

    private static func isOfInterest(_ path: String) -> Bool {
        let name = path.split(separator: "/").last ?? ""
        return [".yaml", ".yml", ".json", ".tpl"].contains { name.hasSuffix($0) } || name == "Kustomization"
    }
}

/// One file's text, read as YAML or JSON at most once: the same file in two revisions has the same documents.
final class FileText: Sendable {
    let shownPath: String
    let bytes: [UInt8]
    private let known = Mutex<TextReader.Documents?>(nil)

    init(shownPath: String, bytes: [UInt8]) {
        self.shownPath = shownPath
        self.bytes = bytes
    }

    var documents: TextReader.Documents {
        known.withLock { known in
            if let known { return known }
            let documents = TextReader.read(bytes, shownAs: shownPath)
            known = documents
            return documents
        }
    }
}
