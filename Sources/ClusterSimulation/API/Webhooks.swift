/// Admission webhooks: which are called for a request, and what comes of the call.
///
/// A webhook that can be reached allows and changes nothing, where no fact says otherwise. Source: recordings, family
/// webhooks; "Dynamic Admission Control".
extension Simulation {
    /// Calls the webhooks of one phase that match a write; the first that refuses it, or fails closed, ends it.
    ///
    /// - Parameters:
    ///   - labels: the object's labels after the write.
    ///   - oldLabels: its labels before; nil for a create. Either matching is a match.
    func callWebhooks(
        _ configurations: KindID, _ operation: Operation, _ key: ObjectKey, labels: MapID?, oldLabels: MapID?,
        subresource: Symbol = .empty
    ) throws(APIError) {
        if state.webhooks.count == 0 { return }
        let content = tables.content(key)
        let webhooks = webhooks(configurations, operation, content.kind, subresource)
        tables.work.visit(webhooks.count)
        for webhook in webhooks {
            guard selects(webhook, content, labels, oldLabels) else { continue }
            _ = try answer(of: webhook, operation, content)
        }
    }

    /// Calls one webhook: what it answers with besides yes, as far as that is known. Throws where it refuses, or where
    /// it cannot be called and fails closed.
    func answer(
        of webhook: Webhook, _ operation: Operation, _ content: KeyContent
    ) throws(APIError) -> WebhookFact? {
        if let failure = failure(calling: webhook) {
            guard webhook.failsClosed else { return nil }
            throw APIError.webhook(
                "failed calling webhook \(webhook.name.text.quoted): failed to call webhook: \(failure)")
        }
        if externals.webhooks.isEmpty { return nil }
        let kind = tables.kind(content.kind).kind
        let fact = externals.webhooks.first {
            $0.covers(webhook.name, operation.name, kind: kind, namespace: content.namespace)
        }
        guard let denial = fact?.denial else { return fact }
        throw APIError.denied(by: webhook.name, denial)
    }

    /// What a call of a webhook fails with now; nil where it is answered.
    package func failure(calling webhook: Webhook) -> String? {
        failure(calling: webhook, timeoutSeconds: webhook.timeoutSeconds)
    }

    /// As `failure(calling:)`, for a call with a time limit of its own.
    func failure(calling webhook: Webhook, timeoutSeconds: Int) -> String? {
        guard let service = webhook.service else { return nil }
        let url = "https://\(service.name).\(service.namespace).svc:\(service.port)\(service.path)"
        guard let failure = failure(connecting: service, webhook.caBundle) else { return nil }
        return "Post \"\(url)?timeout=\(timeoutSeconds)s\": \(failure)"
    }

    private func failure(connecting service: Webhook.Service, _ roots: [CertificateFacts]?) -> String? {
        let key = tables.key(.service, service.namespace, service.name)
        let name = service.name.text.quoted
        guard state.exists(key) else { return "service \(name) not found" }
        let ports = tables.body(state[key].body).value.at("spec", "ports")?.elements ?? []
        guard ports.contains(where: { $0["port"]?.integer == service.port }) else {
            return "no service port \(service.port) found for service \(name)"
        }
        if readyEndpoints(of: key).isEmpty { return "no endpoints available for service \(name)" }
        let chain = servingCertificates(of: key)
        guard let leaf = chain.first else { return nil }
        return leaf.refusal(
            hostname: "\(service.name).\(service.namespace).svc", intermediates: Array(chain.dropFirst()),
            roots: roots, at: now
        ).map { "tls: failed to verify certificate: \($0)" }
    }

    /// The certificate with which the ready Pods of a Service answer: what their program has loaded, else what the
    /// Secrets of their volumes hold now; nil where neither tells.
    package func servingCertificate(of service: ObjectKey) -> CertificateFacts? {
        servingCertificates(of: service).first
    }

    /// The certificate of `servingCertificate(of:)` and the intermediates that are sent with it.
    func servingCertificates(of service: ObjectKey) -> [CertificateFacts] {
        let namespace = tables.namespace(service)
        for pod in readyEndpoints(of: service) {
            if let chain = servedChain(of: pod) { return chain }
            for volume in tables.body(state[pod].body).value.at("spec", "volumes")?.elements ?? [] {
                guard let name = volume.at("secret", "secretName")?.symbol else { continue }
                let secret = tables.key(.secret, namespace, name)
                guard state.exists(secret) else { continue }
                let certificates = tables.body(state[secret].body).value[CertificateFacts.secretField]
                // Webhook servers that write their own Secret use `cert` or `tls.crt`.
                let chain = certificates?["tls.crt"] ?? certificates?["cert"]
                if let chain, !chain.elements.isEmpty { return chain.elements.compactMap(CertificateFacts.init) }
            }
        }
        return []
    }

