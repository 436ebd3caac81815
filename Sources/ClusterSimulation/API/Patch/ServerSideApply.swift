/// Server-side apply. Source: recordings, family apply; "Server-Side Apply" of the Kubernetes documentation.
extension Simulation {
    mutating func applyServerSide(
        _ manifest: ObjectDraft, _ key: ObjectKey, as caller: Caller, fieldManager: Symbol, force: Bool
    ) -> Result<ObjectKey, APIError> {
        do throws(APIError) {
            let kind = self.kind(manifest.kind)
            guard !fieldManager.isEmpty else { throw APIError.fieldManagerRequired }
            try requireServed(manifest.kind)
            try authorize(caller, "patch", manifest.kind, manifest.namespace, manifest.name)
            try requireReadable(manifest.body, manifest.kind)
            try requireDeclared(manifest)
            var wanted = manifest
            wanted.body = normalised(manifest.body, manifest.kind)
            let applied = fieldPaths(configuration(of: wanted), manifest.kind, asWritten: true)
            guard state.exists(key) else {
                let result = create(manifest, as: caller)
                if case .success = result {
                    let entry = ManagedFields.Entry(
                        manager: fieldManager, isApply: true, apiVersion: kind.apiVersion,
                        paths: applied.names)
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
        let known = merge(wanted, onto: managed.seen)
        let changed = known.changed
        let owned = applied.names
        if !force { try refuseConflicts(changed, others) }
        let removed: Set<Symbol> =
            previous.isSubset(of: owned)
            ? [] : previous.filter { path in !owned.contains(path) && !others.contains { $0.paths.contains(path) } }
        let draft =
            removed.isEmpty
            ? merged(wanted, onto: key, as: known.result)
            : merged(wanted, onto: key, as: mergeResult(wanted, onto: managed.seen, removing: removed))
        let result = write(draft, key, as: caller, verb: "patch")
        guard case .success = result, state.exists(key) else { return result }
        var entries = others
        for index in entries.indices {
            entries[index].paths.subtract(changed)
            entries[index].paths.subtract(removed)
        }
        let version = self.kind(wanted.kind).apiVersion
        entries.append(ManagedFields.Entry(manager: manager, isApply: true, apiVersion: version, paths: owned))
        state.managedFields[key.offset] = ManagedFields(entries: entries, seen: configuration(of: self.draft(of: key)))
        return result
    }

    /// The object's draft with a merge's result.
    private func merged(
        _ wanted: ObjectDraft, onto key: ObjectKey, as result: AppliedConfiguration?
    ) -> ObjectDraft {
        var draft = draft(of: key)
        guard let result else { return draft }
        draft.labels = result.labels
        draft.annotations = result.annotations
        draft.finalizers = result.finalizers
        draft.body = result.body
        if wanted.owners != .empty { draft.owners = wanted.owners }
        draft.origin = wanted.origin
        return draft
    }

    /// What a manifest changes in an object, if it removes nothing.
    private func merge(_ wanted: ObjectDraft, onto live: AppliedConfiguration) -> ServerSideMerge {
        let memo = tables.memo.store(ServerSideMergeMemo.self, make: ServerSideMergeMemo.init)
        let question = ServerSideMergeMemo.Question(
            live: live, wanted: configuration(of: wanted), kind: wanted.kind)
        if let answer = memo.answers.answer(to: question) { return answer }
        let paths = fieldPaths(live, wanted.kind)
        let applied = fieldPaths(question.wanted, wanted.kind, asWritten: true)
        let answer = ServerSideMerge(
            changed: applied.paths.filter { paths[$0.path] != $0.value }.map(\.path),
            result: mergeResult(wanted, onto: live, removing: []))
        memo.answers.keep(answer, to: question)
        return answer
    }

    /// The object after the merge; nil where it stays as it is.
    private func mergeResult(
        _ wanted: ObjectDraft, onto live: AppliedConfiguration, removing removed: Set<Symbol>
    ) -> AppliedConfiguration? {
        let isCustom = tables.isCustom(wanted.kind)
        let before = ownedDocument(live, asWritten: true)
        var document = ThreeWayMerge(kind: wanted.kind, isCustom: isCustom)
            .merge(original: nil, modified: ownedDocument(configuration(of: wanted), asWritten: true), current: before)
        if !removed.isEmpty {
            document = FieldPaths.removing(removed, from: document, wanted.kind, isCustom: isCustom)
        }
        if document == before { return nil }
        var result = live
        let metadata = document["metadata"]
        result.labels = tables.map(of: metadata?["labels"])
        result.annotations = tables.map(of: metadata?["annotations"])
        result.finalizers = tables.list(metadata?["finalizers"]?.symbols ?? [])
        document["metadata"] = nil
        document.origin = tables.body(wanted.body).value.origin
        let body = tables.body(kind: wanted.kind, document)
        result.body = tables.keeping(live.body, body)
        return result
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

/// What a manifest changes in an object.
private struct ServerSideMerge {
    /// Paths of the manifest that the object has not, or with another value.
    var changed: [Symbol]
    /// nil: the object stays as it is.
    var result: AppliedConfiguration?
}

/// Merges by the ids that went into them.
private final class ServerSideMergeMemo {
    struct Question: Hashable {
        var live: AppliedConfiguration
        var wanted: AppliedConfiguration
        var kind: KindID
    }

    var answers = BoundedMemo<Question, ServerSideMerge>(max: 8192)
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
