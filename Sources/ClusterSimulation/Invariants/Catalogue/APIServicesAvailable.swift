extension Invariant {
    /// I3: every aggregated API has a backend, so that discovery is complete.
    static let apiServicesAvailable = Invariant(
        "apiservices-available", .always,
        title: "Every aggregated APIService has a ready backend",
        predicate: "has no backend",
        explainedBy: ["workloads-become-available", "moved-workloads-become-ready"],
        grace: .minutes(5),
        reads: [
            .subjects(.kind(.apiService)), .targets(.webhookService),
            .changes(of: .kind(.endpointSlice), .all) { simulation, slice, body in
                EndpointFacts.referrersOfService(simulation, slice, .webhookService, body)
            },
            .changes(of: .kind(.secret), [.created, .body, .removed]) { simulation, secret, body in
                if !simulation.certificates(of: secret).isEmpty { simulation.forEach(.apiService, body) }
            },
        ],
        page: Page(
            rule: """
                Deleting a namespace needs the list of every kind; one aggregated API that does not answer, or whose \
                certificate the API server does not accept, makes discovery incomplete and blocks every namespace \
                deletion in the cluster (recordings, family discovery).
                """,
            incident: "kubernetes/kubernetes#60807 and #75788.",
            symptom: "Condition NamespaceDeletionDiscoveryFailure on namespaces that have nothing to do with it.",
            remedy: "Move the APIService's Service first, or delete the APIService with it.")
    ) { simulation, key in
        guard simulation.state.exists(key) else { return .notApplicable }
        guard let failure = simulation.failure(reaching: key) else {
            let expiry = simulation.certificateExpiry(of: key)
            return expiry == .never ? .holds : .holdsUntil(expiry + .seconds(1))
        }
        switch failure {
        case .noEndpoint(let service):
            return .violated(
                Evidence(fingerprint: UInt64(service.index)) { simulation in
                    let name = simulation.tables.describe(service)
                    return Explanation(
                        "\(simulation.tables.describe(key)) has no ready backend: \(name)",
                        remedy: "bring \(name) up, or delete the APIService",
                        because: Blame.behind(simulation, service: service))
                })
        case .refused(let refusal):
            return .violated(
                Evidence(fingerprint: Symbol(refusal.text).stableHash) { simulation in
                    Explanation(
                        "\(simulation.tables.describe(key)) is not trusted: "
                            + "tls: failed to verify certificate: \(refusal)",
                        remedy: "have the certificate issued for the Service, and its authority put into spec.caBundle")
                })
        }
    }
}
