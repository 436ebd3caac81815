/// The stations of a write between the request and storage. Each refuses by throwing.
extension Simulation {
    enum Operation: Sendable {
        case create, update, delete

        /// As webhook rules name it.
        var name: Symbol {
            switch self {
            case .create: "CREATE"
            case .update: "UPDATE"
            case .delete: "DELETE"
            }
        }
    }

    /// What the API server itself fills in on create.
    mutating func prepareForCreate(_ draft: inout ObjectDraft, _ key: ObjectKey) throws(APIError) {
        draft.body = normalised(draft.body, draft.kind)
        if let conformed = conformed(draft.body, draft.kind) { draft.body = conformed }
        if draft.kind == .customResourceDefinition { prepareDefinition(&draft) }
        try applyStrategy(creating: &draft, key)
    }

    /// What an update cannot change is put back as it was.
    mutating func prepareForUpdate(
        _ draft: inout ObjectDraft, replacing old: ObjectDraft, _ key: ObjectKey, subresource: Symbol
    ) throws(APIError) {
        if draft.kind == .namespace, subresource.isEmpty { draft.body = old.body }
        if draft.body != old.body {
            draft.body = normalised(draft.body, draft.kind)
            if let conformed = conformed(draft.body, draft.kind) { draft.body = conformed }
            if tables.sameContent(draft.body, old.body) { draft.body = old.body }
        }
        if draft.kind == .namespace, draft.labels != old.labels {
            draft.labels = tables.map(draft.labels, setting: "kubernetes.io/metadata.name", to: draft.name)
        }
        try applyStrategy(updating: &draft, replacing: old)
        if self.kind(draft.kind).statusSubresource { draft.status = old.status }
    }

    mutating func admitMutating(
        _ draft: inout ObjectDraft, _ key: ObjectKey, _ operation: Operation, _ caller: Caller
    ) throws(APIError) {
        if operation == .create { applyLimitRanges(&draft) }
        let before = operation == .create ? nil : state[key].labels
        try callMutatingWebhooks(&draft, key, operation, oldLabels: before)
    }

    mutating func admitValidating(
        _ draft: ObjectDraft, _ key: ObjectKey, _ operation: Operation, _ caller: Caller
    ) throws(APIError) {
        if operation == .create {
            try admitLimitRanges(draft)
            try admitPodSecurity(draft)
        }
        let before = operation == .create ? nil : state[key].labels
        try callWebhooks(.validatingWebhookConfiguration, operation, key, labels: draft.labels, oldLabels: before)
    }

    mutating func admitDelete(_ key: ObjectKey, _ caller: Caller) throws(APIError) {
        try refuseDeletingSystemNamespace(key)
        let labels = state[key].labels
        try callWebhooks(.mutatingWebhookConfiguration, .delete, key, labels: nil, oldLabels: labels)
        try callWebhooks(.validatingWebhookConfiguration, .delete, key, labels: nil, oldLabels: labels)
    }
}
