extension Simulation {
    /// Notes that a write of a step was refused, for the invariants that ask what people could not do.
    package mutating func noteRefusal(of draft: ObjectDraft, _ error: APIError) {
        let key = tables.key(draft.kind, draft.namespace, draft.name)
        let namespace = tables.namespaceKey(key)
        guard !namespace.isNone, !state.exists(namespace) || state[namespace].isDeleting else { return }
        let cause = record(.refuse, key, by: Caller.admin.user, detail: Symbol(error.message), origin: draft.origin)
        monitor.refusedWrites.append(
            InvariantMonitor.RefusedWrite(
                namespace: namespace, object: key, message: Symbol(error.message), cause: cause, origin: draft.origin))
        markDirty(namespace, .namespace, .status)
    }
}
