import ClusterSimulation

/// Reads files and folders of Kubernetes objects.
struct ManifestFiles {
    let context: DecodingContext

    init(_ context: DecodingContext) { self.context = context }

    /// The objects of a file, or of a folder's `.yaml`, `.yml` and `.json` files in byte order of their names, as
    /// `kubectl apply -f` takes them (not below subfolders). Lists are taken apart.
    func read(_ path: String, from place: Origin) -> [Value] {
        let resolved = context.resolve(path)
        switch context.files.entry(resolved) {
        case .missing:
            context.problems.error("missing-file", "no file '\(resolved)'", at: place)
            return []
        case .file: return objects(resolved, from: place)
        case .folder:
            let names = context.files.files(below: resolved).filter { name in
                !name.contains("/") && [".yaml", ".yml", ".json"].contains { name.hasSuffix($0) }
            }
            if names.isEmpty {
                context.problems.error("empty-folder", "no manifest in folder '\(resolved)'", at: place)
            }
            return names.flatMap { objects(ScenarioFiles.join(resolved, $0), from: place) }
        }
    }

    private func objects(_ path: String, from place: Origin) -> [Value] {
        var objects: [Value] = []
        for document in context.files.documents(path, context.problems, from: place) where !document.isNull {
            for object in Self.flattened(document) where isObject(object) { objects.append(object) }
        }
        return objects
    }

    /// A `List` taken apart; anything else as it is.
    static func flattened(_ document: Value) -> [Value] {
        guard document["kind"]?.text?.hasSuffix("List") == true, let items = document["items"] else { return [document] }
        return items.elements.flatMap(flattened)
    }

    private func isObject(_ value: Value) -> Bool {
        var missing: String?
        if value["apiVersion"]?.text == nil { missing = "apiVersion" }
        if value["kind"]?.text == nil { missing = "kind" }
        if value.at("metadata", "name")?.text == nil, value.at("metadata", "generateName")?.text == nil {
            missing = missing ?? "metadata.name"
        }
        guard let missing else { return true }
        context.problems.error("no-object", "a Kubernetes object needs '\(missing)'", at: value.origin)
        return false
    }
}
