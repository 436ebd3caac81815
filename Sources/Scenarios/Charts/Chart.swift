import ClusterSimulation

/// A chart folder: what `helm template` makes of it for one release.
struct Chart {
    /// Where `values.yaml`, `Chart.yaml`, `templates/` and `crds/` are.
    var tree: FileTree
    /// The version where the folder has no `Chart.yaml`.
    var version: Symbol

    /// The release that a source asks for.
    struct Release {
        var name: Symbol
        var namespace: Symbol
        /// `helm.skipCrds`.
        var skipsDefinitions: Bool
    }

    /// Why no manifests could be made.
    struct Failure: Error {
        /// What `helm template` prints after `Error: `.
        var message: String
        /// Whether real Helm would render this chart, so that the failure is the model's own.
        var isUnknown = false
        var origin: Origin = .none
    }

    /// Values in the order of their precedence, lowest first, laid over the chart's own.
    func values(_ layers: [Value]) throws(Failure) -> Value {
        var values = Value(.object([]))
        if let file = tree["values.yaml"] { values = ChartValues.merged(values, with: try Self.document(file)) }
        for layer in layers { values = ChartValues.merged(values, with: layer) }
        return values
    }

    /// A file of values: one mapping, or nothing.
    static func document(_ file: FileTree.File) throws(Failure) -> Value {
        let (documents, failure) = TextReader.documents(file)
        if let failure { throw Failure(message: "failed to parse \(file.path): \(failure.message)") }
        guard let document = documents.first, !document.isNull else { return Value(.object([])) }
        return document
    }

    /// The objects of the templates, in byte order of the files.
    func render(
        _ release: Release, values: Value, templates: TemplateStore,
        budget: ManifestBudget = ManifestBudget(inputSize: 0)
    ) throws(Failure) -> [Value] {
        var objects: [Value] = []
        if !release.skipsDefinitions {
            for file in tree.files where file.path.hasPrefix("crds/") && Self.isManifest(file.path) {
                let (documents, failure) = TextReader.documents(file)
                if let failure { throw Failure(message: "failed to parse \(file.path): \(failure.message)") }
                objects += documents.filter { !$0.isNull }
            }
        }
        let scope = try scope(release, values)
        for file in tree.files where file.path.hasPrefix("templates/") && Self.isManifest(file.path) {
            let name = file.path.split(separator: "/").last ?? ""
            if name.hasPrefix("_") { continue }
            objects += try render(file, scope, templates, budget)
        }
        return objects
    }

    private static func isManifest(_ path: String) -> Bool {
        [".yaml", ".yml", ".json"].contains { path.hasSuffix($0) }
    }

    private func scope(_ release: Release, _ values: Value) throws(Failure) -> Value {
        var chart = Value.object(["Name": "", "Version": Value(version), "AppVersion": Value(version)])
        if let file = tree["Chart.yaml"] {
            let document = try Self.document(file)
            chart = .object([
                "Name": document["name"], "Version": document["version"] ?? Value(version),
                "AppVersion": document["appVersion"],
            ])
        }
        return .object([
            "Values": values, "Chart": chart,
            "Release": .object(["Name": Value(release.name), "Namespace": Value(release.namespace)]),
        ])
    }

    private func render(
        _ file: FileTree.File, _ scope: Value, _ templates: TemplateStore, _ budget: ManifestBudget
    ) throws(Failure) -> [Value] {
        let template: Template
        switch templates.template(file) {
        case .success(let parsed): template = parsed
        case .failure(let refusal):
            throw Failure(message: refusal.message, isUnknown: true, origin: refusal.origin)
        }
        do {
            var renderer = TemplateRenderer(template, scope: scope, budget: budget)
            let (text, lines) = try renderer.render()
            let (documents, failure) = TextReader.documents(text, shownAs: file.shownPath, lines: lines)
            if let failure {
                throw Failure(message: "YAML parse error on \(file.path): \(failure.message)")
            }
            return documents.filter { !$0.isNull }
        } catch let refusal as Template.Refusal {
            let place = refusal.origin.location.map { "\(file.path):\($0.line):\($0.column): " } ?? ""
            throw Failure(
                message: "template: \(place)executing \"\(file.path)\" \(refusal.message)",
                isUnknown: refusal.isUnknown, origin: refusal.origin)
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(message: "\(error)")
        }
    }
}

/// Parsed templates by file.
final class TemplateStore {
    private var templates: [String: Result<Template, Template.Refusal>] = [:]

    func template(_ file: FileTree.File) -> Result<Template, Template.Refusal> {
        if let template = templates[file.shownPath] { return template }
        let template = Template.parse(file)
        templates[file.shownPath] = template
        return template
    }
}
