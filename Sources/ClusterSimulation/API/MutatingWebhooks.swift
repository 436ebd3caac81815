/// Mutating admission webhooks: each sees what those before it have made of the object.
///
/// They are called one after the other, by name of their configurations and then in the order written there; one that
/// asks for it is called once more where another has changed the object since. What they answer with is a JSON patch of
/// the whole object. Source: "Dynamic Admission Control", reinvocation policy and patch.
extension Simulation {
    /// Lets the mutating webhooks that match a write change it.
    func callMutatingWebhooks(
        _ draft: inout ObjectDraft, _ key: ObjectKey, _ operation: Operation, oldLabels: MapID?
    ) throws(APIError) {
        if state.webhooks.count == 0 { return }
        let content = tables.content(key)
        let candidates = webhooks(.mutatingWebhookConfiguration, operation, content.kind, .empty)
        if candidates.isEmpty { return }
        var changes = 0
        /// By webhook: how many changes had been made after its call; nil where it was not called.
        var seen = [Int?](repeating: nil, count: candidates.count)
        for (index, webhook) in candidates.enumerated() where selects(webhook, content, draft.labels, oldLabels) {
            if try call(webhook, operation, content, &draft) { changes += 1 }
            seen[index] = changes
        }
        for (index, webhook) in candidates.enumerated() where webhook.isReinvoked {
            guard let known = seen[index], known < changes else { continue }
            guard selects(webhook, content, draft.labels, oldLabels) else { continue }
            if try call(webhook, operation, content, &draft) { changes += 1 }
        }
    }

    /// Whether the webhook changed the object.
    private func call(
        _ webhook: Webhook, _ operation: Operation, _ content: KeyContent, _ draft: inout ObjectDraft
    ) throws(APIError) -> Bool {
        guard let patch = try answer(of: webhook, operation, content)?.patch else { return false }
        let document = manifest(of: draft)
        guard let operations = JSONPatch(patch), let patched = operations.applied(to: document) else {
            let place = JSONPatch(patch)?.firstFailure(on: document) ?? "the patch is no list of operations"
            throw APIError(
                code: 500, reason: "InternalError", message: "Internal error occurred: \(place)",
                causes: [.init(reason: "", field: "", message: place)])
        }
        if patched == document { return false }
        guard var changed = self.draft(manifest: patched, defaultNamespace: draft.namespace) else {
            throw APIError(code: 400, reason: "BadRequest", message: "Object 'Kind' is missing in the request body")
        }
        changed.kind = draft.kind
        changed.namespace = draft.namespace
        changed.name = draft.name
        changed.generateName = draft.generateName
        changed.status = draft.status
        changed.origin = draft.origin
        changed.body = tables.sameContent(changed.body, draft.body) ? draft.body : normalised(changed.body, draft.kind)
        if let conformed = conformed(changed.body, draft.kind) { changed.body = conformed }
        draft = changed
        return true
    }
}

extension JSONPatch {
    /// The first operation that cannot be done, in the words of the library that the API server uses.
    func firstFailure(on document: Value) -> String? {
        var document = document
        for operation in operations {
            guard let next = JSONPatch(Value(.array([operation])))?.applied(to: document) else {
                let name = operation["op"]?.text ?? ""
                let path = operation["path"]?.text ?? ""
                return "\(name) operation does not apply: doc is missing path: \(path.quoted): missing value"
            }
            document = next
        }
        return nil
    }
}
