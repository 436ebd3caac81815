/// What the model reads of a Service.
package final class ServiceFacts {
    package enum ServiceType: Sendable { case clusterIP, nodePort, loadBalancer, externalName }

    package let type: ServiceType
    /// Empty: endpoints are somebody else's business.
    package let selector: [(key: Symbol, value: Symbol)]
    package let ports: [Port]
    /// The address, `None` for a headless Service, empty where none was given yet.
    package let clusterIP: Symbol
    /// Every address of its own, `clusterIP` first; empty for a headless Service.
    package let clusterIPs: [Symbol]
    package let externalName: Symbol
    package let publishNotReadyAddresses: Bool

    package struct Port: Sendable {
        package var name: Symbol
        package var port: Int
        /// 0 where it is a name or not given.
        package var targetPort: Int
        /// A named target port; empty where it is a number.
        package var targetName: Symbol
        package var nodePort: Int
        package var transport: Symbol
        package var origin: Origin
    }

    /// Whether it has no address of its own.
    package var isHeadless: Bool { clusterIP == "None" }

    static func analyse(_ body: Value, _ tables: ClusterTables) -> Analysis.Result {
        let facts = ServiceFacts(body["spec"] ?? nil)
        var collector = ReferenceCollector()
        if facts.type == .externalName { collector.addDNSNames(in: body.at("spec", "externalName") ?? nil) }
        return Analysis.Result(facts: facts, references: collector.references)
    }

    init(_ spec: Value) {
        switch spec["type"]?.symbol {
        case "NodePort": type = .nodePort
        case "LoadBalancer": type = .loadBalancer
        case "ExternalName": type = .externalName
        default: type = .clusterIP
        }
        selector = spec["selector"]?.fields.map { ($0.key, $0.value.symbol ?? .empty) } ?? []
        ports = spec["ports"]?.elements.map(Port.init) ?? []
        let addresses = spec["clusterIPs"]?.symbols ?? []
        clusterIP = addresses.first ?? spec["clusterIP"]?.symbol ?? .empty
        clusterIPs = (addresses.isEmpty ? [clusterIP] : addresses).filter { !$0.isEmpty && $0 != "None" }
        externalName = spec["externalName"]?.symbol ?? .empty
        publishNotReadyAddresses = spec["publishNotReadyAddresses"]?.boolean ?? false
    }

    /// Whether the selector, where there is one, covers these labels.
    package func selects(_ labels: LabelMap) -> Bool {
        if selector.isEmpty { return false }
        for requirement in selector where labels[requirement.key] != requirement.value { return false }
        return true
    }
}

extension ServiceFacts.Port {
    init(_ value: Value) {
        name = value["name"]?.symbol ?? .empty
        port = value["port"]?.int32 ?? 0
        targetPort = value["targetPort"]?.int32 ?? (value["targetPort"] == nil ? port : 0)
        targetName = value["targetPort"]?.symbol ?? .empty
        nodePort = value["nodePort"]?.int32 ?? 0
        transport = value["protocol"]?.symbol ?? "TCP"
        origin = value.origin
    }
}
