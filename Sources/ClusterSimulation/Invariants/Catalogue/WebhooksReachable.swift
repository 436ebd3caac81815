extension Invariant {
    /// I4: every webhook's Service exists and has a ready endpoint.
    static let webhooksReachable = Invariant(
        "webhooks-reachable", .always,
        title: "Every admission and conversion webhook reaches a ready endpoint",
        predicate: "cannot be called",
        explainedBy: ["certificate-covers-service", "ca-bundle-trusts-certificate", "workloads-become-available"],
        grace: .minutes(5),
        reads: [
            .subjects(.kind(.validatingWebhookConfiguration)), .subjects(.kind(.mutatingWebhookConfiguration)),
            .subjects(.kind(.customResourceDefinition)), .targets(.webhookService),
            .changes(of: .kind(.endpointSlice), .all) { simulation, slice, body in
                EndpointFacts.referrersOfService(simulation, slice, .webhookService, body)
            },
        ],
        page: Page(
            rule: """
                The API server calls `clientConfig.service` by name; without a Service or a ready endpoint a webhook \
                with failurePolicy Fail refuses every request it matches, deletes included (recordings, family \
                webhooks).
                """,
            incident: "opendatahub-io/opendatahub-operator#3808, cert-manager/cert-manager#2757.",
            symptom: "`failed calling webhook …: service \"x\" not found`, or `no endpoints available for service`.",
            remedy: "Move the webhook configuration together with its Service, and wait for the endpoint.")
    ) { simulation, key in
        guard simulation.state.exists(key) else { return .notApplicable }
        var unreachable: [ObjectKey] = []
        simulation.state.forEachReference(of: key) { link in
            guard link.type == .webhookService, !simulation.hasReadyEndpoint(link.target) else { return }
            if !unreachable.contains(link.target) { unreachable.append(link.target) }
        }
        if unreachable.isEmpty { return .holds }
        let services = unreachable
        var fingerprint = StableHash()
        for service in services {
            fingerprint.combine(UInt64(service.index) << 1 | (simulation.state.exists(service) ? 1 : 0))
        }
        return .violated(
            Evidence(fingerprint: fingerprint.value) { simulation in
                let texts = services.map { service in
                    let name = simulation.tables.name(service)
                    return simulation.state.exists(service)
                        ? "no endpoints available for service \"\(name)\"" : "service \"\(name)\" not found"
                }
                let place = services.map { simulation.tables.describe($0) }.joined(separator: ", ")
                return Explanation(
                    "\(simulation.tables.describe(key)) cannot be called: \(texts.joined(separator: "; ")) (\(place))",
                    remedy: "bring \(place) up with a ready Pod before the webhook configuration points to it",
                    because: services.flatMap { Blame.behind(simulation, service: $0) })
            })
    }
}
