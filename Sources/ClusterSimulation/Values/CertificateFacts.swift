/// What a certificate says, without its keys: enough to verify a connection as Go's `crypto/x509` does.
package struct CertificateFacts: Hashable, Sendable {
    package var subject: Symbol
    package var issuer: Symbol
    package var dnsNames: [Symbol]
    package var ipAddresses: [Symbol]
    package var notBefore: SimulationTime
    package var notAfter: SimulationTime
    package var isCA: Bool
    /// Equal for equal public keys.
    package var keyIdentity: Symbol
    /// The `keyIdentity` of the certificate that signed this one; empty where it is not known.
    package var issuerKeyIdentity: Symbol
    package var isSelfSigned: Bool
    /// `ECDSA`, `RSA` or `Ed25519`; empty where it is not known.
    package var keyAlgorithm: Symbol
    /// Extensions subject and authority key identifier, in hexadecimal digits; empty where they are not known.
    package var subjectKeyIdentifier: Symbol = .empty
    package var authorityKeyIdentifier: Symbol = .empty

    package init(
        subject: Symbol, issuer: Symbol, dnsNames: [Symbol] = [], ipAddresses: [Symbol] = [],
        notBefore: SimulationTime, notAfter: SimulationTime, isCA: Bool = false, keyIdentity: Symbol,
        issuerKeyIdentity: Symbol, isSelfSigned: Bool = false, keyAlgorithm: Symbol = .empty
    ) {
        self.subject = subject
        self.issuer = issuer
        self.dnsNames = dnsNames
        self.ipAddresses = ipAddresses
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.isCA = isCA
        self.keyIdentity = keyIdentity
        self.issuerKeyIdentity = issuerKeyIdentity
        self.isSelfSigned = isSelfSigned
        self.keyAlgorithm = keyAlgorithm
    }

    /// The body field of a TLS Secret that holds the facts of its certificates: data key to list of certificates.
    package static let secretField: Symbol = "rehearse.dev/certificates"
    /// The field of a webhook's `clientConfig` that holds the facts of its CA bundle.
    package static let bundleField: Symbol = "rehearse.dev/caBundle"
}

// MARK: - As a value

extension CertificateFacts {
    /// Reads what `value` writes; nil where the validity is missing or unreadable.
    package init?(_ value: Value) {
        guard let before = value["notBefore"]?.text.flatMap(SimulationTime.init(rfc3339:)),
            let after = value["notAfter"]?.text.flatMap(SimulationTime.init(rfc3339:))
        else { return nil }
        self.init(
            subject: value["subject"]?.symbol ?? .empty, issuer: value["issuer"]?.symbol ?? .empty,
            dnsNames: value["dnsNames"]?.symbols ?? [], ipAddresses: value["ipAddresses"]?.symbols ?? [],
            notBefore: before, notAfter: after, isCA: value["isCA"]?.boolean ?? false,
            keyIdentity: value["keyIdentity"]?.symbol ?? .empty,
            issuerKeyIdentity: value["issuerKeyIdentity"]?.symbol ?? .empty,
            isSelfSigned: value["selfSigned"]?.boolean ?? false,
            keyAlgorithm: value["keyAlgorithm"]?.symbol ?? .empty)
        subjectKeyIdentifier = value["subjectKeyIdentifier"]?.symbol ?? .empty
        authorityKeyIdentifier = value["authorityKeyIdentifier"]?.symbol ?? .empty
    }

    package var value: Value {
        .object([
            "subject": Value(subject), "issuer": Value(issuer),
            "dnsNames": dnsNames.isEmpty ? nil : .strings(dnsNames),
            "ipAddresses": ipAddresses.isEmpty ? nil : .strings(ipAddresses),
            "notBefore": .string(notBefore.rfc3339), "notAfter": .string(notAfter.rfc3339),
            "isCA": isCA ? true : nil, "keyIdentity": Value(keyIdentity),
            "issuerKeyIdentity": Value(issuerKeyIdentity), "selfSigned": isSelfSigned ? true : nil,
            "keyAlgorithm": keyAlgorithm.isEmpty ? nil : Value(keyAlgorithm),
            "subjectKeyIdentifier": subjectKeyIdentifier.isEmpty ? nil : Value(subjectKeyIdentifier),
            "authorityKeyIdentifier": authorityKeyIdentifier.isEmpty ? nil : Value(authorityKeyIdentifier),
        ])
    }
}

// MARK: - Verification

