extension Simulation {
    /// Whether a Service exists and has at least one ready endpoint.
    package func hasReadyEndpoint(_ service: ObjectKey) -> Bool {
        guard state.exists(service) else { return false }
        var ready = false
        state.forEachReferrer(of: service) { link in
            guard !ready, link.type == .endpointsOf else { return }
            ready = EndpointFacts.hasReady(tables.body(state[link.source].body))
        }
        return ready
    }
}

/// What an EndpointSlice's body says, read without facts of its own.
enum EndpointFacts {
    /// Whether some endpoint is ready; an unset `ready` counts (specs/coredns.md 5.1).
    static func hasReady(_ body: Body) -> Bool {
        for endpoint in body.value["endpoints"]?.elements ?? [] {
            if endpoint.at("conditions", "ready")?.boolean ?? true { return true }
        }
        return false
    }

    /// The subjects that look at a Service when one of its EndpointSlices changes.
    static func referrersOfService(
        _ simulation: Simulation, _ slice: ObjectKey, _ type: ReferenceType, _ body: (ObjectKey) -> Void
    ) {
        guard let service = simulation.label(slice, "kubernetes.io/service-name") else { return }
        let key = simulation.tables.key(.service, simulation.tables.namespace(slice), service)
        simulation.state.forEachReferrer(of: key) { if $0.type == type { body($0.source) } }
    }
}
