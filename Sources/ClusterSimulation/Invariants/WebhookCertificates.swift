/// Which certificates stand behind a webhook: what two invariants about trust and names share.
enum WebhookCertificates {
    /// The webhook configurations: subjects whose certificates matter.
    static let subjects: [Invariant.Reads] = [
        .subjects(.kind(.validatingWebhookConfiguration)), .subjects(.kind(.mutatingWebhookConfiguration)),
        .targets(.webhookService),
        .changes(of: .kind(.endpointSlice), .all) { simulation, slice, body in
            EndpointFacts.referrersOfService(simulation, slice, .webhookService, body)
        },
        .changes(of: .kind(.secret), [.created, .body, .removed]) { simulation, secret, body in
            guard !simulation.certificates(of: secret).isEmpty else { return }
            simulation.forEach(.validatingWebhookConfiguration, body)
            simulation.forEach(.mutatingWebhookConfiguration, body)
        },
    ]

    /// The leaf certificates of all Secrets that one of these authorities signed.
    static func leaves(_ simulation: Simulation, signedBy roots: [CertificateFacts]) -> [CertificateFacts] {
        var found: [CertificateFacts] = []
        simulation.forEach(.secret) { secret in
            for leaf in simulation.certificates(of: secret)
            where !leaf.isCA && roots.contains(where: { isSigned(leaf, by: $0) }) {
                found.append(leaf)
            }
        }
        return found
    }

    /// By names alone where it is not known which key signed.
    private static func isSigned(_ leaf: CertificateFacts, by root: CertificateFacts) -> Bool {
        leaf.issuerKeyIdentity.isEmpty ? leaf.issuer == root.subject : leaf.issuerKeyIdentity == root.keyIdentity
    }
}

extension Simulation {
    /// The certificates a Secret carries; empty for a Secret without any, or that does not exist.
    func certificates(of secret: ObjectKey) -> [CertificateFacts] {
        guard let facts = tables.body(state[secret].body).value[CertificateFacts.secretField] else { return [] }
        return facts.fields.flatMap { $0.value.elements.compactMap(CertificateFacts.init) }
    }
}
