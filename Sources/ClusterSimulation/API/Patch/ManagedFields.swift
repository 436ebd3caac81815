extension Simulation {
    /// The owners of an object's fields now. Fields of an object that nobody tracked belong to `before-first-apply`.
    func managedFields(of key: ObjectKey) -> ManagedFields {
        let now = configuration(of: draft(of: key))
        let kind = tables.kindID(key)
        let version = self.kind(kind).apiVersion
        guard let known = state.managedFields[key.offset] else {
            let entry = ManagedFields.Entry(
                manager: "before-first-apply", isApply: false, apiVersion: version,
                paths: fieldPaths(now, kind).names)
            return ManagedFields(entries: [entry], seen: now)
        }
        if known.seen == now { return known }
        let writer = trace[Int(state[key].lastWrite.index)].actor
        return known.attributing(
            to: writer, from: fieldPaths(known.seen, kind), to: fieldPaths(now, kind), now, version)
    }

    /// Notes that a field manager wrote an object by anything but server-side apply.
    mutating func didUpdate(_ key: ObjectKey, by manager: Symbol, before: ManagedFields?) {
        guard state.exists(key) else { return }
        let now = configuration(of: draft(of: key))
        let kind = tables.kindID(key)
        let version = self.kind(kind).apiVersion
        let known = before ?? ManagedFields(entries: [], seen: AppliedConfiguration())
        state.managedFields[key.offset] = known.attributing(
            to: manager, from: fieldPaths(known.seen, kind), to: fieldPaths(now, kind), now, version)
    }

    func configuration(of draft: ObjectDraft) -> AppliedConfiguration {
        AppliedConfiguration(
            isKnown: true, body: draft.body, labels: draft.labels, annotations: draft.annotations,
            finalizers: draft.finalizers)
    }

    /// The owned part of an object as a document: its body and what of its metadata can be owned.
    ///
    /// - Parameter asWritten: without defaults: who applies a manifest does not own them.
    func ownedDocument(_ configuration: AppliedConfiguration, asWritten: Bool) -> Value {
        let metadata: [(Symbol, Value?)] = [
            ("labels", configuration.labels.isEmpty ? nil : tables.map(configuration.labels).value),
            ("annotations", configuration.annotations.isEmpty ? nil : tables.map(configuration.annotations).value),
            ("finalizers", configuration.finalizers.isEmpty ? nil : .strings(tables.list(configuration.finalizers))),
        ]
        let body = tables.body(configuration.body)
        var document = asWritten ? body.value : body.stored
        if case .object = document.content {} else { document = Value(.object([])) }
        let value = Value.object(of: metadata)
        if !value.fields.isEmpty { document["metadata"] = value }
        return document
    }

    /// - Parameter asWritten: without defaults.
    func fieldPaths(_ configuration: AppliedConfiguration, _ kind: KindID, asWritten: Bool = false) -> FieldPaths {
        guard configuration.isKnown else { return FieldPaths(Value(.object([])), kind, isCustom: false) }
        let memo = tables.memo.store(FieldPathsMemo.self, make: FieldPathsMemo.init)
        let question = FieldPathsMemo.Question(
            body: configuration.body, labels: configuration.labels, annotations: configuration.annotations,
            finalizers: configuration.finalizers, kind: kind, asWritten: asWritten)
        if let answer = memo.answers.answer(to: question) { return answer }
        let answer = FieldPaths(
            ownedDocument(configuration, asWritten: asWritten), kind, isCustom: tables.isCustom(kind))
        memo.answers.keep(answer, to: question)
        return answer
    }
}

extension ManagedFields {
    /// The owners after `writer` turned one document into another: it owns what it changed, and nobody what is gone.
    func attributing(
        to writer: Symbol, from old: FieldPaths, to new: FieldPaths, _ now: AppliedConfiguration, _ apiVersion: String
    ) -> ManagedFields {
        var changed: [Symbol] = []
        for (path, value) in new.paths where old[path] != value { changed.append(path) }
        let gone = old.paths.filter { new[$0.path] == nil }.map(\.path)
        if changed.isEmpty, gone.isEmpty { return ManagedFields(entries: entries, seen: now) }
        var entries = entries
        for index in entries.indices {
            entries[index].paths.subtract(gone)
            entries[index].paths.subtract(changed)
        }
        if let index = entries.firstIndex(where: { $0.manager == writer && !$0.isApply }) {
            entries[index].paths.formUnion(changed)
        } else {
            entries.append(Entry(manager: writer, isApply: false, apiVersion: apiVersion, paths: Set(changed)))
        }
        return ManagedFields(entries: entries, seen: now)
    }
}

private final class FieldPathsMemo {
    struct Question: Hashable {
        var body: BodyID
        var labels: MapID
        var annotations: MapID
        var finalizers: ListID
        var kind: KindID
        var asWritten: Bool
    }

    var answers = BoundedMemo<Question, FieldPaths>(max: 4096)
}
