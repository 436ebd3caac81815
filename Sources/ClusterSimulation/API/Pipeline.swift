/// The stations of a write between the request and storage. Each refuses by throwing.
extension Simulation {
    enum Operation: Sendable { case create, update, delete }

    /// 404 where no served definition has the kind.
    func requireServed(_ id: KindID) throws(APIError) {
        let kind = tables.kind(id)
        if kind.builtIn { return }
        let definition = tables.key(.customResourceDefinition, .empty, Symbol("\(kind.plural).\(kind.group)"))
        guard state.exists(definition) else { throw APIError.unknownResource }
    }

    /// Whether a caller may do this. Trusted callers may do everything.
    func authorize(
        _ caller: Caller, _ verb: Symbol, _ kind: KindID, _ namespace: Symbol, _ name: Symbol,
        subresource: Symbol = .empty
    ) throws(APIError) {
        if caller.isTrusted { return }
    }

    /// What the API server itself fills in on create.
    mutating func prepareForCreate(_ draft: inout ObjectDraft, _ key: ObjectKey) throws(APIError) {
        guard draft.kind == .namespace else { return }
        draft.labels = tables.map(draft.labels, setting: "kubernetes.io/metadata.name", to: draft.name)
        draft.body = tables.body(kind: .namespace, ["spec": ["finalizers": ["kubernetes"]]])
        draft.status = NamespaceStatus.active
    }

    /// What an update cannot change is put back as it was.
    mutating func prepareForUpdate(
        _ draft: inout ObjectDraft, replacing old: ObjectDraft, _ key: ObjectKey
    ) throws(APIError) {
        if tables.kind(draft.kind).statusSubresource { draft.status = old.status }
    }

    mutating func admitMutating(
        _ draft: inout ObjectDraft, _ key: ObjectKey, _ operation: Operation, _ caller: Caller
    ) throws(APIError) {}

    func validate(_ draft: ObjectDraft, _ key: ObjectKey, replacing old: ObjectDraft?) throws(APIError) {}

    mutating func admitValidating(
        _ draft: ObjectDraft, _ key: ObjectKey, _ operation: Operation, _ caller: Caller
    ) throws(APIError) {}

    mutating func admitQuota(
        _ draft: ObjectDraft, _ key: ObjectKey, replacing old: ObjectDraft? = nil
    ) throws(APIError) {}

    mutating func admitDelete(_ key: ObjectKey, _ caller: Caller) throws(APIError) {}

    /// Whether a kubelet has the Pod, so that deleting it takes its grace period.
    func isRunByKubelet(_ key: ObjectKey) -> Bool { false }

    /// `spec.terminationGracePeriodSeconds` of a Pod.
    func defaultPodGracePeriod(_ key: ObjectKey) -> Int32 { 30 }
}
