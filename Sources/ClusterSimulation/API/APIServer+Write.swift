/// The one door (DESIGN 4.1): every write of users, Argo CD, controllers and faults comes through here.
///
/// A request is authorized, admitted, validated, stored and announced; a refusal changes nothing.
extension Simulation {
    /// `POST`: stores a new object and returns its key.
    @discardableResult
    package mutating func create(_ draft: ObjectDraft, as caller: Caller) -> Result<ObjectKey, APIError> {
        var draft = draft
        do throws(APIError) {
            let kind = self.kind(draft.kind)
            try requireServed(draft.kind, creating: true)
            try authorize(caller, "create", draft.kind, draft.namespace, .empty)
            if draft.name.isEmpty { draft.name = try makeName(draft, kind) }
            let key = tables.key(draft.kind, draft.namespace, draft.name)
            try admitNamespace(draft, kind)
            try prepareForCreate(&draft, key)
            try admitMutating(&draft, key, .create, caller)
            try validate(draft, key, replacing: nil)
            try admitValidating(draft, key, .create, caller)
            try admitQuota(draft, key)
            try requireVersion(draft.kind, draft.version, isStored: false)
            if state.exists(key) { throw APIError.alreadyExists(kind, draft.name, isDeleting: state[key].isDeleting) }
            store(new: draft, key, caller)
            return .success(key)
        } catch {
            return .failure(error)
        }
    }

    /// `PUT` or a patch's outcome: changes an object through `change`; what stays the same writes nothing.
    ///
    /// - Parameter resourceVersion: refused with 409 where the object has another one; nil writes in any case.
    @discardableResult
    package mutating func update(
        _ key: ObjectKey, as caller: Caller, verb: Symbol = "update", resourceVersion: UInt32? = nil,
        change: (inout ObjectDraft) -> Void
    ) -> Result<ObjectKey, APIError> {
        guard state.exists(key) else { return write(nil, key, as: caller, verb: verb) }
        let old = draft(of: key)
        var draft = old
        change(&draft)
        return write(draft, key, replacing: old, as: caller, verb: verb, resourceVersion: resourceVersion)
    }

    /// Writes a draft over an object; nil where the caller found no object to make a draft of.
    ///
    /// - Parameters:
    ///   - old: the draft of the object as it is, where the caller has it already.
    ///   - subresource: may change what the object itself keeps from a client.
    mutating func write(
        _ draft: ObjectDraft?, _ key: ObjectKey, replacing old: ObjectDraft? = nil, as caller: Caller, verb: Symbol,
        resourceVersion: UInt32? = nil, subresource: Symbol = .empty
    ) -> Result<ObjectKey, APIError> {
        do throws(APIError) {
            let row = state[key]
            let content = tables.content(key)
            try requireServed(content.kind)
            try authorize(caller, verb, content.kind, content.namespace, content.name)
            guard row.exists, var draft else { throw APIError.notFound(self.kind(content.kind), content.name) }
            try requireVersion(draft.kind, draft.version, isStored: true)
            if let resourceVersion, resourceVersion != row.resourceVersion {
                throw APIError.conflict(self.kind(content.kind), content.name, Self.modifiedElsewhere)
            }
            let old = old ?? self.draft(of: key)
            try prepareForUpdate(&draft, replacing: old, key, subresource: subresource)
            try admitMutating(&draft, key, .update, caller)
            try validate(draft, key, replacing: old, validatingChange: subresource.isEmpty)
            if draft.isSame(as: old) { return .success(key) }
            try admitValidating(draft, key, .update, caller)
            try admitQuota(draft, key, replacing: old)
            store(draft, key, row, caller)
            return .success(key)
        } catch {
            return .failure(error)
        }
    }

    /// Source: recordings, family errors (optimistic concurrency).
    static let modifiedElsewhere =
        "the object has been modified; please apply your changes to the latest version and try again"

    /// `PUT …/status`: sets the status. Nothing else of the object changes, its generation neither.
    @discardableResult
    package mutating func updateStatus(
        _ key: ObjectKey, as caller: Caller, _ status: Status
    ) -> Result<ObjectKey, APIError> {
        do throws(APIError) {
            let content = tables.content(key)
            try authorize(caller, "update", content.kind, content.namespace, content.name, subresource: "status")
            guard state.exists(key) else { throw APIError.notFound(self.kind(content.kind), content.name) }
            state.lastResourceVersion += 1
            state.rows[key.offset].resourceVersion = state.lastResourceVersion
            state.statuses[key.offset] = status
            counters.apiWrites += 1
            let cause = record(.updateStatus, key, by: caller.user)
            notify(key, content.kind, .status, cause: cause)
            return .success(key)
        } catch {
            return .failure(error)
        }
    }

    /// The draft that would write the object as it is.
    package func draft(of key: ObjectKey) -> ObjectDraft {
        let row = state[key]
        let content = tables.content(key)
        var draft = ObjectDraft(kind: content.kind, namespace: content.namespace, name: content.name, body: row.body)
        draft.labels = row.labels
        draft.annotations = row.annotations
        draft.finalizers = row.finalizers
        draft.owners = row.owners
        draft.status = state.status(key)
        draft.origin = row.origin
        return draft
    }

    /// How often a generated name is drawn where it is taken. Source: KEP-4420, which came with 1.30 and is on since 1.31;
    /// for 1.30 it is taken to be on, too.
    private static let nameDrawsMax = 8

    /// A name for `generateName`: the base and five characters of the API server's alphabet.
    private mutating func makeName(_ draft: ObjectDraft, _ kind: Kind) throws(APIError) -> Symbol {
        guard !draft.generateName.isEmpty else {
            throw APIError.invalid(
                kind, .empty,
                [
                    .init(
                        reason: "FieldValueRequired", field: "metadata.name",
                        message: "Required value: name or generateName is required")
                ])
        }
        let base = String(draft.generateName.text.prefix(58))
        var name = Symbol(base + randomSuffix(5))
        for _ in 1..<Self.nameDrawsMax where state.exists(tables.key(draft.kind, draft.namespace, name)) {
            name = Symbol(base + randomSuffix(5))
        }
        return name
    }

    /// Characters as the API server draws them for generated names: no vowels, no look-alikes.
    package mutating func randomSuffix(_ count: Int) -> String {
        let alphabet = Array("bcdfghjklmnpqrstvwxz2456789")
        return String((0..<count).map { _ in alphabet[Int(choices.draw(.name, upTo: UInt64(alphabet.count - 1)))] })
    }
}

extension ObjectDraft {
    func isSame(as other: ObjectDraft) -> Bool {
        body == other.body && labels == other.labels && annotations == other.annotations
            && finalizers == other.finalizers && owners == other.owners && status === other.status
    }
}
