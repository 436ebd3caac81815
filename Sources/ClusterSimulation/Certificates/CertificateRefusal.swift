/// Why a client does not accept a certificate, in the words of Go's `crypto/x509`.
///
/// Source: Go `crypto/x509`, the `Error` methods of `CertificateInvalidError`, `HostnameError`,
/// `UnknownAuthorityError` and what `CheckSignatureFrom` returns; texts of Go 1.26.
package struct CertificateRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// `x509: certificate has expired or is not yet valid: …`
    package let text: String

    package var description: String { text }

    private init(_ text: String) { self.text = "x509: " + text }
}

// MARK: - The certificate itself

extension CertificateRefusal {
    static let unhandledCriticalExtension = CertificateRefusal("unhandled critical extension")

    static func notYetValid(at now: SimulationTime, before start: SimulationTime) -> CertificateRefusal {
        outsideValidity("current time \(now.rfc3339) is before \(start.rfc3339)")
    }

    static func expired(at now: SimulationTime, after end: SimulationTime) -> CertificateRefusal {
        outsideValidity("current time \(now.rfc3339) is after \(end.rfc3339)")
    }

    private static func outsideValidity(_ detail: String) -> CertificateRefusal {
        CertificateRefusal("certificate has expired or is not yet valid: \(detail)")
    }
}

// MARK: - The host

extension CertificateRefusal {
    /// From how many on names are counted and not listed.
    private static let namesMax = 100

    /// None of the names of a certificate covers the host.
    static func otherNames(_ certificate: CertificateFacts, _ host: CertificateHost) -> CertificateRefusal {
        if !certificate.hasAlternativeNames, host.isCovered(byCommonName: certificate.commonName) {
            return CertificateRefusal("certificate relies on legacy Common Name field, use SANs instead")
        }
        let isAddress = host.address != nil
        let names = isAddress ? certificate.ipAddresses.map(usual) : certificate.dnsNames.map(\.text)
        if isAddress, names.isEmpty {
            return CertificateRefusal(
                "cannot validate certificate for \(host.text) because it doesn't contain any IP SANs")
        }
        if names.count >= namesMax {
            let type = isAddress ? "IP SANs" : "names"
            return CertificateRefusal("certificate is valid for \(names.count) \(type), but none matched \(host.text)")
        }
        let list = names.joined(separator: ", ")
        if list.isEmpty {
            return CertificateRefusal("certificate is not valid for any names, but wanted to match \(host.text)")
        }
        return CertificateRefusal("certificate is valid for \(list), not \(host.text)")
    }

    private static func usual(_ address: Symbol) -> String {
        IPAddress(address.text)?.unmapped.description ?? address.text
    }
}

// MARK: - The chain

extension CertificateRefusal {
    static let notAuthorizedToSign = CertificateRefusal("certificate is not authorized to sign other certificates")
    static let tooManyIntermediates = CertificateRefusal("too many intermediates for path length constraint")
    static let incompatibleUsage = CertificateRefusal("certificate specifies an incompatible key usage")
    static let signatureLimit = CertificateRefusal(
        "signature check attempts limit reached while verifying certificate chain")

    static func notAuthorized(forName detail: String) -> CertificateRefusal {
        CertificateRefusal(
            "a root or intermediate certificate is not authorized to sign for this name: \(detail)")
    }

    /// - Parameter hint: the first authority with the issuer's name, and why it was not taken.
    static func unknownAuthority(
        hint: (authority: CertificateFacts, reason: SignatureFailure)?
    ) -> CertificateRefusal {
        let text = "certificate signed by unknown authority"
        guard let (authority, reason) = hint, !reason.text.isEmpty else { return CertificateRefusal(text) }
        return CertificateRefusal(
            "\(text) (possibly because of \(reason.text.quoted) while trying to verify candidate authority certificate "
                + "\(title(authority).quoted))")
    }

    private static func title(_ authority: CertificateFacts) -> String {
        let name = authority.commonName
        if !name.isEmpty { return name }
        // The certificate's first is the last of the text.
        return DistinguishedName.values(of: "O", in: authority.subject.text).last
            ?? "serial:\(authority.serialNumber)"
    }
}
