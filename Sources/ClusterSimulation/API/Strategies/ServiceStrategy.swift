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
        var numbers = Set(taken.map(\.number))
        var next = Self.firstNodePort
        var kept: [PortName: Int] = [:]
        for port in before?.ports ?? [] where port.nodePort != 0 {
            let name = PortName(name: port.name, number: port.port)
            if kept[name] == nil { kept[name] = port.nodePort }
        }
        var ports = spec["ports"]?.elements ?? []
        for (index, port) in facts.ports.enumerated() {
            if port.nodePort != 0 {
                if taken.contains(NodePort(number: port.nodePort, transport: port.transport)) {
                    let field = "spec.ports[\(index)].nodePort"
                    throw APIError.invalid(
                        self.kind(.service), draft.name,
                        [
                            .init(
                                reason: "FieldValueInvalid", field: field,
                                message: "Invalid value: \(port.nodePort): provided port is already allocated")
                        ])
                }
                taken.insert(NodePort(number: port.nodePort, transport: port.transport))
                numbers.insert(port.nodePort)
            } else {
                let name = PortName(name: port.name, number: port.port)
                let number = kept[name] ?? Self.freeNodePort(numbers, from: &next)
                taken.insert(NodePort(number: number, transport: port.transport))
                numbers.insert(number)
                ports[index]["nodePort"] = .integer(number)
            }
        }
        spec["ports"] = Value(.array(ports))
    }

    private struct NodePort: Hashable {
        var number: Int
        var transport: Symbol
    }

    /// By what a port of a changed Service is known again.
    private struct PortName: Hashable {
        var name: Symbol
        var number: Int
    }

    private func takenNodePorts(without key: ObjectKey) -> Set<NodePort> {
        var ports: Set<NodePort> = []
        forEach(.service) { other in
            guard other != key, let facts = facts(other, ServiceFacts.self),
                facts.type == .nodePort || facts.type == .loadBalancer
            else { return }
            for port in facts.ports where port.nodePort != 0 {
                ports.insert(NodePort(number: port.nodePort, transport: port.transport))
            }
        }
        return ports
    }

    /// The lowest free port of the range 30000-32767 above its part for chosen ports.
    ///
    /// - Parameter next: below it none is free; moved on, for the next port of the Service.
    private static func freeNodePort(_ taken: Set<Int>, from next: inout Int) -> Int {
        while taken.contains(next) { next += 1 }
        return next
    }

    private static let firstNodePort = 30_086
}
