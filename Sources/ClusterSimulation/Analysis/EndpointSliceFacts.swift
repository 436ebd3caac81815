/// What the model reads of an EndpointSlice. Source: the Kubernetes API reference, discovery/v1 EndpointSlice.
package final class EndpointSliceFacts {
    package let endpoints: [Endpoint]
    package let ports: [Port]

    package struct Endpoint: Sendable {
        package var addresses: [IPAddress]
        /// An unset `ready` counts as ready (specs/coredns.md 5.1).
        package var isReady: Bool
        /// Empty where the endpoint has none.
        package var hostname: Symbol
        /// The name of the Pod it stands for; empty where there is none.
        package var pod: Symbol
        /// The topology zone; empty where it is not known.
        package var zone: Symbol
    }

    package struct Port: Sendable {
        package var name: Symbol
        package var number: Int
        package var transport: Symbol
    }

    static func analyse(_ body: Value, _ tables: ClusterTables) -> Analysis.Result {
        Analysis.Result(facts: EndpointSliceFacts(body))
    }

    init(_ body: Value) {
        endpoints =
            body["endpoints"]?.elements.map { endpoint in
                Endpoint(
                    addresses: endpoint["addresses"]?.elements.compactMap { $0.text.flatMap { IPAddress($0) } } ?? [],
                    isReady: endpoint.at("conditions", "ready")?.boolean ?? true,
                    hostname: endpoint["hostname"]?.symbol ?? .empty,
                    pod: endpoint.at("targetRef", "kind")?.symbol == "Pod"
                        ? endpoint.at("targetRef", "name")?.symbol ?? .empty : .empty,
                    zone: endpoint["zone"]?.symbol ?? .empty)
            } ?? []
        ports =
            body["ports"]?.elements.map { port in
                Port(
                    name: port["name"]?.symbol ?? .empty, number: port["port"]?.int32 ?? -1,
                    transport: port["protocol"]?.symbol ?? "TCP")
            } ?? []
    }

    /// Whether some endpoint is ready.
    package var hasReady: Bool { endpoints.contains { $0.isReady && !$0.addresses.isEmpty } }
}