    /// The Pods that a Service sends requests to, from its EndpointSlices; an endpoint without a Pod counts as the
    /// Service itself.
    package func readyEndpoints(of service: ObjectKey) -> [ObjectKey] {
        var slices: [ObjectKey] = []
        state.forEachReferrer(of: service) { if $0.type == .endpointsOf { slices.append($0.source) } }
        var keys: [ObjectKey] = []
        for slice in slices.reversed() {
            for endpoint in tables.body(state[slice].body).value["endpoints"]?.elements ?? [] {
                guard endpoint.at("conditions", "ready")?.boolean ?? true else { continue }
                if endpoint.at("targetRef", "kind")?.symbol == "Pod",
                    let name = endpoint.at("targetRef", "name")?.symbol
                {
                    keys.append(tables.key(.pod, tables.namespace(service), name))
                } else {
                    keys.append(service)
                }
            }
        }
        return keys
    }

    func selects(_ webhook: Webhook, _ content: KeyContent, _ labels: MapID?, _ oldLabels: MapID?) -> Bool {
        if !webhook.namespaceSelector.isEmpty {
            if content.kind == .namespace {
                guard matches(webhook.namespaceSelector, labels, oldLabels) else { return false }
            } else if !content.namespace.isEmpty {
                let namespace = state[tables.key(.namespace, .empty, content.namespace)].labels
                guard webhook.namespaceSelector.matches(tables.map(namespace)) else { return false }
            }
        }
        return webhook.objectSelector.isEmpty || matches(webhook.objectSelector, labels, oldLabels)
    }

    private func matches(_ selector: LabelSelector, _ labels: MapID?, _ oldLabels: MapID?) -> Bool {
        [labels, oldLabels].contains { $0.map { selector.matches(tables.map($0)) } ?? false }
    }

    /// The webhooks whose rules cover a request, in the order in which they are called. Memoised.
    func webhooks(
        _ configurations: KindID, _ operation: Operation, _ kind: KindID, _ subresource: Symbol
    ) -> [Webhook] {
        let memo = tables.memo.store(WebhookMemo.self, make: WebhookMemo.init)
        let question = WebhookMemo.Question(
            stored: state.webhooks.value, configurations: configurations, operation: operation, kind: kind,
            definition: state.kinds[kind]?.body ?? .empty, subresource: subresource)
        tables.work.hasAsked = true
        if let answer = memo.answers.answer(to: question) { return answer }
        let answer = tables.work.unmetered { findWebhooks(configurations, operation, kind, subresource) }
        memo.answers.keep(answer, to: question)
        return answer
    }

    private func findWebhooks(
        _ configurations: KindID, _ operation: Operation, _ kind: KindID, _ subresource: Symbol
    ) -> [Webhook] {
        var answer: [Webhook] = []
        // Webhooks are never asked about webhook configurations, so that a broken one can be repaired.
        if kind != .validatingWebhookConfiguration, kind != .mutatingWebhookConfiguration {
            let kind = self.kind(kind)
            let tables = tables
            let names = objects(of: configurations).sorted { tables.name($0).precedes(tables.name($1)) }
            for configuration in names {
                answer += (facts(configuration, WebhookFacts.self)?.webhooks ?? []).filter { webhook in
                    webhook.rules.contains { $0.matches(operation.name, kind, subresource) }
                }
            }
        }
        return answer
    }
}

extension APIError {
    /// A call of a webhook that went wrong. Source: recordings, family webhooks.
    static func webhook(_ text: String) -> APIError {
        APIError(
            code: 500, reason: "InternalError", message: "Internal error occurred: \(text)",
            causes: [.init(reason: "", field: "", message: text)])
    }

    /// A webhook's no, with the code that webhooks made with controller-runtime give it. Source: the API server's
    /// `webhook/errors`, controller-runtime's `admission.Denied`.
    static func denied(by webhook: Symbol, _ message: Symbol) -> APIError {
        let reason = message.isEmpty ? " without explanation" : ": \(message)"
        return APIError(
            code: 403, reason: "Forbidden",
            message: "admission webhook \(webhook.text.quoted) denied the request\(reason)")
    }
}

/// Which webhooks a request meets: follows from the configurations and from how its kind is served.
private final class WebhookMemo {
    struct Question: Hashable {
        /// The sum of the configurations.
        var stored: UInt64
        var configurations: KindID
        var operation: Simulation.Operation
        var kind: KindID
        /// What says how a custom kind is served.
        var definition: BodyID
        var subresource: Symbol
    }

    var answers = BoundedMemo<Question, [Webhook]>(max: 8192)
}
