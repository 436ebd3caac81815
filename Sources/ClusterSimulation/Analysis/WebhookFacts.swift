/// What a ValidatingWebhookConfiguration or MutatingWebhookConfiguration says.
package final class WebhookFacts: Sendable {
    package let webhooks: [Webhook]

    static func analyse(_ body: Value, _ tables: ClusterTables) -> Analysis.Result {
        let facts = WebhookFacts(body)
        let references = zip(facts.webhooks, body["webhooks"]?.elements ?? []).compactMap { webhook, element in
            webhook.service.map {
                let service = element.at("clientConfig", "service")
                let origin = (service?["namespace"] ?? service ?? element).origin
                return Reference(
                    .webhookService, .service, $0.namespace, $0.name, optional: !webhook.failsClosed, origin: origin)
            }
        }
        return Analysis.Result(facts: facts, references: references)
    }

    init(_ body: Value) { webhooks = (body["webhooks"]?.elements ?? []).map(Webhook.init) }
}

/// One webhook.
package struct Webhook: Sendable {
    package var name: Symbol
    /// nil: called by URL, which the model takes to answer.
    package var service: Service?
    /// nil where the bundle is there but its certificates are not known.
    package var caBundle: [CertificateFacts]?
    package var rules: [Rule]
    /// `failurePolicy: Fail`, the default.
    package var failsClosed: Bool
    package var namespaceSelector: LabelSelector
    package var objectSelector: LabelSelector
    package var timeoutSeconds: Int
    /// `reinvocationPolicy: IfNeeded`: called once more where a later webhook changed the object.
    package var isReinvoked: Bool

    package struct Service: Sendable {
        package var namespace: Symbol
        package var name: Symbol
        package var port: Int
        package var path: Symbol
    }

    /// One entry of `rules`.
    package struct Rule: Sendable {
        package var operations: [Symbol]
        package var apiGroups: [Symbol]
        package var apiVersions: [Symbol]
        package var resources: [Symbol]
        /// `*`, `Namespaced` or `Cluster`.
        package var scope: Symbol
    }

    init(_ value: Value) {
        name = value["name"]?.symbol ?? .empty
        let client = value["clientConfig"]
        service = client?["service"].map { service in
            Service(
                namespace: service["namespace"]?.symbol ?? .empty, name: service["name"]?.symbol ?? .empty,
                port: service["port"]?.int32 ?? 443, path: service["path"]?.symbol ?? "/")
        }
        caBundle = CertificateFacts.bundle(client)
        rules = (value["rules"]?.elements ?? []).map { rule in
            Rule(
                operations: rule["operations"]?.symbols ?? [], apiGroups: rule["apiGroups"]?.symbols ?? [],
                apiVersions: rule["apiVersions"]?.symbols ?? [], resources: rule["resources"]?.symbols ?? [],
                scope: rule["scope"]?.symbol ?? "*")
        }
        failsClosed = value["failurePolicy"]?.symbol != "Ignore"
        namespaceSelector = value["namespaceSelector"].map(LabelSelector.init) ?? LabelSelector()
        objectSelector = value["objectSelector"].map(LabelSelector.init) ?? LabelSelector()
        timeoutSeconds = value["timeoutSeconds"]?.int32 ?? 10
        isReinvoked = value["reinvocationPolicy"]?.symbol == "IfNeeded"
    }
}

extension Webhook.Rule {
    /// Whether the rule covers a request, whatever its version: `matchPolicy: Equivalent` converts.
    func matches(_ operation: Symbol, _ kind: Kind, _ subresource: Symbol) -> Bool {
        guard operations.contains(where: { $0 == operation || $0 == "*" }) else { return false }
        guard apiGroups.contains(where: { $0 == kind.group || $0 == "*" }) else { return false }
        guard apiVersions.contains(where: { $0 == "*" || $0 == kind.version || kind.otherVersions.contains($0) })
        else { return false }
        if scope == "Namespaced", !kind.namespaced { return false }
        if scope == "Cluster", kind.namespaced { return false }
        return resources.contains { resource in
            if resource == "*/*" { return true }
            if subresource.isEmpty { return resource == "*" || resource == kind.plural }
            return resource == Symbol("\(kind.plural)/\(subresource)") || resource == Symbol("\(kind.plural)/*")
                || resource == Symbol("*/\(subresource)")
        }
    }
}
