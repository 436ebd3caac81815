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
        ],
        page: Page(
            rule: """
                Deleting a namespace needs the list of every kind; one aggregated API that does not answer makes \
                discovery incomplete and blocks every namespace deletion in the cluster (recordings, family \
                discovery).
                """,
            incident: "kubernetes/kubernetes#60807 and #75788.",
            symptom: "Condition NamespaceDeletionDiscoveryFailure on namespaces that have nothing to do with it.",
            remedy: "Move the APIService's Service first, or delete the APIService with it.")
    ) { simulation, key in
        guard simulation.state.exists(key) else { return .notApplicable }
        var missing: ObjectKey?
        simulation.state.forEachReference(of: key) { link in
            if link.type == .webhookService, !simulation.hasReadyEndpoint(link.target) { missing = link.target }
        }
        guard let service = missing else { return .holds }
        return .violated(
            Evidence(fingerprint: UInt64(service.index)) { simulation in
                Explanation(
                    "\(simulation.tables.describe(key)) has no ready backend: \(simulation.tables.describe(service))",
                    remedy: "bring \(simulation.tables.describe(service)) up, or delete the APIService",
                    because: Blame.behind(simulation, service: service))
            })
    }
}
