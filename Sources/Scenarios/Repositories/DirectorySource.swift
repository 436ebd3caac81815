import ClusterSimulation

/// A directory of plain manifests, as Argo CD reads it.
///
/// Source: Argo CD documentation, "Directory"; errors as the repo server words them.
struct DirectorySource {
    var tree: FileTree
    /// `source.directory`.
    var options: Value

    func objects() -> Result<[Value], ManifestFailure> {
        let recurses = options["recurse"]?.boolean ?? false
        let include = Self.pattern(options["include"])
        let exclude = Self.pattern(options["exclude"])
        var objects: [Value] = []
        for file in tree.files where Self.isManifest(file.path) {
            if !recurses, file.path.contains("/") { continue }
            if let exclude, exclude.matches(file.path) { continue }
            if let include, !include.matches(file.path) { continue }
            let (documents, failure) = TextReader.documents(file)
            if let failure {
                // A file that cannot be read counts only where it looks like a manifest.
                guard !documents.isEmpty || Self.looksLikeManifest(file) else { continue }
                return .failure(
                    ManifestFailure(
                        "rpc error: code = FailedPrecondition desc = Failed to unmarshal \"\(Self.name(file))\": "
                            + failure.message))
            }
            for document in documents where !document.isNull {
                if document["kind"]?.text == nil || document["apiVersion"]?.text == nil {
                    guard Self.looksLikeManifest(file) else { continue }
                    return .failure(
                        ManifestFailure(
                            "rpc error: code = FailedPrecondition desc = Failed to unmarshal \"\(Self.name(file))\": "
                                + "Object 'Kind' is missing in a document of the file"))
                }
                objects += ManifestFiles.flattened(document)
            }
        }
        return .success(objects)
    }

    /// `directory.include` and `directory.exclude`; nil where nothing is said. Source: Argo CD documentation,
    /// "Directory", and its pattern library used without separators, to which `**` is `*`.
    private static func pattern(_ value: Value?) -> GlobAlternatives? {
        guard let text = value?.text, !text.isEmpty else { return nil }
        return GlobAlternatives(text)
    }

    private static func isManifest(_ path: String) -> Bool {
        [".yaml", ".yml", ".json"].contains { path.hasSuffix($0) }
    }

    private static func name(_ file: FileTree.File) -> String { String(file.path.split(separator: "/").last ?? "") }

    private static func looksLikeManifest(_ file: FileTree.File) -> Bool {
        let text = String(decoding: file.bytes, as: UTF8.self)
        return ["apiVersion:", "kind:", "metadata:"].allSatisfy(text.contains)
    }
}
