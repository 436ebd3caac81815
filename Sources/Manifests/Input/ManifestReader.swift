package import ClusterSimulation

/// Reads Kubernetes manifests from files and folders: multi-document YAML, JSON, `List` objects.
package struct ManifestReader: Sendable {
    /// What to do with a document that has neither `apiVersion` nor `kind`, such as values of a chart.
    package enum OtherDocuments: Sendable {
        case refuse
        case skip
    }

    package var documents: DocumentReader
    package var otherDocuments: OtherDocuments
    package var diagnostics: DiagnosticCollector { documents.diagnostics }

    package init(diagnostics: DiagnosticCollector, otherDocuments: OtherDocuments = .refuse) {
        documents = DocumentReader(diagnostics: diagnostics)
        self.otherDocuments = otherDocuments
    }

    /// The objects of files and folders, in the order of the paths; a folder's files sorted by path.
    package func read(paths: [String]) -> [Manifest] {
        paths.flatMap { read(path: $0) }
    }

    /// The objects of a file or, recursively, of a folder.
    package func read(path: String) -> [Manifest] {
        guard InputFiles.kind(path) == .folder else { return manifests(in: documents.read(path: path)) }
        do {
            return try InputFiles.files(in: path).flatMap { manifests(in: documents.read(path: $0)) }
        } catch {
            diagnostics.error("unreadable-file", "cannot read the folder: \(error.reason)", path: path)
            return []
        }
    }

    /// The objects of a text that no file holds.
    package func read(
        text: String, path: String, format: DocumentReader.Format = .detected, lineMap: LineMap? = nil
    ) -> [Manifest] {
        manifests(in: documents.read(text: text, path: path, format: format, lineMap: lineMap))
    }

    /// The objects that documents stand for: `List`s are taken apart, documents that are no objects reported.
    package func manifests(in documents: [Value]) -> [Manifest] {
        var manifests: [Manifest] = []
        for document in documents { collect(document, into: &manifests) }
        return manifests
    }

    private func collect(_ document: Value, into manifests: inout [Manifest]) {
        guard case .object = document.content else {
            if otherDocuments == .skip { return }
            return diagnostics.error(
                "not-an-object", "a Kubernetes object must be a mapping, not \(document.typeName)",
                at: document.origin)
        }
        if otherDocuments == .skip, document["apiVersion"] == nil, document["kind"] == nil { return }
        let apiVersion = text("apiVersion", of: document, in: document, code: "missing-api-version")
        let kind = text("kind", of: document, in: document, code: "missing-kind")
        guard let apiVersion, let kind else { return }
        if let items = document["items"], case .array(let elements) = items.content, kind.text.hasSuffix("List") {
            for element in elements {
                collect(completed(element, apiVersion: apiVersion, listKind: kind), into: &manifests)
            }
            return
        }
        guard let metadata = document["metadata"], case .object = metadata.content else {
            return diagnostics.error(
                "missing-name", "\(kind) has no metadata.name", at: document["metadata"]?.origin ?? document.origin)
        }
        var generateName: Symbol?
        if metadata["name"] == nil, let prefix = metadata["generateName"]?.symbol, !prefix.isEmpty {
            generateName = prefix
        }
        let name =
            generateName == nil
            ? text("name", of: metadata, in: document, code: "missing-name", called: "metadata.name") : .empty
        guard let name else { return }
        var namespace: Symbol?
        if let value = metadata["namespace"], !value.isNull {
            guard let symbol = value.symbol else {
                return reportNoString("metadata.namespace", value)
            }
            if !symbol.isEmpty { namespace = symbol }
        }
        manifests.append(
            Manifest(
                value: document, apiVersion: apiVersion, kind: kind, namespace: namespace, name: name,
                generateName: generateName))
    }

    /// A required text field.
    private func text(
        _ key: Symbol, of object: Value, in document: Value, code: String, called name: String? = nil
    ) -> Symbol? {
        let name = name ?? key.text
        let subject = document["kind"]?.text.map { $0.isEmpty ? "the object" : $0 } ?? "the object"
        guard let value = object[key], !value.isNull else {
            let close = NameSuggestion.closest(to: key.text, among: object.fields.map(\.key.text))
            let field = object.fields.first { $0.key.text == close }
            diagnostics.error(
                code, "\(subject) has no \(name)", at: object.origin,
                notes: field.map { [.init("'\($0.key)' is written here", origin: $0.keyOrigin)] } ?? [])
            return nil
        }
        guard let symbol = value.symbol else {
            reportNoString(name, value)
            return nil
        }
        guard !symbol.isEmpty else {
            diagnostics.error(code, "\(subject) has an empty \(name)", at: value.origin)
            return nil
        }
        return symbol
    }

    /// YAML reads names such as `n`, `on` and `12` as something else.
    private func reportNoString(_ name: String, _ value: Value) {
        let isScalar = value.typeName != "array" && value.typeName != "object"
        diagnostics.error(
            "invalid-name",
            "\(name) must be a string, not \(value.typeName)\(isScalar ? "; put it in quotes" : "")",
            at: value.origin)
    }

    /// Items of a typed list, as the API server sends them, leave out what the list says. Source: apimachinery,
    /// unstructured lists.
    private func completed(_ item: Value, apiVersion: Symbol, listKind: Symbol) -> Value {
        guard case .object(var fields) = item.content, listKind != "List" else { return item }
        if item["kind"] == nil {
            fields.insert(Field("kind", Value(.string(Symbol(listKind.text.dropLast(4))), item.origin)), at: 0)
        }
        if item["apiVersion"] == nil {
            fields.insert(Field("apiVersion", Value(.string(apiVersion), item.origin)), at: 0)
        }
        return Value(.object(fields), item.origin)
    }
}
