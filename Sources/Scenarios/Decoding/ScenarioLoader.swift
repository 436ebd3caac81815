import ClusterSimulation

/// Reads a scenario with every file that it names, and says everything that is wrong at once.
package enum ScenarioLoader {
    package static let apiVersion = "rehearse.dev/v1alpha1"
    /// The file of a folder that is given instead of a file.
    package static let defaultFileName = "scenario.yaml"

    /// The most parts of a scenario, each counted as often as it is included.
    private static let includesMax = 1000

    /// The most bytes of the parts of a scenario, each counted as often as it is included: 16 MiB.
    private static let includedBytesMax = 16 << 20

    /// The name of a scenario that was piped in; its paths are relative to the working folder.
    package static let standardInputName = "<stdin>"

    /// - Parameters:
    ///   - given: the scenario's file, or its folder.
    ///   - roots: folders beside the scenario's own whose files it may name.
    ///   - standardInput: the scenario's bytes, where no file holds them.
    /// - Returns: the scenario, nil where a problem is an error; and the problems.
    package static func load(
        path given: String, roots: [String] = [], standardInput: [UInt8]? = nil
    ) -> (scenario: Scenario?, problems: Problems) {
        var path = standardInput == nil ? ScenarioFiles.normal(given) : standardInputName
        if ScenarioFiles(root: "").entry(path) == .folder { path = ScenarioFiles.join(path, defaultFileName) }
        let folder = ScenarioFiles.folder(of: path)
        let files = ScenarioFiles(
            root: folder == "." ? "" : folder + "/", roots: InputRoots(folder: folder, named: roots))
        if let standardInput { files.provide(standardInput, as: path) }
        let context = DecodingContext(files: files, folder: folder)
        guard let document = document(path, kind: "Scenario", context, from: .none) else {
            return (nil, context.problems)
        }
        let top = FieldReader(document, .scenario, context)
        _ = (top.value("apiVersion"), top.value("kind"))
        var name: String?
        var description: String?
        if let metadata = top.required("metadata") {
            let reader = FieldReader(metadata, .metadata, context)
            name = reader.text("name", required: true)
            description = reader.text("description")
            _ = (reader.value("labels"), reader.value("annotations"))
            reader.finish()
        }
        let spec = top.required("spec").map { spec in
            var included = Included()
            return merged(spec, context, within: [path], &included)
        }
        top.finish()
        guard let spec else { return (nil, context.problems) }
        let scenario = ScenarioDecoder(context).decode(
            spec, name: name ?? "", description: description ?? "", path: path)
        return (context.problems.hasErrors ? nil : scenario, context.problems)
    }

    /// The one document of a file, if it has the right `apiVersion` and `kind`.
    private static func document(
        _ path: String, kind: String, _ context: DecodingContext, from place: Origin
    ) -> Value? {
        let before = context.problems.errorCount
        let documents = context.files.documents(path, context.problems, from: place).filter { !$0.isNull }
        guard let document = documents.first else {
            if context.problems.errorCount == before {
                context.problems.error("empty-file", "'\(path)' holds no \(kind)", at: place)
            }
            return nil
        }
        if documents.count > 1 {
            context.problems.error(
                "several-documents", "a file holds one \(kind), '\(path)' has \(documents.count) documents",
                at: documents[1].origin)
        }
        let found = document["kind"]?.text ?? ""
        let version = document["apiVersion"]?.text ?? ""
        guard found == kind, version == apiVersion else {
            context.problems.error(
                "wrong-kind", "expected apiVersion \(apiVersion) and kind \(kind), found '\(version)' and '\(found)'",
                at: (document["kind"] ?? document).origin)
            return nil
        }
        return document
    }

    /// What was included so far, each part counted as often as it is included.
    private struct Included {
        var count = 0
        var bytes = 0
    }

    /// A `spec` with its included parts merged in: lists appended, maps merged, the including file wins.
    ///
    /// - Parameter open: the files that led here, the scenario first.
    private static func merged(
        _ spec: Value, _ context: DecodingContext, within open: [String], _ included: inout Included
    ) -> Value {
        guard let include = spec["include"] else { return spec }
        var spec = spec
        spec["include"] = nil
        guard open.count <= 8 else {
            context.problems.error("include-depth", "parts include each other more than 8 deep", at: include.origin)
            return spec
        }
        guard case .array(let paths) = include.content else {
            context.problems.error(
                "wrong-type", "'include' must be a list, not \(include.typeName)", at: include.origin)
            return spec
        }
        var base: Value?
        for element in paths {
            guard let path = element.text else {
                context.problems.error(
                    "wrong-type", "'include' must list texts, not \(element.typeName)", at: element.origin)
                continue
            }
            guard let file = context.resolve(path, at: element.origin) else { continue }
            guard !open.contains(file) else {
                context.problems.error("include-cycle", "'\(file)' includes itself", at: element.origin)
                continue
            }
            included.count += 1
            included.bytes += (try? context.files.read(file).get().count) ?? 0
            guard included.count <= includesMax, included.bytes <= includedBytesMax else {
                context.problems.error(
                    "too-many-includes",
                    "a scenario may have at most \(includesMax) included parts of \(includedBytesMax) bytes in all",
                    at: element.origin)
                break
            }
            guard let part = document(file, kind: "ScenarioPart", context, from: element.origin) else { continue }
            let top = FieldReader(part, .scenario, context)
            top.object("metadata", .metadata)?.finish()
            top.finish()
            guard let inner = top.required("spec") else { continue }
            let resolved = merged(inner, context, within: open + [file], &included)
            base = base.map { merge($0, with: resolved) } ?? resolved
        }
        return base.map { merge($0, with: spec) } ?? spec
    }

    /// `upper` laid over `lower`: lists appended, maps merged, else `upper`.
    static func merge(_ lower: Value, with upper: Value) -> Value {
        switch (lower.content, upper.content) {
        case (.array(let first), .array(let second)): return Value(.array(first + second), upper.origin)
        case (.object(var result), .object(let fields)):
            var places: [Symbol: Int] = [:]
            for (index, field) in result.enumerated() { places[field.key] = index }
            for field in fields {
                if let index = places[field.key] {
                    result[index].value = merge(result[index].value, with: field.value)
                } else {
                    result.append(field)
                }
            }
            return Value(.object(result), upper.origin)
        default: return upper
        }
    }
}
