/// Whether the names of Services resolve, and whom that concerns. Source: specs/coredns.md 3.1, 4.1, 5.3, 6.2.
enum ServiceNames {
    /// Bridges to bridges are followed so far; CoreDNS stops there too (6.2).
    private static let bridgesMax = 10

    /// Whether the cluster's DNS answers a Service's name with an address, or with an alias of a name outside.
    static func resolves(_ simulation: Simulation, _ service: ObjectKey) -> Bool {
        guard simulation.state.exists(service), let facts = simulation.facts(service, ServiceFacts.self) else {
            return false
        }
        if facts.type != .externalName, !facts.isHeadless {
            return simulation.state.exists(simulation.tables.namespaceKey(service))
        }
        return !answer(simulation, service).answers.isEmpty
    }

    /// What a client is told: the first answer with records, else that to the question for an IPv4 address.
    private static func answer(_ simulation: Simulation, _ service: ObjectKey) -> DNSAnswer {
        let content = simulation.tables.content(service)
        let dns = ClusterDNS(simulation)
        let name = "\(content.name).\(content.namespace).svc.cluster.local."
        let first = dns.answer(DNSQuestion(name, .a))
        guard first.isNoData else { return first }
        let second = dns.answer(DNSQuestion(name, .aaaa))
        return second.answers.isEmpty ? first : second
    }

    /// Why a name does not resolve, as `dig` and people say it.
    static func denial(_ simulation: Simulation, _ service: ObjectKey) -> String {
        guard simulation.state.exists(service), let facts = simulation.facts(service, ServiceFacts.self) else {
            return "NXDOMAIN"
        }
        if facts.type == .externalName {
            return answer(simulation, service).isNoData
                ? "no address: its target \(facts.externalName) does not resolve" : "NXDOMAIN"
        }
        return facts.isHeadless ? "NXDOMAIN: a headless Service without a ready endpoint" : "NXDOMAIN"
    }

    /// What helps where the Service itself is there; nil where it is not.
    static func remedy(_ simulation: Simulation, _ service: ObjectKey) -> String? {
        guard simulation.state.exists(service), let facts = simulation.facts(service, ServiceFacts.self) else {
            return nil
        }
        if facts.type == .externalName {
            return "let externalName of \(simulation.tables.describe(service)) name a Service that exists"
        }
        return facts.isHeadless ? "get a Pod that \(simulation.tables.describe(service)) selects ready" : nil
    }

    /// The Service that a name leads to, through ExternalName Services; nil where it leads out of the cluster.
    static func behindBridges(_ simulation: Simulation, _ service: ObjectKey) -> ObjectKey? {
        var key = service
        for _ in 0...bridgesMax {
            guard simulation.facts(key, ServiceFacts.self)?.type == .externalName else { return key }
            var target: ObjectKey?
            simulation.state.forEachReference(of: key) { if $0.type == .dnsName { target = $0.target } }
            guard let target else { return nil }
            key = target
        }
        return nil
    }

    // MARK: Whom a change concerns

    /// Whoever names a Service through bridges: ExternalName Services whose target it is.
    static func usersOfBridges(_ simulation: Simulation, _ service: ObjectKey, _ body: (ObjectKey) -> Void) {
        var bridges: [ObjectKey] = [service]
        var isKnown: Set<ObjectKey> = [service]
        // As many rounds as bridges can follow each other; a round takes every bridge of the one before.
        for round in 0..<bridgesMax where !bridges.isEmpty {
            var next: [ObjectKey] = []
            for bridge in bridges {
                simulation.state.forEachReferrer(of: bridge) { link in
                    guard link.type == .dnsName else { return }
                    if simulation.tables.kindID(link.source) == .service {
                        if isKnown.insert(link.source).inserted { next.append(link.source) }
                    } else if round > 0 {
                        body(link.source)
                    }
                }
            }
            bridges = next
        }
    }

    /// Whoever names the headless Service of an EndpointSlice; of a slice that is gone, any of its namespace.
    static func usersOfEndpoints(_ simulation: Simulation, _ slice: ObjectKey, _ body: (ObjectKey) -> Void) {
        let namespace = simulation.tables.namespace(slice)
        if let name = simulation.label(slice, "kubernetes.io/service-name") {
            usersOfHeadless(simulation, simulation.tables.key(.service, namespace, name), body)
        } else {
            simulation.forEach(.service, in: namespace) { usersOfHeadless(simulation, $0, body) }
        }
    }

    private static func usersOfHeadless(_ simulation: Simulation, _ service: ObjectKey, _ body: (ObjectKey) -> Void) {
        guard simulation.facts(service, ServiceFacts.self)?.isHeadless == true else { return }
        users(simulation, service, body)
    }

    /// Whoever names a Service, itself or through bridges.
    static func users(_ simulation: Simulation, _ service: ObjectKey, _ body: (ObjectKey) -> Void) {
        simulation.state.forEachReferrer(of: service) { link in
            if link.type == .dnsName, simulation.tables.kindID(link.source) != .service { body(link.source) }
        }
        usersOfBridges(simulation, service, body)
    }

    /// Whoever names a Service of a namespace that comes or goes before them.
    static func usersOfNamespace(_ simulation: Simulation, _ key: ObjectKey, _ body: (ObjectKey) -> Void) {
        simulation.forEach(.service, in: simulation.tables.name(key)) { users(simulation, $0, body) }
    }
}
