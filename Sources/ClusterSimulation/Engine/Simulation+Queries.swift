extension Simulation {
    /// The objects of a kind, in one namespace or in all, oldest first within each namespace.
    package func objects(of kind: KindID, in namespace: Symbol? = nil) -> [ObjectKey] {
        var keys: [ObjectKey] = []
        forEach(kind, in: namespace) { keys.append($0) }
        return keys
    }

    /// How many objects of a kind there are, in all namespaces.
    package func count(of kind: KindID) -> Int {
        (tables.memo.bucketsByKind[kind] ?? []).reduce(0) { $0 + state.count(inBucket: $1) }
    }

    /// Calls `body` for the objects of a kind, in one namespace or in all.
    package func forEach(_ kind: KindID, in namespace: Symbol? = nil, _ body: (ObjectKey) -> Void) {
        if let namespace {
            state.forEach(inBucket: tables.bucket(kind, namespace)) {
                body($0)
                return true
            }
        } else {
            let buckets = tables.memo.bucketsByKind[kind] ?? []
            tables.work.visit(buckets.count)
            for bucket in buckets {
                state.forEach(inBucket: bucket) {
                    body($0)
                    return true
                }
            }
        }
    }

    /// Every object in a namespace, kind by kind in the order in which the kinds were first used there.
    package func objects(inNamespace namespace: Symbol) -> [ObjectKey] {
        var keys: [ObjectKey] = []
        for bucket in tables.memo.bucketsByNamespace[namespace] ?? [] {
            state.forEach(inBucket: bucket) {
                keys.append($0)
                return true
            }
        }
        return keys
    }

    /// The facts of an object's body.
    @inline(__always)
    package func facts<Facts: AnyObject>(_ key: ObjectKey, _ type: Facts.Type) -> Facts? {
        tables.body(state[key].body).facts(type)
    }

    /// One label of an object.
    package func label(_ key: ObjectKey, _ name: Symbol) -> Symbol? { tables.map(state[key].labels)[name] }

    /// One annotation of an object.
    package func annotation(_ key: ObjectKey, _ name: Symbol) -> Symbol? { tables.map(state[key].annotations)[name] }

    /// The owner reference whose `controller` is true.
    package func controllerOwner(_ key: ObjectKey) -> OwnerReference? {
        tables.owners(state[key].owners).first { $0.controller }
    }

    /// The living objects of a kind that name `owner` (with its present uid) as an owner, oldest first.
    package func dependents(of owner: ObjectKey, kind: KindID? = nil) -> [ObjectKey] {
        let uid = state[owner].uid
        var keys: [ObjectKey] = []
        state.forEachReferrer(of: owner) { link in
            guard link.type == .owner, kind == nil || tables.kindID(link.source) == kind else { return }
            guard tables.owners(state[link.source].owners).contains(where: { $0.owner == owner && $0.uid == uid })
            else { return }
            keys.append(link.source)
        }
        return keys.reversed()
    }

    /// An object as the API returns it.
    package func document(of key: ObjectKey) -> Value { document(of: key, state[key], state.status(key)) }

    /// An object as the API returns it after a write that may have been its last.
    func documentAfterWrite(of key: ObjectKey) -> Value {
        if state.exists(key) || state.lastRemoved.key != key { return document(of: key) }
        return document(of: key, state.lastRemoved.row, state.lastRemoved.status)
    }

    private func document(of key: ObjectKey, _ row: ObjectRow, _ status: Status?) -> Value {
        let content = tables.content(key)
        let kind = tables.kind(content.kind)
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
        let kind = tables.kind(draft.kind)
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
        let kind = tables.kind(content.kind)
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
