import ClusterSimulation

/// A kustomization: `resources` and `namespace`; whatever else it says is refused, not passed over.
///
/// Source: Kubernetes documentation of kustomize; the namespace transformer's fields.
struct KustomizeSource {
    /// The repository, and the folder in it.
    var tree: FileTree
    var path: String
    var budget = ManifestBudget(inputSize: 0)

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
        return try build(path, within: [], &count).objects
    }

    /// - Parameter open: the folders of the kustomizations that led here.
    private func build(
        _ folder: String, within open: [String], _ count: inout Int
    ) throws(Failure) -> KustomizeResources {
        guard !open.contains(folder) else {
            throw Failure(
                message: "accumulating resources: cycle detected: candidate root '<path to cached source>/\(folder)' "
                    + "contains visited root '<path to cached source>/\(folder)'")
        }
        count += 1
        guard open.count < 64, count <= Self.kustomizationsMax else {
            throw Failure(message: "more than \(Self.kustomizationsMax) kustomizations in one build", isUnknown: true)
        }
        let document = try kustomization(folder)
        var resources = KustomizeResources()
        for entry in (document["resources"]?.elements ?? []) + (document["bases"]?.elements ?? []) {
            guard let text = entry.text else { continue }
            try accumulate(text, entry.origin, folder, within: open, &resources, &count)
        }
        if let namespace = document["namespace"]?.symbol, !namespace.isEmpty {
            let transformer = NamespaceTransformer(namespace, resources.objects)
            var moved = KustomizeResources()
            if let id = moved.add(resources.objects.map(transformer.transformed)) {
                throw Failure(message: "namespace transformation produces ID conflict: \(id)")
            }
            return moved
        }
        return resources
    }

    /// The kustomization of a folder.
    private func kustomization(_ folder: String) throws(Failure) -> Value {
        guard let file = Self.file(in: tree, folder) else {
            throw Failure(
                message: "unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in "
                    + "directory '<path to cached source>/\(folder)'")
        }
        let (documents, failure) = try read(file, from: .none)
        if let failure { throw Failure(message: failure.message) }
        let document = documents.first { !$0.isNull } ?? Value(.object([]))
        let known: [Symbol] = ["apiVersion", "kind", "metadata", "resources", "bases", "namespace"]
        for field in document.fields where !known.contains(field.key) && !field.value.isNull {
            throw Failure(
                message: "kustomizations are read for 'resources' and 'namespace', not for '\(field.key)'",
                isUnknown: true, origin: field.keyOrigin)
        }
        if document.fields.allSatisfy({ $0.value.isNull || $0.key == "apiVersion" || $0.key == "kind" }) {
            throw Failure(message: "kustomization.yaml is empty")
        }
        return document
    }

    private func accumulate(
        _ text: String, _ origin: Origin, _ folder: String, within open: [String],
        _ resources: inout KustomizeResources, _ count: inout Int
    ) throws(Failure) {
        if text.contains("://") || text.hasPrefix("git@") || text.hasPrefix("github.com/") {
            throw Failure(message: "remote resource '\(text)' is not at hand", isUnknown: true, origin: origin)
        }
        let path = ScenarioFiles.join(folder, text)
        let place = "<path to cached source>/\(path)"
        if let file = tree[path] {
            let (documents, failure) = try read(file, from: origin)
            if let failure { throw Failure(message: "accumulating resources from '\(text)': \(failure.message)") }
            guard let id = resources.add(documents.filter { !$0.isNull }.flatMap(ManifestFiles.flattened)) else {
                return
            }
            throw Failure(
                message: "accumulating resources: accumulation err='merging resources from '\(text)': "
                    + "may not add resource with an already registered id: \(id)': must build at directory: '\(place)': "
                    + "file is not directory")
        }
        guard tree.hasFolder(path) else {
            throw Failure(
                message: "accumulating resources: accumulation err='accumulating resources from '\(text)': open "
                    + "\(place): no such file or directory'")
        }
        let base = try build(path, within: open + [folder], &count)
        do throws(ManifestBudget.Exhausted) {
            try budget.admit(objects: resources.objects.count + base.objects.count)
        } catch {
            throw Failure(message: error.message, isUnknown: true, origin: origin)
        }
        guard let id = resources.add(base.objects) else { return }
        throw Failure(
            message: "accumulating resources: accumulation err='accumulating resources from '\(text)': read \(place): "
                + "is a directory': recursed merging from path '\(place)': "
                + "may not add resource with an already registered id: \(id)")
    }

    /// The documents of a file, which count as often as a kustomization names them.
    private func read(_ file: FileTree.File, from origin: Origin) throws(Failure) -> TextReader.Documents {
        do throws(ManifestBudget.Exhausted) {
            try budget.spend(text: file.bytes.count)
        } catch {
            throw Failure(message: error.message, isUnknown: true, origin: origin)
        }
        return TextReader.documents(file)
    }
}

