extension Operator {
    /// ingress-nginx.
    static let ingressNginx = Operator(
        programs: [IngressNginx.program], controllers: [IngressNginx.controller])
}
