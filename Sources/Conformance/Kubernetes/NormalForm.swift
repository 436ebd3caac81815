import ClusterSimulation

/// Objects in the form of the recordings: what a client relies on, without times, uids and resource versions.
struct NormalForm {
    /// Whether single fields of data, containers and ports are shown as well.
    var isDetailed: Bool
    /// The operator whose recording this is; nil: of Kubernetes alone.
    var recorded: RecordedOperator?
    /// The certificates that were shown so far.
    let certificates = CertificateNumbers()

    init(isDetailed: Bool, recorded: RecordedOperator? = nil) {
        self.isDetailed = isDetailed
        self.recorded = recorded
    }

    /// The objects of a trace's namespaces and its volumes; namespaces and volumes that are gone say so.
    func settled(_ simulation: Simulation, _ names: RecordedNames) -> [Value] {
        var plain = self
        plain.isDetailed = false
        var objects: [Value] = []
        let namespaces = (names.listedNamespaces + names.namespaces.filter { !names.listedNamespaces.contains($0) })
            .filter { simulation.state.exists(key(.namespace, $0, simulation)) }
        for kind in simulation.servedKindIDs {
            for name in namespaces {
                for key in simulation.objects(of: kind, in: name) {
                    let document = simulation.document(of: key)
                    if !isLeftOut(document, names) { objects.append(plain.object(document, names)) }
                }
            }
        }
        var made = names.namespaces.map { (KindID.namespace, $0) } + names.volumes.map { (.persistentVolume, $0) }
        made += names.clusterObjects.map {
            (simulation.tables.kindIDDefiningIfNeeded(apiVersion: $0.apiVersion, kind: $0.kind), $0.name)
        }
        for (kind, name) in made {
            let key = key(kind, name, simulation)
            if simulation.state.exists(key) {
                objects.append(plain.object(simulation.document(of: key), names))
            } else {
                let kind = simulation.tables.kind(kind).kind
                objects.append(["gone": true, "kind": Value(kind), "name": Value(name)])
            }
        }
        return objects
    }

    private func key(_ kind: KindID, _ name: Symbol, _ simulation: Simulation) -> ObjectKey {
        simulation.tables.key(kind, .empty, name)
    }

    /// What the recorder leaves out: events, the ConfigMap that is in every namespace, and kinds that it did not list.
    static func isLeftOut(_ document: Value) -> Bool {
        let kind = document["kind"]?.symbol
        return kind == "Event" || kind == "ControllerRevision" || kind == "PodDisruptionBudget"
            || (kind == "ConfigMap" && document.at("metadata", "name")?.symbol == "kube-root-ca.crt")
    }

    private func isLeftOut(_ document: Value, _ names: RecordedNames) -> Bool {
        if Self.isLeftOut(document) { return true }
        guard let recorded else { return false }
        let kind = document["kind"]?.symbol ?? .empty
        let namespace = document.at("metadata", "namespace")?.symbol ?? .empty
        if !names.namespaces.contains(namespace) { return !recorded.listedKinds.contains(kind) }
        return Self.leftOutOfOperators.contains(kind)
    }

    /// One object.
    func object(_ document: Value, _ names: RecordedNames) -> Value {
        let metadata = document["metadata"] ?? nil
        let kind = document["kind"] ?? nil
        let isOrphanedSet = kind.symbol == "ReplicaSet" && (metadata["ownerReferences"]?.elements ?? []).isEmpty
        let hash = isOrphanedSet ? nil : metadata.at("labels", "pod-template-hash")?.text
        var form: Value = ["kind": kind]
        form["name"] = .string(Self.name(metadata, hash: hash))
        form["namespace"] = metadata["namespace"]
        if metadata["deletionTimestamp"] != nil { form["deleting"] = true }
        if let finalizers = nonEmpty(metadata["finalizers"]) { form["finalizers"] = finalizers }
        if let labels = nonEmpty(metadata["labels"]) { form["labels"] = names.recorded(labels) }
        let owners = (metadata["ownerReferences"]?.elements ?? []).map { owner -> Value in
            let ownerKind = owner["kind"]?.text ?? ""
            let name = Self.generated(owner["name"]?.text ?? "", hash: ownerKind == "ReplicaSet" ? hash : nil)
            return .string("\(ownerKind)/\(name)")
        }
        if !owners.isEmpty { form["owners"] = Value(.array(owners.sorted { ($0.text ?? "") < ($1.text ?? "") })) }
        addKindFields(&form, kind.symbol ?? .empty, document)
        addOperatorFields(&form, kind.symbol ?? .empty, document)
        return form
    }

    func nonEmpty(_ value: Value?) -> Value? {
        guard let value, !value.elements.isEmpty || !value.fields.isEmpty else { return nil }
        return value
    }

    /// Names that were generated end with `-*`; the hash of a Deployment's ReplicaSet is generated, too,
    /// as long as the Deployment owns it.
    private static func name(_ metadata: Value, hash: String?) -> String {
        let name = metadata["name"]?.text ?? ""
        guard let prefix = metadata["generateName"]?.text, name.hasPrefix(prefix) else {
            return generated(name, hash: hash)
        }
        return generated(String(prefix.dropLast()), hash: hash) + "-*"
    }

    private static func generated(_ name: String, hash: String?) -> String {
        guard let hash, !hash.isEmpty, name.hasSuffix("-" + hash) else { return name }
        return name.dropLast(hash.utf8.count) + "*"
    }

    /// One object a line, sorted: the order of a settled list says nothing.
    static func lines(_ objects: [Value]) -> String {
        objects.map { object in
            let key = "\(object["kind"]?.text ?? "") \(object["namespace"]?.text ?? "")/\(object["name"]?.text ?? "")"
            let fields = compared(object).filter { !["kind", "namespace", "name"].contains($0.key) }
            return ([key + ":"] + fields.map { "\($0.key)=\($0.value.sortedKeys.jsonText)" }.sorted())
                .joined(separator: " ")
        }.sorted().joined(separator: "\n")
    }

    /// One field a line, sorted.
    static func fieldLines(_ object: Value) -> [String] {
        compared(object).map { "object.\($0.key): \($0.value.sortedKeys.jsonText)" }.sorted()
    }

    /// The fields that are compared and shown: not the values of Secrets, which the model does not keep.
    private static func compared(_ object: Value) -> [Field] {
        object.fields.filter { object["kind"]?.symbol != "Secret" || $0.key != "values" }
    }
}

extension Value {
    /// The same content with the keys of every object sorted.
    var sortedKeys: Value {
        switch content {
        case .array(let elements): Value(.array(elements.map(\.sortedKeys)))
        case .object(let fields):
            Value(.object(fields.map { Field($0.key, $0.value.sortedKeys) }.sorted { $0.key.text < $1.key.text }))
        default: Value(content)
        }
    }
}
