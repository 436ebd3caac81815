extension Operator {
    /// The kinds of the Gateway API: who serves them are other operators.
    static let gatewayAPI = Operator(
        analysers: [
            "gateway.networking.k8s.io/Gateway": GatewayFacts.analyse,
            "gateway.networking.k8s.io/HTTPRoute": RouteFacts.analyse,
            "gateway.networking.k8s.io/GRPCRoute": RouteFacts.analyse,
        ])
}
