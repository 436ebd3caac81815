extension Simulation {
    /// Does what people do in a step, so that everything written in it is caused by the step.
    ///
    /// - Parameters:
    ///   - actor: who does it, `kubernetes-admin`.
    ///   - detail: what is done, in words.
    ///   - origin: the place of the step in its file.
    @discardableResult
    package mutating func perform(
        by actor: Symbol, detail: Symbol, origin: Origin, _ body: (inout Simulation) -> Void
    ) -> TraceID {
        currentCause = .none
        let entry = record(.step, .none, by: actor, detail: detail, origin: origin)
        currentCause = entry
        metered {
            body(&$0)
            $0.checkInvariants()
        }
        currentCause = .none
        return entry
    }

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
