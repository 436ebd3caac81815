/// Which hosts an object asks for.
///
/// Source: external-dns v0.15, `source/service.go`, `ingress.go`, `gateway.go`. A host without a target gets no record:
/// an object must have an address, or name a target itself.
enum ExternalDNSSources {
    private static let hostnameAnnotation: Symbol = "external-dns.alpha.kubernetes.io/hostname"
    private static let targetAnnotation: Symbol = "external-dns.alpha.kubernetes.io/target"

    /// The hosts that a source's object asks for; none for an object that is gone.
    static func hostnames(_ simulation: Simulation, _ key: ObjectKey, _ source: ExternalDNS.Source) -> [Symbol] {
        guard simulation.state.exists(key) else { return [] }
        switch source {
        case .service: return service(simulation, key)
        case .ingress:
            guard hasTarget(simulation, key) else { return [] }
            let hosts = simulation.facts(key, IngressFacts.self)?.hosts ?? []
            return hosts + annotated(simulation, key)
        case .httpRoute, .grpcRoute: return route(simulation, key)
        }
    }

    private static func annotated(_ simulation: Simulation, _ key: ObjectKey) -> [Symbol] {
        (simulation.annotation(key, hostnameAnnotation)?.text ?? "").split(separator: ",").map { host in
            Symbol(String(host.filter { $0 != " " }))
        }
    }

    private static func hasTarget(_ simulation: Simulation, _ key: ObjectKey) -> Bool {
        if simulation.annotation(key, targetAnnotation) != nil { return true }
        return !(simulation.state.status(key)?.document.at("loadBalancer", "ingress")?.elements.isEmpty ?? true)
    }

    /// A Service asks by annotation only. Of one with an address of the cluster only, nothing is published.
    private static func service(_ simulation: Simulation, _ key: ObjectKey) -> [Symbol] {
        guard let facts = simulation.facts(key, ServiceFacts.self) else { return [] }
        let hosts = annotated(simulation, key)
        if hosts.isEmpty { return [] }
        switch facts.type {
        case .loadBalancer: return hasTarget(simulation, key) ? hosts : []
        case .nodePort, .externalName: return hosts
        case .clusterIP: return facts.isHeadless ? hosts : []
        }
    }

    /// A route asks for its hosts once a Gateway's controller has accepted it and the Gateway has an address.
    private static func route(_ simulation: Simulation, _ key: ObjectKey) -> [Symbol] {
        guard let facts = simulation.facts(key, RouteFacts.self) else { return [] }
        let tables = simulation.tables
        var result: [Symbol] = []
        for parent in simulation.state.status(key)?.document["parents"]?.elements ?? [] {
            let reference = parent["parentRef"] ?? nil
            let isAccepted = (parent["conditions"]?.elements ?? []).contains {
                $0["type"]?.symbol == "Accepted" && $0["status"]?.symbol == "True"
            }
            guard isAccepted, let name = reference["name"]?.symbol else { continue }
            let gateway = tables.key(
                GatewayAPI.kind(tables, "Gateway"), reference["namespace"]?.symbol ?? tables.namespace(key), name)
            guard simulation.state.exists(gateway), let gatewayFacts = simulation.facts(gateway, GatewayFacts.self)
            else { continue }
            let hasAddress =
                simulation.annotation(gateway, targetAnnotation) != nil
                || !(simulation.state.status(gateway)?.document["addresses"]?.elements.isEmpty ?? true)
            guard hasAddress else { continue }
            let hosts = facts.hostnames.isEmpty ? gatewayFacts.listeners.map(\.hostname) : facts.hostnames
            for host in hosts + annotated(simulation, key) where !host.isEmpty && !result.contains(host) {
                if gatewayFacts.listeners.contains(where: { covers($0.hostname, host) }) { result.append(host) }
            }
        }
        return result
    }

    /// Whether a listener serves a host: equal, any, or below its wildcard.
    private static func covers(_ listener: Symbol, _ host: Symbol) -> Bool {
        if listener.isEmpty || listener == host { return true }
        return listener.text.hasPrefix("*.") && host.text.hasSuffix(listener.text.dropFirst())
    }
}
