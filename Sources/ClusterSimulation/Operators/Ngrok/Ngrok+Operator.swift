extension Operator {
    /// The ngrok operator.
    static let ngrok = Operator(
        programs: [Ngrok.model],
        controllers: [NgrokGateways.gatewayClass, NgrokGateways.gateway, NgrokGateways.route, NgrokDomains.controller],
        finalizers: FinalizerOwners.Entry.of(Ngrok.program, "k8s.ngrok.com/finalizer"))
}
