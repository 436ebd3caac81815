/// Server-side apply. Source: recordings, family apply; "Server-Side Apply" of the Kubernetes documentation.
extension Simulation {
    mutating func applyServerSide(
        _ manifest: ObjectDraft, _ key: ObjectKey, as caller: Caller, fieldManager: Symbol, force: Bool
    ) -> Result<ObjectKey, APIError> {
        do throws(APIError) {
            let kind = tables.kind(manifest.kind)
            guard !fieldManager.isEmpty else { throw APIError.fieldManagerRequired }
            try requireServed(manifest.kind)
            try authorize(caller, "patch", manifest.kind, manifest.namespace, manifest.name)
            var wanted = manifest
            wanted.body = normalised(manifest.body, manifest.kind)
            let applied = fieldPaths(configuration(of: wanted), manifest.kind)
            guard state.exists(key) else {
                let result = create(manifest, as: caller)
                if case .success = result {
                    let entry = ManagedFields.Entry(
                        manager: fieldManager, isApply: true, apiVersion: kind.apiVersion,
                        paths: Set(applied.paths.map(\.path)))
                    state.managedFields[key.offset] = ManagedFields(
                        entries: [entry], seen: configuration(of: draft(of: key)))
                }
                return result
            }
            return try merge(wanted, applied, into: key, as: caller, fieldManager, force)
        } catch {
            return .failure(error)
        }
    }

    private mutating func merge(
        _ wanted: ObjectDraft, _ applied: FieldPaths, into key: ObjectKey, as caller: Caller, _ manager: Symbol,
        _ force: Bool
    ) throws(APIError) -> Result<ObjectKey, APIError> {
        let managed = managedFields(of: key)
        let others = managed.entries.filter { !($0.isApply && $0.manager == manager) }
        let previous = managed.entries.first { $0.isApply && $0.manager == manager }?.paths ?? []
        let live = fieldPaths(managed.seen, wanted.kind)
        let changed = applied.paths.filter { live[$0.path] != $0.value }.map(\.path)
        if !force { try refuseConflicts(changed, others) }
        let owned = Set(applied.paths.map(\.path))
        let removed = previous.filter { path in !owned.contains(path) && !others.contains { $0.paths.contains(path) } }
        let draft = merged(wanted, onto: key, removing: removed)
        let result = write(draft, key, as: caller, verb: "patch")
        guard case .success = result, state.exists(key) else { return result }
        var entries = others
        for index in entries.indices {
            entries[index].paths.subtract(changed)
            entries[index].paths.subtract(removed)
        }
        let version = tables.kind(wanted.kind).apiVersion
        entries.append(ManagedFields.Entry(manager: manager, isApply: true, apiVersion: version, paths: owned))
        state.managedFields[key.offset] = ManagedFields(entries: entries, seen: configuration(of: self.draft(of: key)))
        return result
    }

    private func merged(_ wanted: ObjectDraft, onto key: ObjectKey, removing removed: Set<Symbol>) -> ObjectDraft {
        let isCustom = tables.isCustom(wanted.kind)
        var draft = draft(of: key)
        let live = ownedDocument(configuration(of: draft))
        var document = ThreeWayMerge(kind: wanted.kind, isCustom: isCustom)
            .merge(original: nil, modified: ownedDocument(configuration(of: wanted)), current: live)
        if !removed.isEmpty {
            document = FieldPaths.removing(removed, from: document, wanted.kind, isCustom: isCustom)
        }
        if document == live { return draft }
        let metadata = document["metadata"]
        draft.labels = tables.map(of: metadata?["labels"])
        draft.annotations = tables.map(of: metadata?["annotations"])
        draft.finalizers = tables.list(metadata?["finalizers"]?.symbols ?? [])
        document["metadata"] = nil
        document.origin = tables.body(wanted.body).value.origin
        let body = tables.body(kind: wanted.kind, document)
        if !tables.sameContent(body, draft.body) { draft.body = body }
        if wanted.owners != .empty { draft.owners = wanted.owners }
        draft.origin = wanted.origin
        return draft
    }

    private func refuseConflicts(_ changed: [Symbol], _ others: [ManagedFields.Entry]) throws(APIError) {
        var causes: [APIError.Cause] = []
        var groups: [(manager: String, paths: [Symbol])] = []
        for entry in others.sorted(by: { $0.manager.precedes($1.manager) }) {
            let name = entry.manager.text.quoted
            let manager = entry.isApply ? name : "\(name) using \(entry.apiVersion)"
            let paths = changed.filter { entry.paths.contains($0) }
            if paths.isEmpty { continue }
            groups.append((manager, paths))
            causes += paths.map {
                .init(reason: "FieldManagerConflict", field: $0.text, message: "conflict with \(manager)")
            }
        }
        guard !causes.isEmpty else { return }
        var text = "Apply failed with \(causes.count) conflict"
        if causes.count == 1 {
            text += ": conflict with \(groups[0].manager): \(groups[0].paths[0])"
        } else {
            let parts = groups.map { "conflicts with \($0.manager):" + $0.paths.map { "\n- \($0)" }.joined() }
            text += "s: " + parts.joined(separator: "\n")
        }
        throw APIError(code: 409, reason: "Conflict", message: text, causes: causes)
    }
}

extension APIError {
    /// Source: recordings, family apply.
    static let fieldManagerRequired = APIError(
        code: 422, reason: "Invalid",
        message: "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch",
        causes: [
            .init(
                reason: "FieldValueRequired", field: "fieldManager",
                message: "Required value: is required for apply patch")
        ])
}
