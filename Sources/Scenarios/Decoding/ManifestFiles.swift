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
            let names = context.files.files(below: resolved, context.problems, from: place).filter { name in
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

    /// A `List` taken apart; anything else as it is. Items of a typed list, as the API server sends them, leave out
    /// what the list says. Source: apimachinery, unstructured lists.
    static func flattened(_ document: Value) -> [Value] {
        guard let kind = document["kind"]?.text, kind.hasSuffix("List"), let items = document["items"] else {
            return [document]
        }
        if items.isNull { return [] }
        guard case .array(let elements) = items.content else { return [document] }
        return elements.flatMap { element -> [Value] in
            guard kind != "List", case .object = element.content else { return flattened(element) }
            var object = element
            if object["apiVersion"] == nil { object["apiVersion"] = document["apiVersion"] }
            if object["kind"] == nil { object["kind"] = Value(.string(Symbol(kind.dropLast(4))), element.origin) }
            return flattened(object)
        }
    }

    private func isObject(_ value: Value) -> Bool {
        var missing: String?
        if value["apiVersion"]?.text == nil { missing = "apiVersion" }
        if value["kind"]?.text == nil { missing = "kind" }
        if value.at("metadata", "name")?.text == nil, value.at("metadata", "generateName")?.text == nil {
            missing = missing ?? "metadata.name"
        }
        if let items = value["items"], value["kind"]?.text?.hasSuffix("List") == true, missing == "metadata.name" {
            context.problems.error("wrong-type", "'items' must be a list, not \(items.typeName)", at: items.origin)
            return false
        }
        guard let missing else { return true }
        context.problems.error("no-object", "a Kubernetes object needs '\(missing)'", at: value.origin)
        return false
    }
}
