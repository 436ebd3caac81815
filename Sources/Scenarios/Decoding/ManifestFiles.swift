import ClusterSimulation
import Manifests

/// Reads files and folders of Kubernetes objects.
struct ManifestFiles {
    let context: DecodingContext

    init(_ context: DecodingContext) { self.context = context }

    /// The objects of a file, or of a folder's `.yaml`, `.yml` and `.json` files in byte order of their names, as
    /// `kubectl apply -f` takes them (not below subfolders). Lists are taken apart.
    func read(_ path: String, from place: Origin) -> [Value] {
        guard !hasTooMany(place), let resolved = context.resolve(path, at: place) else { return [] }
        let objects = objects(at: resolved, from: place)
        context.objectCount += objects.count
        return hasTooMany(place) ? [] : objects
    }

    /// Whether more objects were named than a scenario may have, each counted as often as it is named.
    private func hasTooMany(_ place: Origin) -> Bool {
        let most = ManifestLimits.objectsMax(inputSize: context.files.size)
        guard context.objectCount > most else { return false }
        context.problems.error(
            "too-many-objects", "a scenario may name at most \(most) objects, each counted as often as it is named",
            at: place)
        return true
    }

    private func objects(at resolved: String, from place: Origin) -> [Value] {
        switch context.files.entry(resolved) {
        case .missing:
            context.problems.error("missing-file", "no file '\(resolved)'", at: place)
            return []
        case .file:
            let (objects, isEmpty) = objects(ofFile: resolved, from: place)
            if isEmpty { reportEmpty("'\(resolved)' is empty: it holds no object", [resolved], at: place) }
            return objects
        case .folder:
            let names = context.files.files(below: resolved, context.problems, from: place).filter { name in
                !name.contains("/") && [".yaml", ".yml", ".json"].contains { name.hasSuffix($0) }
            }
            if names.isEmpty {
                context.problems.error("empty-folder", "no manifest in folder '\(resolved)'", at: place)
            }
            let paths = names.map { ScenarioFiles.join(resolved, $0) }
            let files = paths.map { objects(ofFile: $0, from: place) }
            let empty = zip(paths, files).filter(\.1.isEmpty).map(\.0)
            if empty.count == paths.count, !empty.isEmpty {
                reportEmpty("no file of folder '\(resolved)' holds an object", empty, at: place)
            } else {
                for path in empty {
                    context.problems.collector.warning("empty-manifest", "the file holds no object", path: path)
                }
            }
            return files.flatMap(\.objects)
        }
    }

    private func reportEmpty(_ message: String, _ paths: [String], at place: Origin) {
        let notes = paths.prefix(3).map { path in
            Diagnostic.Note("this file holds no object", location: SourceLocation(path: path, line: 1, column: 1))
        }
        context.problems.collector.error("empty-manifest", message, at: place, notes: Array(notes))
    }

    /// The objects of a file, taken apart once; and whether it holds nothing at all, and nothing else was told of it.
    private func objects(ofFile path: String, from place: Origin) -> (objects: [Value], isEmpty: Bool) {
        if let objects = context.objectsByPath[path] { return (objects, false) }
        let before = context.problems.errorCount
        var objects: [Value] = []
        var isEmpty = true
        for document in context.files.documents(path, context.problems, from: place) where !document.isNull {
            isEmpty = false
            let found = Self.flattened(document)
            if found.isEmpty {
                context.problems.warning("empty-manifest", "the list holds no object", at: document.origin)
            }
            for object in found where isObject(object) { objects.append(object) }
        }
        context.objectsByPath[path] = objects
        return (objects, isEmpty && context.problems.errorCount == before)
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
