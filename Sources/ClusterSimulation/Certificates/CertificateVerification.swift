/// Whether a TLS client accepts a server's certificate, as Go's `crypto/x509` decides it.
///
/// The first of these that fails is the error: the leaf's critical extensions and validity, its names, a chain to an
/// authority (whose own validity counts here), key usages along the chain, name constraints.
/// Certificate policies are not modelled: a client that asks for none, as Go's does, refuses nothing for them.
///
/// Source: Go `crypto/x509`, `Certificate.Verify`, `isValid`, `checkChainForKeyUsage`; as of Go 1.26.
extension CertificateFacts {
    /// What a TLS client says against this server certificate; nil where it is content.
    ///
    /// - Parameters:
    ///   - hostname: the name or address that the client connects to; empty: any will do.
    ///   - intermediates: what the server sends besides this certificate.
    ///   - roots: whom the client trusts; nil where that is not known, so that the chain is not checked.
    package func refusal(
        hostname: String, intermediates: [CertificateFacts] = [], roots: [CertificateFacts]?, at now: SimulationTime
    ) -> CertificateRefusal? {
        if let refusal = validity(at: now) ?? (hostname.isEmpty ? nil : verify(hostname)) { return refusal }
        guard let roots else { return nil }
        do throws(CertificateRefusal) {
            try checkChains(from: self, intermediates, roots, now)
            return nil
        } catch {
            return error
        }
    }

    /// What is wrong with the names; nil where the certificate is valid for `hostname`. The common name never counts.
    package func verify(_ hostname: String) -> CertificateRefusal? {
        let host = CertificateHost(hostname)
        return name(covering: host) == nil ? .otherNames(self, host) : nil
    }

    /// The alternative name that covers a host; nil where none does.
    package func name(covering host: CertificateHost) -> Symbol? {
        host.address == nil
            ? dnsNames.first { host.isCovered(by: $0) } : ipAddresses.first { host.isAddress($0) }
    }

    /// What is wrong with the certificate at a moment, whoever signed it; nil for nothing.
    package func validity(at now: SimulationTime) -> CertificateRefusal? {
        if hasUnhandledCriticalExtension { return .unhandledCriticalExtension }
        if now < notBefore { return .notYetValid(at: now, before: notBefore) }
        if now > notAfter { return .expired(at: now, after: notAfter) }
        return nil
    }

    /// When the next of some certificates expires; `.never` where all have.
    static func nextExpiry(of certificates: [CertificateFacts], after now: SimulationTime) -> SimulationTime {
        certificates.lazy.map(\.notAfter).filter { $0 >= now }.min() ?? .never
    }

    private func checkChains(
        from leaf: CertificateFacts, _ intermediates: [CertificateFacts], _ roots: [CertificateFacts],
        _ now: SimulationTime
    ) throws(CertificateRefusal) {
        var chains = [[leaf]]
        // A certificate that is trusted itself needs no authority.
        if !roots.contains(where: { $0.isSameCertificate(as: leaf) }) {
            var search = ChainSearch(roots: roots, intermediates: intermediates, now: now)
            chains = try search.chains(continuing: [leaf])
        }
        var firstConstraint: CertificateRefusal?
        for chain in chains where Self.allows("serverAuth", chain) {
            guard let detail = NameConstraints.violation(in: chain) else { return }
            firstConstraint = firstConstraint ?? .notAuthorized(forName: detail)
        }
        throw firstConstraint ?? .incompatibleUsage
    }

    /// Whether no certificate of a chain is for other usages only.
    private static func allows(_ usage: Symbol, _ chain: [CertificateFacts]) -> Bool {
        chain.allSatisfy { certificate in
            certificate.extendedKeyUsages.isEmpty
                || certificate.extendedKeyUsages.contains { $0 == usage || $0 == "any" }
        }
    }
}