extension CertificateFacts {
    /// What a TLS client says against this server certificate; nil where it is content.
    ///
    /// The order is Go's: validity, name, chain. Source: Go `crypto/x509`, `Certificate.Verify`.
    ///
    /// - Parameters:
    ///   - hostname: the name or address that the client connects to.
    ///   - intermediates: what the server sends besides this certificate.
    ///   - roots: whom the client trusts; nil where that is not known, so that the chain is not checked.
    package func refusal(
        hostname: String, intermediates: [CertificateFacts] = [], roots: [CertificateFacts]?, at now: SimulationTime
    ) -> String? {
        if let text = validity(at: now) ?? verify(hostname) { return text }
        guard let roots else { return nil }
        if isTrusted(by: roots, through: intermediates, at: now) { return nil }
        return "x509: certificate signed by unknown authority" + hint(roots)
    }

    /// What Go adds where an authority has the name of the issuer and another key.
    private func hint(_ roots: [CertificateFacts]) -> String {
        guard let candidate = roots.first(where: { $0.subject == issuer && $0.isCA }) else { return "" }
        let error: String
        switch candidate.keyAlgorithm {
        case "ECDSA": error = "x509: ECDSA verification failure"
        case "Ed25519": error = "x509: Ed25519 verification failure"
        case "RSA": error = "crypto/rsa: verification error"
        default: return ""
        }
        let name = candidate.commonName.isEmpty ? candidate.part("O") : candidate.commonName
        return " (possibly because of \"\(error)\" while trying to verify candidate authority certificate \"\(name)\")"
    }

    /// What is wrong with the validity period at a moment; nil where it is inside.
    package func validity(at now: SimulationTime) -> String? {
        let expired = "x509: certificate has expired or is not yet valid: current time \(now.rfc3339) is"
        if now < notBefore { return "\(expired) before \(notBefore.rfc3339)" }
        if now > notAfter { return "\(expired) after \(notAfter.rfc3339)" }
        return nil
    }

    /// What is wrong with the names; nil where the certificate is valid for `hostname`. The common name never counts.
    package func verify(_ hostname: String) -> String? {
        let isAddress = Self.isAddress(hostname)
        if isAddress {
            if ipAddresses.contains(Symbol(hostname)) { return nil }
            if ipAddresses.isEmpty {
                return "x509: cannot validate certificate for \(hostname) because it doesn't contain any IP SANs"
            }
        } else if dnsNames.contains(where: { Self.matches($0.text, hostname) }) {
            return nil
        }
        let names = isAddress ? ipAddresses : dnsNames
        if !isAddress, dnsNames.isEmpty, ipAddresses.isEmpty, Self.matches(commonName, hostname) {
            return "x509: certificate relies on legacy Common Name field, use SANs instead"
        }
        if names.isEmpty { return "x509: certificate is not valid for any names, but wanted to match \(hostname)" }
        return "x509: certificate is valid for \(names.map(\.text).joined(separator: ", ")), not \(hostname)"
    }

    /// The common name of the subject, which is written `CN=name,O=…` or as the name alone.
    private var commonName: String {
        let name = part("CN")
        return name.isEmpty && !subject.text.contains("=") ? subject.text : name
    }

    /// The first part of that type in the subject; empty where there is none.
    private func part(_ type: String) -> String {
        for part in subject.text.split(separator: ",") {
            let part = part.drop { $0 == " " }
            if part.hasPrefix(type + "=") { return String(part.dropFirst(type.count + 1)) }
        }
        return ""
    }

    /// A wildcard stands for exactly the first label.
    private static func matches(_ pattern: String, _ hostname: String) -> Bool {
        var host = hostname.lowercased()
        if host.hasSuffix(".") { host.removeLast() }
        let pattern = pattern.lowercased().split(separator: ".", omittingEmptySubsequences: false)
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        guard pattern.count == labels.count, !labels.isEmpty else { return false }
        for (index, part) in pattern.enumerated() where part != labels[index] {
            if index == 0, part == "*", !labels[0].isEmpty { continue }
            return false
        }
        return true
    }

    /// Whether a host is an IP address and no name.
    static func isAddress(_ hostname: String) -> Bool {
        if hostname.contains(":") { return true }
        let parts = hostname.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
    }

    private func isTrusted(
        by roots: [CertificateFacts], through intermediates: [CertificateFacts], at now: SimulationTime
    ) -> Bool {
        if roots.contains(where: { $0.keyIdentity == keyIdentity && $0.subject == subject }) { return true }
        var current = self
        for _ in 0...intermediates.count {
            if roots.contains(where: { $0.signed(current) && $0.validity(at: now) == nil }) { return true }
            guard let next = intermediates.first(where: { $0.signed(current) && $0 != current }) else { return false }
            current = next
        }
        return false
    }

    /// By key identifiers where it is not known which key signed the other, by names alone where they are missing.
    private func signed(_ other: CertificateFacts) -> Bool {
        guard other.issuer == subject else { return false }
        if !other.issuerKeyIdentity.isEmpty { return other.issuerKeyIdentity == keyIdentity }
        if other.authorityKeyIdentifier.isEmpty || subjectKeyIdentifier.isEmpty { return true }
        return other.authorityKeyIdentifier == subjectKeyIdentifier
    }
}
