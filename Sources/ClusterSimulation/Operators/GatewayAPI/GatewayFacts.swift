/// Kinds of the Gateway API.
enum GatewayAPI {
    static let group: Symbol = "gateway.networking.k8s.io"

    static func kind(_ tables: ClusterTables, _ name: Symbol) -> KindID {
        tables.kindIDDefiningIfNeeded(apiVersion: "gateway.networking.k8s.io/v1", kind: name)
    }
}

/// What a Gateway says.
package final class GatewayFacts: @unchecked Sendable {
    package let className: Symbol
    package let listeners: [Listener]

    package struct Listener: Sendable {
        package var name: Symbol
        /// `HTTP`, `HTTPS`, `TLS`, `TCP`, `UDP`.
        package var kind: Symbol
        package var port: Int
        /// Empty: every host.
        package var hostname: Symbol
    }

    static func analyse(_ body: Value, _ tables: ClusterTables) -> Analysis.Result {
        let facts = GatewayFacts(body)
        guard !facts.className.isEmpty else { return Analysis.Result(facts: facts) }
        let reference = Reference(
            .resource, GatewayAPI.kind(tables, "GatewayClass"), .empty, facts.className,
            origin: body.at("spec", "gatewayClassName")?.origin ?? .none)
        return Analysis.Result(facts: facts, references: [reference])
    }

    init(_ body: Value) {
        className = body.at("spec", "gatewayClassName")?.symbol ?? .empty
        listeners = (body.at("spec", "listeners")?.elements ?? []).map { listener in
            Listener(
                name: listener["name"]?.symbol ?? .empty, kind: listener["protocol"]?.symbol ?? .empty,
                port: listener["port"]?.int32 ?? 0, hostname: listener["hostname"]?.symbol ?? .empty)
        }
    }
}

/// What a route of the Gateway API says: its hosts, its Gateways, its Services.
package final class RouteFacts: @unchecked Sendable {
    package let hostnames: [Symbol]
    /// The Gateways among `spec.parentRefs`; an empty namespace is the route's own.
    package let gateways: [(namespace: Symbol, name: Symbol)]

    static func analyse(_ body: Value, _ tables: ClusterTables) -> Analysis.Result {
        let facts = RouteFacts(body)
        let spec = body["spec"] ?? nil
        var references: [Reference] = []
        let gateway = GatewayAPI.kind(tables, "Gateway")
        for parent in spec["parentRefs"]?.elements ?? [] where RouteFacts.isGateway(parent) {
            guard let name = parent["name"], let text = name.symbol else { continue }
            references.append(
                Reference(.resource, gateway, parent["namespace"]?.symbol ?? .empty, text, origin: name.origin))
        }
        for rule in spec["rules"]?.elements ?? [] {
            for backend in rule["backendRefs"]?.elements ?? [] {
                guard (backend["kind"]?.symbol ?? "Service") == "Service", let name = backend["name"],
                    let text = name.symbol
                else { continue }
                references.append(
                    Reference(.backend, .service, backend["namespace"]?.symbol ?? .empty, text, origin: name.origin))
            }
        }
        return Analysis.Result(facts: facts, references: references)
    }

    init(_ body: Value) {
        let spec = body["spec"] ?? nil
        hostnames = spec["hostnames"]?.symbols ?? []
        gateways = (spec["parentRefs"]?.elements ?? []).compactMap { parent in
            guard RouteFacts.isGateway(parent), let name = parent["name"]?.symbol else { return nil }
            return (parent["namespace"]?.symbol ?? .empty, name)
        }
    }

    private static func isGateway(_ parent: Value) -> Bool {
        (parent["kind"]?.symbol ?? "Gateway") == "Gateway"
            && (parent["group"]?.symbol ?? GatewayAPI.group) == GatewayAPI.group
    }
}
