extension Invariant {
    /// I5: the certificate behind a webhook is valid for the name by which the API server calls it.
    static let certificateCoversService = Invariant(
        "certificate-covers-service", .always,
        title: "A webhook's serving certificate names <service>.<namespace>.svc",
        predicate: "gets a TLS certificate for another name",
        grace: .minutes(2),
        reads: WebhookCertificates.subjects,
        page: Page(
            rule: """
                The API server verifies a webhook's certificate for `service.namespace.svc` of its clientConfig, by \
                subject alternative names only (Go crypto/x509). A certificate that was issued for the old namespace \
                does not pass. Where no endpoint answers yet, the certificates that the caBundle's authority signed \
                tell what will answer.
                """,
            incident: """
                kubernetes/ingress-nginx#12767: the Job that makes the certificate creates it only if it is absent; \
                #5968: under Argo CD a partial sync runs no hooks.
                """,
            symptom: "`x509: certificate is valid for A, not B` on every request that the webhook matches.",
            remedy: """
                Let the certificate be issued for the new name before the webhook configuration points there: run the \
                chart's hooks by a full sync, or delete the old Secret and run them again.
                """)
    ) { simulation, key in
        guard simulation.state.exists(key), let facts = simulation.facts(key, WebhookFacts.self) else {
            return .notApplicable
        }
        for webhook in facts.webhooks {
            guard let finding = mismatch(simulation, key, webhook) else { continue }
            return finding
        }
        return .holds
    }

    private static func mismatch(_ simulation: Simulation, _ key: ObjectKey, _ webhook: Webhook) -> Finding? {
        guard let service = webhook.service else { return nil }
        let host = "\(service.name).\(service.namespace).svc"
        let serviceKey = simulation.tables.key(.service, service.namespace, service.name)
        let text: String
        if let leaf = simulation.servingCertificate(of: serviceKey) {
            guard let refusal = leaf.verify(host) else { return nil }
            text = refusal.text
        } else {
            guard let roots = webhook.caBundle, !roots.isEmpty else { return nil }
            let leaves = WebhookCertificates.leaves(simulation, signedBy: roots)
            if leaves.contains(where: { $0.verify(host) == nil }) { return nil }
            if leaves.isEmpty, simulation.hasReadyEndpoint(serviceKey) { return unknown(simulation, key, host) }
            text =
                leaves.first?.verify(host)?.text
                ?? "x509: no certificate that the caBundle's authority signed is valid for \(host)"
        }
        return .violated(
            Evidence(fingerprint: Symbol(host).stableHash) { simulation in
                Explanation(
                    "TLS certificate mismatch: failed calling webhook \"\(webhook.name)\" of "
                        + "\(simulation.tables.describe(key)): tls: failed to verify certificate: \(text)",
                    remedy: "have the certificate issued again for \(host) (run the hooks of the chart by a full sync)",
                    origin: Dangling.origin(simulation, of: key, service: serviceKey), theme: "certificate for \(host)")
            })
    }

    private static func unknown(_ simulation: Simulation, _ key: ObjectKey, _ host: String) -> Finding {
        .unknown(
            Evidence(fingerprint: Symbol(host).stableHash) { simulation in
                Explanation(
                    "the certificate with which \(host) answers is in no Secret that the model sees",
                    remedy: "state what it is issued for")
            })
    }
}
