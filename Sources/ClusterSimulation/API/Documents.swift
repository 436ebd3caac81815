extension Simulation {
    /// An object as the API returns it.
    package func document(of key: ObjectKey) -> Value { document(of: key, state[key], state.status(key)) }

    /// An object as the API returns it after a write that may have been its last.
    func documentAfterWrite(of key: ObjectKey) -> Value {
        if state.exists(key) || state.lastRemoved.key != key { return document(of: key) }
        return document(of: key, state.lastRemoved.row, state.lastRemoved.status)
    }

    private func document(of key: ObjectKey, _ row: ObjectRow, _ status: Status?) -> Value {
        let content = tables.content(key)
        let kind = kind(content.kind)
        var metadata: [(Symbol, Value?)] = [
            ("name", Value(content.name)),
            ("generateName", row.isNameGenerated ? .string(Self.generateName(of: content.name.text)) : nil),
            ("namespace", content.namespace.isEmpty ? nil : Value(content.namespace)),
            ("uid", .string(uidText(row.uid))),
            ("resourceVersion", .string("\(row.resourceVersion)")),
            ("generation", row.generation == 0 ? nil : .integer(Int(row.generation))),
            ("creationTimestamp", .string(row.created.rfc3339)),
            ("labels", row.labels.isEmpty ? nil : tables.map(row.labels).value),
            ("annotations", row.annotations.isEmpty ? nil : tables.map(row.annotations).value),
            ("finalizers", row.finalizers.isEmpty ? nil : .strings(tables.list(row.finalizers))),
            ("ownerReferences", row.owners.isEmpty ? nil : Value(.array(tables.owners(row.owners).map(document)))),
        ]
        if row.isDeleting {
            metadata.append(("deletionTimestamp", .string(row.deleted.rfc3339)))
            metadata.append(("deletionGracePeriodSeconds", .integer(Int(row.deletionGraceSeconds))))
        }
        var document = Value.object([
            "apiVersion": .string(kind.apiVersion), "kind": Value(kind.kind), "metadata": .object(of: metadata),
        ])
        for field in tables.body(row.body).stored.fields { document[field.key] = field.value }
        if let status {
            document["status"] =
                (status as? PodStatus).flatMap { pod in
                    tables.body(row.body).facts(PodTemplateFacts.self).map { pod.document(of: $0) }
                } ?? status.document
        }
        if kind.kind == "Pod", let pod = podState(key), !pod.node.isEmpty, var spec = document["spec"] {
            spec["nodeName"] = Value(pod.node)
            document["spec"] = spec
        }
        return document
    }

    /// A draft as the manifest that would write it.
    func manifest(of draft: ObjectDraft) -> Value {
        let kind = kind(draft.kind)
        var manifest = Value.object([
            "apiVersion": .string(kind.apiVersion), "kind": Value(kind.kind),
            "metadata": .object([
                "name": draft.name.isEmpty ? nil : Value(draft.name),
                "generateName": draft.generateName.isEmpty ? nil : Value(draft.generateName),
                "namespace": draft.namespace.isEmpty ? nil : Value(draft.namespace),
                "labels": draft.labels.isEmpty ? nil : tables.map(draft.labels).value,
                "annotations": draft.annotations.isEmpty ? nil : tables.map(draft.annotations).value,
                "finalizers": draft.finalizers.isEmpty ? nil : .strings(tables.list(draft.finalizers)),
                "ownerReferences": draft.owners.isEmpty
                    ? nil : Value(.array(tables.owners(draft.owners).map(document))),
            ]),
        ])
        for field in tables.body(draft.body).value.fields { manifest[field.key] = field.value }
        return manifest
    }

    /// What a generated name was made from: all but the five characters that the API server drew, or all up to an
    /// ordinal.
    private static func generateName(of name: String) -> String {
        guard let dash = name.lastIndex(of: "-"), name[dash...].utf8.count <= 6 else { return String(name.dropLast(5)) }
        return String(name[...dash])
    }

    private func document(of owner: OwnerReference) -> Value {
        let content = tables.content(owner.owner)
        let kind = kind(content.kind)
        return .object([
            "apiVersion": .string(kind.apiVersion), "kind": Value(kind.kind), "name": Value(content.name),
            "uid": .string(uidText(owner.uid)), "controller": owner.controller ? true : nil,
            "blockOwnerDeletion": owner.blockOwnerDeletion ? true : nil,
        ])
    }

    /// A uid in the form of a UUID, made from the number alone.
    package func uidText(_ uid: UInt32) -> String {
        let digits = String(uid, radix: 16)
        return "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
    }
}
