extension Simulation {
    /// Applies a manifest as `kubectl apply` and Argo CD do: creates the object, or merges the manifest into it.
    ///
    /// - Parameters:
    ///   - fieldManager: who owns the fields with server-side apply.
    ///   - force: takes fields from other managers instead of refusing, with server-side apply.
    /// - Returns: the key; the object's resourceVersion stays where nothing had to change.
    @discardableResult
    package mutating func apply(
        _ manifest: ObjectDraft, as caller: Caller, fieldManager: Symbol = "kubectl-client-side-apply",
        force: Bool = false, serverSide: Bool = false
    ) -> Result<ObjectKey, APIError> {
        let key = tables.key(manifest.kind, manifest.namespace, manifest.name)
        if serverSide { return applyServerSide(manifest, key, as: caller, fieldManager: fieldManager, force: force) }
        do throws(APIError) { try requireReadable(manifest.body, manifest.kind) } catch { return .failure(error) }
        let result =
            state.exists(key)
            ? write(merged(manifest, onto: key), key, as: caller, verb: "patch") : create(manifest, as: caller)
        if case .success(let key) = result, state.exists(key) { rememberApplied(manifest, key) }
        return result
    }

    /// `PUT`: what the manifest does not say is gone.
    @discardableResult
    package mutating func replace(
        _ manifest: ObjectDraft, as caller: Caller, resourceVersion: UInt32? = nil
    ) -> Result<ObjectKey, APIError> {
        let key = tables.key(manifest.kind, manifest.namespace, manifest.name)
        return write(manifest, key, as: caller, verb: "update", resourceVersion: resourceVersion)
    }

    /// The object as it would be after a manifest was applied to it, before admission.
    func merged(_ manifest: ObjectDraft, onto key: ObjectKey) -> ObjectDraft {
        let memo = tables.memo.store(ApplyMemo.self, make: ApplyMemo.init)
        let row = state[key]
        let last = state.applied[key.offset]
        var draft = draft(of: key)
        draft.origin = manifest.origin
        draft.body = memo.body(row.body, last, normalised(manifest.body, manifest.kind), self)
        draft.labels = memo.map(row.labels, last.labels, manifest.labels, tables)
        draft.annotations = memo.map(row.annotations, last.annotations, manifest.annotations, tables)
        if manifest.finalizers != row.finalizers, manifest.finalizers != .empty || last.finalizers != .empty {
            draft.finalizers = memo.list(row.finalizers, last.finalizers, manifest.finalizers, tables)
        }
        if manifest.owners != .empty { draft.owners = manifest.owners }
        if !self.kind(manifest.kind).statusSubresource, let wanted = manifest.status,
            wanted.document != draft.status?.document
        {
            draft.status = wanted
        }
        return draft
    }

    /// Remembers what was applied, so that the next manifest removes what it no longer has.
    mutating func rememberApplied(_ manifest: ObjectDraft, _ key: ObjectKey) {
        state.applied[key.offset] = AppliedConfiguration(
            isKnown: true, body: normalised(manifest.body, manifest.kind), labels: manifest.labels,
            annotations: manifest.annotations, finalizers: manifest.finalizers)
    }

    /// A body in the form in which the API server keeps it: no nulls, a Secret's `stringData` as `data`. Memoised.
    func normalised(_ body: BodyID, _ kind: KindID) -> BodyID {
        if tables.isCustom(kind) { return body }
        let memo = tables.memo.store(NormalFormMemo.self, make: NormalFormMemo.init)
        return memo.normalised(body, kind, tables)
    }
}

/// Normal forms by body.
private final class NormalFormMemo {
    private var forms: [BodyID] = []

    func normalised(_ body: BodyID, _ kind: KindID, _ tables: ClusterTables) -> BodyID {
        let index = Int(body.index)
        if index < forms.count, forms[index] != .empty { return forms[index] }
        while forms.count <= index { forms.append(.empty) }
        var value = tables.body(body).value
        var isChanged = false
        if value.containsNull {
            value = value.withoutNulls
            isChanged = true
        }
        if kind == .secret, let texts = value["stringData"] {
            value["data"] = (value["data"] ?? Value(.object([]))).mergePatched(with: texts)
            value["stringData"] = nil
            isChanged = true
        }
        let form = isChanged ? tables.body(kind: kind, value) : body
        forms[index] = form
        return form
    }
}

/// Merges by the ids that went into them.
private final class ApplyMemo {
    private struct Bodies: Hashable {
        var live: BodyID
        var last: BodyID
        var isKnown: Bool
        var wanted: BodyID
    }

    private struct Maps: Hashable {
        var live: MapID
        var last: MapID
        var wanted: MapID
    }

    private var bodies = BoundedMemo<Bodies, BodyID>(max: 32_768)
    private var maps = BoundedMemo<Maps, MapID>(max: 32_768)

    func body(
        _ live: BodyID, _ last: AppliedConfiguration, _ wanted: BodyID, _ simulation: borrowing Simulation
    ) -> BodyID {
        if live == wanted { return live }
        let question = Bodies(live: live, last: last.body, isKnown: last.isKnown, wanted: wanted)
        if let answer = bodies.answer(to: question) { return answer }
        let tables = simulation.tables
        let answer: BodyID
        if tables.sameContent(live, wanted) {
            answer = live
        } else {
            let kind = tables.body(wanted).kind
            let merge = ThreeWayMerge(kind: kind, isCustom: tables.isCustom(kind))
            let merged = merge.merge(
                original: last.isKnown ? tables.body(last.body).value : nil, modified: tables.body(wanted).value,
                current: tables.body(live).value)
            answer = merged == tables.body(live).value ? live : tables.keeping(live, tables.body(kind: kind, merged))
        }
        bodies.keep(answer, to: question)
        return answer
    }

    func map(_ live: MapID, _ last: MapID, _ wanted: MapID, _ tables: ClusterTables) -> MapID {
        if live == wanted { return live }
        let question = Maps(live: live, last: last, wanted: wanted)
        if let answer = maps.answer(to: question) { return answer }
        let old = tables.map(last)
        let new = tables.map(wanted)
        var entries = tables.map(live).entries.filter { new[$0.key] != nil || old[$0.key] == nil }
            .map { ($0.key, $0.value) }
        entries += new.entries.map { ($0.key, $0.value) }
        let answer = tables.map(entries)
        maps.keep(answer, to: question)
        return answer
    }

    func list(_ live: ListID, _ last: ListID, _ wanted: ListID, _ tables: ClusterTables) -> ListID {
        let old = tables.list(last)
        let new = tables.list(wanted)
        var names = tables.list(live).filter { new.contains($0) || !old.contains($0) }
        for name in new where !names.contains(name) { names.append(name) }
        return tables.list(names)
    }
}
