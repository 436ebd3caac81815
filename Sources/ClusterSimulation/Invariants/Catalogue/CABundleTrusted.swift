extension Invariant {
    /// I6: the caBundle trusts the certificate that answers, and what it is injected from exists.
    static let caBundleTrusted = Invariant(
        "ca-bundle-trusts-certificate", .always,
        title: "A webhook's caBundle trusts the certificate that answers, and its CA injection has a source",
        predicate: "does not trust the certificate that answers",
        explainedBy: ["certificate-covers-service"],
        grace: .minutes(5),
        reads: WebhookCertificates.subjects + [
            .subjects(.kind(.customResourceDefinition)), .subjects(.kind(.apiService)),
            .changes(of: .custom(group: "cert-manager.io", kind: "Certificate"), .existence, injected),
            .changes(of: .kind(.secret), .existence, injected),
        ],
        page: Page(
            rule: """
                The caBundle must hold an authority that signed the serving certificate. With \
                `cert-manager.io/inject-ca-from` the named Certificate, with `inject-ca-from-secret` the named Secret, \
                must exist in the namespace that the annotation names.
                """,
            incident: "cert-manager/cert-manager#2757, #5061: annotations and leases that kept the old namespace.",
            symptom: "`x509: certificate signed by unknown authority`.",
            remedy: "Change the annotation with the move, let the injector run, let no sync put the old bundle back.")
    ) { simulation, key in
        guard simulation.state.exists(key) else { return .notApplicable }
        if let source = missingSource(simulation, key) {
            return .violated(
                Evidence(fingerprint: UInt64(source.index)) { simulation in
                    Explanation(
                        "\(simulation.tables.describe(key)) takes its CA from \(simulation.tables.describe(source)), "
                            + "which does not exist",
                        remedy: "name the object in the namespace where it is now")
                })
        }
        let isWebhook = [.validatingWebhookConfiguration, .mutatingWebhookConfiguration]
            .contains(simulation.state[key].kind)
        guard isWebhook, let facts = simulation.facts(key, WebhookFacts.self) else { return .holds }
        var expiry = SimulationTime.never
        for webhook in facts.webhooks {
            guard let service = webhook.service, let roots = webhook.caBundle else { continue }
            let host = "\(service.name).\(service.namespace).svc"
            let serviceKey = simulation.tables.key(.service, service.namespace, service.name)
            let chain = simulation.servingCertificates(of: serviceKey)
            guard let leaf = chain.first, leaf.verify(host) == nil else { continue }
            let others = Array(chain.dropFirst())
            guard
                let refusal = leaf.refusal(hostname: host, intermediates: others, roots: roots, at: simulation.now)
            else {
                let end = CertificateFacts.nextExpiry(of: chain + roots, after: simulation.now)
                if expiry == .never || end < expiry { expiry = end }
                continue
            }
            return .violated(
                Evidence(fingerprint: Symbol(refusal.text).stableHash) { simulation in
                    Explanation(
                        "failed calling webhook \"\(webhook.name)\" of \(simulation.tables.describe(key)): "
                            + "tls: failed to verify certificate: \(refusal)",
                        remedy: "put the CA of \(host)'s certificate into the caBundle")
                })
        }
        return expiry == .never ? .holds : .holdsUntil(expiry + .seconds(1))
    }

    /// Everything with an injection annotation, where a Certificate or Secret that may be its source comes or goes.
    private static func injected(_ simulation: Simulation, _ source: ObjectKey, _ body: (ObjectKey) -> Void) {
        let content = simulation.tables.content(source)
        let name = Symbol("\(content.namespace)/\(content.name)")
        let annotation: Symbol =
            content.kind == .secret
            ? "cert-manager.io/inject-ca-from-secret" : "cert-manager.io/inject-ca-from"
        for kind in [
            .validatingWebhookConfiguration, .mutatingWebhookConfiguration, .customResourceDefinition, .apiService,
        ] as [KindID] {
            simulation.forEach(kind) { if simulation.annotation($0, annotation) == name { body($0) } }
        }
    }

    /// What an injection annotation names and is not there.
    private static func missingSource(_ simulation: Simulation, _ key: ObjectKey) -> ObjectKey? {
        func named(_ annotation: Symbol, _ kind: KindID?) -> ObjectKey? {
            guard let kind, let text = simulation.annotation(key, annotation)?.text else { return nil }
            let parts = text.split(separator: "/", maxSplits: 1).map { Symbol($0) }
            guard parts.count == 2 else { return nil }
            let source = simulation.tables.key(kind, parts[0], parts[1])
            return simulation.state.exists(source) ? nil : source
        }
        return named(
            "cert-manager.io/inject-ca-from", simulation.tables.define(group: "cert-manager.io", kind: "Certificate"))
            ?? named("cert-manager.io/inject-ca-from-secret", .secret)
    }
}
