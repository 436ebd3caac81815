/// Addresses and ports of Services. Source: the Service documentation; messages are the API server's.
extension Simulation {
    mutating func prepareService(_ draft: inout ObjectDraft, replacing old: ObjectDraft?) throws(APIError) {
        guard let facts = tables.body(draft.body).facts(ServiceFacts.self) else { return }
        var value = tables.body(draft.body).value
        var spec = value["spec"] ?? Value(.object([]))
        let before = old.flatMap { tables.body($0.body).facts(ServiceFacts.self) }
        if (spec["type"]?.text ?? "").isEmpty { spec["type"] = "ClusterIP" }
        if facts.type != .externalName, facts.clusterIP.isEmpty {
            let kept = before?.clusterIP ?? .empty
            let address = kept.isEmpty ? memory.addresses.nextService() : kept
            spec["clusterIP"] = Value(address)
            spec["clusterIPs"] = [Value(address)]
        }
        try allocateNodePorts(&spec, facts, before, draft)
        value["spec"] = spec
        let body = tables.body(kind: .service, value)
        if !tables.sameContent(body, draft.body) { draft.body = body }
    }

    private mutating func allocateNodePorts(
        _ spec: inout Value, _ facts: ServiceFacts, _ before: ServiceFacts?, _ draft: ObjectDraft
    ) throws(APIError) {
        guard facts.type == .nodePort || facts.type == .loadBalancer, !facts.ports.isEmpty else { return }
        var taken = takenNodePorts(without: tables.key(.service, draft.namespace, draft.name))
        var ports = spec["ports"]?.elements ?? []
        for (index, port) in facts.ports.enumerated() {
            if port.nodePort != 0 {
                if taken.contains(where: { $0.number == port.nodePort && $0.transport == port.transport }) {
                    let field = "spec.ports[\(index)].nodePort"
                    throw APIError.invalid(
                        tables.kind(.service), draft.name,
                        [
                            .init(
                                reason: "FieldValueInvalid", field: field,
                                message: "Invalid value: \(port.nodePort): provided port is already allocated")
                        ])
                }
                taken.append(NodePort(number: port.nodePort, transport: port.transport))
            } else {
                let kept = before?.ports.first { $0.name == port.name && $0.port == port.port }?.nodePort ?? 0
                let number = kept != 0 ? kept : Self.freeNodePort(taken)
                taken.append(NodePort(number: number, transport: port.transport))
                ports[index]["nodePort"] = .integer(number)
            }
        }
        spec["ports"] = Value(.array(ports))
    }

    private struct NodePort {
        var number: Int
        var transport: Symbol
    }

    private func takenNodePorts(without key: ObjectKey) -> [NodePort] {
        var ports: [NodePort] = []
        forEach(.service) { other in
            guard other != key, let facts = facts(other, ServiceFacts.self),
                facts.type == .nodePort || facts.type == .loadBalancer
            else { return }
            for port in facts.ports where port.nodePort != 0 {
                ports.append(NodePort(number: port.nodePort, transport: port.transport))
            }
        }
        return ports
    }

    /// The lowest free port of the range 30000-32767 above its part for chosen ports.
    private static func freeNodePort(_ taken: [NodePort]) -> Int {
        var number = 30_086
        while taken.contains(where: { $0.number == number }) { number += 1 }
        return number
    }
}