/// Objects by their ids, as one kustomization has gathered them.
///
/// Source: kustomize `api/resmap`, `resWrangler.Append`: no id twice, where `default` and no namespace are the same.
private struct KustomizeResources {
    private(set) var objects: [Value] = []
    private var ids: Set<ID> = []

    private struct ID: Hashable {
        var apiVersion: Symbol
        var kind: Symbol
        var name: Symbol
        var namespace: Symbol
    }

    /// Adds objects up to the first whose id is there already; returns that id as kustomize writes it.
    mutating func add(_ added: [Value]) -> String? {
        for object in added {
            let namespace = object.at("metadata", "namespace")?.symbol ?? .empty
            let isNamespaced = NamespaceTransformer.isNamespaced(object)
            let id = ID(
                apiVersion: object["apiVersion"]?.symbol ?? .empty, kind: object["kind"]?.symbol ?? .empty,
                name: object.at("metadata", "name")?.symbol ?? .empty,
                namespace: !isNamespaced ? .empty : namespace.isEmpty ? "default" : namespace)
            guard ids.insert(id).inserted else { return Self.text(id, namespace) }
            objects.append(object)
        }
        return nil
    }

    private static func text(_ id: ID, _ namespace: Symbol) -> String {
        let groupVersion = GroupVersion(id.apiVersion)
        let group = groupVersion.group.isEmpty ? "[noGrp]" : groupVersion.group.text
        let version = id.apiVersion.text.split(separator: "/").last.map(String.init) ?? "[noVer]"
        return "\(id.kind.isEmpty ? "[noKind]" : id.kind.text).\(version).\(group)/"
            + "\(id.name.isEmpty ? "[noName]" : id.name.text).\(namespace.isEmpty ? "[noNs]" : namespace.text)"
    }
}

/// What `namespace:` of a kustomization changes.
private struct NamespaceTransformer {
    let namespace: Symbol
    /// Names of the ServiceAccounts that are built along; subjects that name them move too.
    private let accounts: Set<Symbol>
    /// Names of the Services that are built along.
    private let services: Set<Symbol>

    init(_ namespace: Symbol, _ objects: [Value]) {
        self.namespace = namespace
        func names(_ kind: Symbol) -> Set<Symbol> {
            Set(objects.filter { $0["kind"]?.symbol == kind }.compactMap { $0.at("metadata", "name")?.symbol })
        }
        accounts = names("ServiceAccount")
        services = names("Service")
    }

    func transformed(_ object: Value) -> Value {
        var object = object
        let kind = object["kind"]?.symbol ?? .empty
        if kind == "Namespace", object["apiVersion"]?.text == "v1" {
            object["metadata"] = setting("name", in: object["metadata"])
        } else if Self.isNamespaced(object) {
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

    private struct GroupKind: Hashable {
        var group: Symbol
        var kind: Symbol
    }

    private static let builtIns: [GroupKind: Bool] = Dictionary(
        Kind.builtIns.map { (GroupKind(group: $0.group, kind: $0.kind), $0.namespaced) },
        uniquingKeysWith: { first, _ in first })

    /// Kinds that are not built in count as namespaced, as kustomize takes them.
    static func isNamespaced(_ object: Value) -> Bool {
        let groupVersion = GroupVersion(object["apiVersion"]?.symbol ?? .empty)
        return builtIns[GroupKind(group: groupVersion.group, kind: object["kind"]?.symbol ?? .empty)] ?? true
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
