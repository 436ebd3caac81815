@testable import ClusterSimulation

extension SimulationTime {
    /// A moment of the tests: `2026-01-01`.
    static func day(_ text: String) -> SimulationTime {
        guard let time = SimulationTime(rfc3339: text + "T00:00:00Z") else { preconditionFailure(text) }
        return time
    }
}

extension CertificateFacts {
    /// A certificate of the year 2026 whose key is its name; signed by the key that is its issuer's name.
    static func test(
        _ name: Symbol, by issuer: Symbol, dns: [Symbol] = [], ip: [Symbol] = [], isCA: Bool = false,
        algorithm: Symbol = "ECDSA"
    ) -> CertificateFacts {
        CertificateFacts(
            subject: Symbol("CN=\(name)"), issuer: Symbol("CN=\(issuer)"), dnsNames: dns, ipAddresses: ip,
            notBefore: .day("2026-01-01"), notAfter: .day("2027-01-01"), isCA: isCA, keyIdentity: name,
            issuerKeyIdentity: issuer, isSelfSigned: name == issuer, keyAlgorithm: algorithm)
    }

    /// An authority, self-signed where no other signed it.
    static func authority(_ name: Symbol, by issuer: Symbol? = nil) -> CertificateFacts {
        test(name, by: issuer ?? name, isCA: true)
    }

    /// This certificate, changed.
    func with(_ change: (inout CertificateFacts) -> Void) -> CertificateFacts {
        var facts = self
        change(&facts)
        return facts
    }
}
