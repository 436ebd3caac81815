import ClusterSimulation

/// A kustomization: `resources` and `namespace`; whatever else it says is refused, not passed over.
///
/// Source: Kubernetes documentation of kustomize; the namespace transformer's fields.
struct KustomizeSource {
    /// The repository, and the folder in it.
    var tree: FileTree
    var path: String

    /// Why nothing could be built.
    struct Failure: Error {
        var message: String
        /// Whether kustomize itself would build it.
        var isUnknown = false
        var origin: Origin = .none
    }

    static let fileNames = ["kustomization.yaml", "kustomization.yml", "Kustomization"]

    static func file(in tree: FileTree, _ path: String) -> FileTree.File? {
        fileNames.lazy.compactMap { tree[ScenarioFiles.join(path, $0)] }.first
    }

    /// Kustomizations that one build may read; each that is named twice is read twice.
    private static let kustomizationsMax = 1000

    func objects() throws(Failure) -> [Value] {
        var count = 0
        return try build(path, within: [], &count)
    }

    /// - Parameter open: the folders of the kustomizations that led here.
    private func build(_ folder: String, within open: [String], _ count: inout Int) throws(Failure) -> [Value] {
        guard !open.contains(folder) else {
            throw Failure(
                message: "accumulating resources: cycle detected: candidate root '<path to cached source>/\(folder)' "
                    + "contains visited root '<path to cached source>/\(folder)'")
        }
        count += 1
        guard open.count < 64, count <= Self.kustomizationsMax else {
            throw Failure(message: "more than \(Self.kustomizationsMax) kustomizations in one build", isUnknown: true)
        }
        guard let file = Self.file(in: tree, folder) else {
            throw Failure(
                message: "unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in "
                    + "directory '<path to cached source>/\(folder)'")
        }
        let (documents, failure) = TextReader.documents(file)
        if let failure { throw Failure(message: failure.message) }
        let document = documents.first { !$0.isNull } ?? Value(.object([]))
        let known: [Symbol] = ["apiVersion", "kind", "metadata", "resources", "bases", "namespace"]
        for field in document.fields where !known.contains(field.key) && !field.value.isNull {
            throw Failure(
                message: "kustomizations are read for 'resources' and 'namespace', not for '\(field.key)'",
                isUnknown: true, origin: field.keyOrigin)
        }
        var objects: [Value] = []
        for entry in (document["resources"]?.elements ?? []) + (document["bases"]?.elements ?? []) {
            guard let text = entry.text else { continue }
            objects += try resource(text, entry.origin, folder, within: open, &count)
        }
        if let namespace = document["namespace"]?.symbol, !namespace.isEmpty {
            let transformer = NamespaceTransformer(namespace, objects)
            objects = objects.map(transformer.transformed)
        }
        return objects
    }

    private func resource(
        _ text: String, _ origin: Origin, _ folder: String, within open: [String], _ count: inout Int
    ) throws(Failure) -> [Value] {
        if text.contains("://") || text.hasPrefix("git@") || text.hasPrefix("github.com/") {
            throw Failure(message: "remote resource '\(text)' is not at hand", isUnknown: true, origin: origin)
        }
        let path = ScenarioFiles.join(folder, text)
        if let file = tree[path] {
            let (documents, failure) = TextReader.documents(file)
            if let failure { throw Failure(message: "accumulating resources from '\(text)': \(failure.message)") }
            return documents.filter { !$0.isNull }.flatMap(ManifestFiles.flattened)
        }
        if tree.hasFolder(path) { return try build(path, within: open + [folder], &count) }
        throw Failure(
            message: "accumulating resources: accumulation err='accumulating resources from '\(text)': open "
                + "<path to cached source>/\(path): no such file or directory'")
    }
}

/// What `namespace:` of a kustomization changes.
private struct NamespaceTransformer {
    let namespace: Symbol
    /// Names of the ServiceAccounts that are built along; subjects that name them move too.
    private let accounts: [Symbol]
    /// Names of the Services that are built along.
    private let services: [Symbol]

    init(_ namespace: Symbol, _ objects: [Value]) {
        self.namespace = namespace
        func names(_ kind: Symbol) -> [Symbol] {
            objects.filter { $0["kind"]?.symbol == kind }.compactMap { $0.at("metadata", "name")?.symbol }
        }
        accounts = names("ServiceAccount")
        services = names("Service")
    }

    func transformed(_ object: Value) -> Value {
        var object = object
        let kind = object["kind"]?.symbol ?? .empty
        if kind == "Namespace", object["apiVersion"]?.text == "v1" {
            object["metadata"] = setting("name", in: object["metadata"])
        } else if isNamespaced(object) {
            object["metadata"] = setting("namespace", in: object["metadata"])
        }
        switch kind {
        case "RoleBinding", "ClusterRoleBinding": object["subjects"] = object["subjects"].map(subjects)
        case "APIService":
            object["spec"] = object["spec"].map { spec in
                var spec = spec
                if spec["service"] != nil { spec["service"] = setting("namespace", in: spec["service"]) }
                return spec
            }
        case "ValidatingWebhookConfiguration", "MutatingWebhookConfiguration":
            object["webhooks"] = object["webhooks"].map(webhooks)
        default: break
        }
        return object
    }

    private func setting(_ key: Symbol, in object: Value?) -> Value {
        var object = object ?? Value(.object([]))
        object[key] = Value(.string(namespace), object[key]?.origin ?? object.origin)
        return object
    }

    private static let builtIns: [Kind] = ClusterTables().kinds

    /// Kinds that are not built in count as namespaced, as kustomize takes them.
    private func isNamespaced(_ object: Value) -> Bool {
        let groupVersion = GroupVersion(object["apiVersion"]?.symbol ?? .empty)
        let kind = object["kind"]?.symbol
        return Self.builtIns.first { $0.group == groupVersion.group && $0.kind == kind }?.namespaced ?? true
    }

    private func subjects(_ list: Value) -> Value {
        Value(
            .array(
                list.elements.map { subject in
                    guard subject["kind"]?.text == "ServiceAccount", let name = subject["name"]?.symbol,
                        name == "default" || accounts.contains(name)
                    else { return subject }
                    return setting("namespace", in: subject)
                }), list.origin)
    }

    private func webhooks(_ list: Value) -> Value {
        Value(
            .array(
                list.elements.map { webhook in
                    guard let service = webhook.at("clientConfig", "service"), let name = service["name"]?.symbol,
                        services.contains(name), var config = webhook["clientConfig"]
                    else { return webhook }
                    var webhook = webhook
                    config["service"] = setting("namespace", in: service)
                    webhook["clientConfig"] = config
                    return webhook
                }), list.origin)
    }
}
