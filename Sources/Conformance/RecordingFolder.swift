package import ClusterSimulation
package import Manifests

/// A folder of recordings, and which of them are asked for.
package struct RecordingFolder: Sendable {
    /// Which suites and cases are compared.
    package struct Selection: Sendable {
        /// A suite's name, or the beginning of it up to a slash; nil for all.
        package var suite: String?
        /// A case's id; nil for all.
        package var caseID: String?

        package init(suite: String? = nil, caseID: String? = nil) {
            self.suite = suite
            self.caseID = caseID
        }

        /// Whether a source can have suites that are asked for.
        package func mayContain(source: String) -> Bool {
            guard let suite else { return true }
            return suite == source || suite.hasPrefix(source + "/")
        }

        package func contains(suite name: String) -> Bool {
            guard let suite else { return true }
            return name == suite || name.hasPrefix(suite + "/")
        }

        package func contains(case id: String) -> Bool { caseID == nil || caseID == id }
    }

    package let path: String
    package let selection: Selection
    /// Problems of the files, with their places.
    package let diagnostics: DiagnosticCollector
    /// Health scripts that are run for the kinds that have one, in place of what the model has for them.
    package var health: CustomHealth?

    package init(path: String, selection: Selection = Selection(), diagnostics: DiagnosticCollector) {
        self.path = path
        self.selection = selection
        self.diagnostics = diagnostics
    }

    /// The document of a file below the folder; nil where there is no such file, or where it cannot be read: the latter
    /// is reported.
    package func document(_ name: String) -> Value? {
        let file = path + "/" + name
        guard InputFiles.kind(file) == .file else { return nil }
        var reader = DocumentReader(diagnostics: diagnostics)
        reader.allowsSecretKeyLists = true
        return reader.read(path: file, format: .json).first
    }

    /// The first object of a YAML file below the folder; nil where there is none. What the file has that this program would
    /// refuse, such as a key that is written twice, is no fault of the recording.
    package func manifest(_ name: String) -> Value? {
        let file = path + "/" + name
        guard InputFiles.kind(file) == .file else { return nil }
        return DocumentReader(diagnostics: DiagnosticCollector()).read(path: file).first
    }

    /// The JSON files of a folder below this one, sorted by name: paths for `document`. An empty name is this folder.
    package func files(in name: String) -> [String] {
        guard InputFiles.kind(path + "/" + name) == .folder else { return [] }
        do {
            let prefix = path + "/"
            return try InputFiles.files(in: name.isEmpty ? path : prefix + name).filter { $0.hasSuffix(".json") }
                .map { String($0.dropFirst(prefix.count)) }.sorted()
        } catch {
            diagnostics.error("unreadable-file", "cannot read the folder: \(error.reason)", path: path + "/" + name)
            return []
        }
    }

    /// Whether the text of a file below the folder holds another text.
    func mentions(_ text: String, in name: String) -> Bool {
        guard let bytes = try? InputFiles.read(path + "/" + name, sizeMax: 64 << 20) else { return false }
        return String(decoding: bytes, as: UTF8.self).contains(text)
    }
}
