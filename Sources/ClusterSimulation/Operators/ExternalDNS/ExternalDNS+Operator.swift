extension Operator {
    /// external-dns.
    static let externalDNS = Operator(
        programs: [ExternalDNS.model], controllers: [ExternalDNS.controller])
}
