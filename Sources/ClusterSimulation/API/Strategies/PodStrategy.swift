/// The ServiceAccount admission plugin: a Pod's ServiceAccount must exist, and gives it its pull secrets.
///
/// Source: the plugin's messages and rules, "Managing Service Accounts".
extension Simulation {
    mutating func preparePod(_ draft: inout ObjectDraft) throws(APIError) {
        guard let template = tables.body(draft.body).facts(PodTemplateFacts.self) else { return }
        let isLoaded = draft.status is DocumentStatus
        if isLoaded { return }
        draft.status = nil
        let account = tables.key(.serviceAccount, draft.namespace, template.serviceAccountName)
        guard state.exists(account) else {
            let name = draft.name.isEmpty ? draft.generateName : draft.name
            throw APIError.forbidden(
                self.kind(.pod), name,
                "error looking up service account \(draft.namespace)/\(template.serviceAccountName): "
                    + "serviceaccount \"\(template.serviceAccountName)\" not found")
        }
        guard template.imagePullSecrets.isEmpty,
            let secrets = facts(account, ServiceAccountFacts.self)?.imagePullSecrets, !secrets.isEmpty
        else { return }
        draft.body = tables.memo.store(PullSecretMemo.self, make: PullSecretMemo.init)
            .body(draft.body, secrets, tables)
    }
}

/// Pod bodies with the pull secrets of their ServiceAccount.
private final class PullSecretMemo {
    private struct Question: Hashable {
        var body: BodyID
        var secrets: [Symbol]
    }

    private var answers = BoundedMemo<Question, BodyID>(max: 16_384)

    func body(_ body: BodyID, _ secrets: [Symbol], _ tables: ClusterTables) -> BodyID {
        let question = Question(body: body, secrets: secrets)
        if let answer = answers.answer(to: question) { return answer }
        var value = tables.body(body).value
        var spec = value["spec"] ?? Value(.object([]))
        spec["imagePullSecrets"] = Value(.array(secrets.map { ["name": Value($0)] }))
        value["spec"] = spec
        let answer = tables.body(kind: .pod, value)
        answers.keep(answer, to: question)
        return answer
    }
}
