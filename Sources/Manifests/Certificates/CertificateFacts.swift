package import ClusterSimulation

/// What the model knows of an X.509 certificate: enough to tell for whom, by whom and until when it is good.
///
/// Read from real certificates by `CertificateReader`, or made by a simulated issuer, which signs nothing. As a
/// `Value` it is an object with the fields named here; absent ones are left out.
package struct CertificateFacts: Sendable, Hashable {
    /// The top-level field of a Secret that holds facts: an object from key of `data` to a list of facts.
    package static let secretField: Symbol = "rehearse.dev/certificates"
    /// The field beside a `caBundle` that holds the facts of its certificates: a list.
    package static let caBundleField: Symbol = "rehearse.dev/caBundle"

    /// Distinguished names as RFC 4514 writes them.
    package var subject = ""
    package var issuer = ""
    /// Lower-case hexadecimal digits.
    package var serialNumber = ""
    /// The subject's alternative names; only these count for host names (RFC 6125; Go ignores the common name).
    package var dnsNames: [String] = []
    package var ipAddresses: [String] = []
    /// Valid from and until, both included. `.never` where unknown.
    package var notBefore: SimulationTime = .never
    package var notAfter: SimulationTime = .never
    /// Whether it may sign certificates (basic constraints).
    package var isCA = false
    /// `sha256:` and the hash of the subject public key info: equal keys, equal identity. The private key that
    /// belongs to it has the same.
    package var keyIdentity = ""
    /// The identity of the key that signed it, where that key was at hand: its own, or one of the same bundle.
    package var issuerKeyIdentity: String?
    /// Extensions 2.5.29.14 and 2.5.29.35, lower-case hexadecimal digits.
    package var subjectKeyIdentifier: String?
    package var authorityKeyIdentifier: String?
    /// `ECDSA`, `RSA` or `Ed25519`, which decides how Go words a signature that does not fit.
    package var keyAlgorithm = ""
    /// Whether its own key signed it.
    package var isSelfSigned = false
    /// These are facts of a private key: only `keyIdentity` is known.
    package var isPrivateKey = false
    /// Why nothing else is known: the text could not be read as a certificate or key.
    package var invalid: String?

    package init() {}

    /// A certificate of a simulated issuer.
    package init(
        subject: String, issuer: String, serialNumber: String, dnsNames: [String], ipAddresses: [String] = [],
        notBefore: SimulationTime, notAfter: SimulationTime, isCA: Bool = false, keyIdentity: String,
        issuerKeyIdentity: String
    ) {
        self.subject = subject
        self.issuer = issuer
        self.serialNumber = serialNumber
        self.dnsNames = dnsNames
        self.ipAddresses = ipAddresses
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.isCA = isCA
        self.keyIdentity = keyIdentity
        self.issuerKeyIdentity = issuerKeyIdentity
        isSelfSigned = keyIdentity == issuerKeyIdentity
    }

    /// Facts of something that is no certificate.
    package static func invalid(_ reason: String) -> CertificateFacts {
        var facts = CertificateFacts()
        facts.invalid = reason
        return facts
    }

    /// Whether `authority` may have signed this certificate: by the signing key where it is known, else by name and
    /// key identifier (RFC 5280, section 6.1).
    package func isIssued(by authority: CertificateFacts) -> Bool {
        guard invalid == nil, authority.invalid == nil, !isPrivateKey, !authority.isPrivateKey else { return false }
        if let issuerKeyIdentity { return issuerKeyIdentity == authority.keyIdentity }
        guard issuer == authority.subject else { return false }
        guard let wanted = authorityKeyIdentifier, let given = authority.subjectKeyIdentifier else { return true }
        return wanted == given
    }
}

// MARK: - As a value

extension CertificateFacts {
    /// The facts as an object.
    package var value: Value {
        if let invalid { return .object(of: [("invalid", .string(invalid))]) }
        if isPrivateKey { return .object(of: [("privateKey", true), ("keyIdentity", .string(keyIdentity))]) }
        func text(_ text: String?) -> Value? { text.map { Value.string($0) } }
        func texts(_ texts: [String]) -> Value? { Value(.array(texts.map { Value.string($0) })) }
        func time(_ time: SimulationTime) -> Value? { time == .never ? nil : Value.string(time.rfc3339) }
        let fields: [(Symbol, Value?)] = [
            ("subject", text(subject)), ("issuer", text(issuer)), ("serialNumber", text(serialNumber)),
            ("dnsNames", texts(dnsNames)), ("ipAddresses", texts(ipAddresses)),
            ("notBefore", time(notBefore)), ("notAfter", time(notAfter)), ("isCA", Value(.boolean(isCA))),
            ("keyIdentity", text(keyIdentity)), ("issuerKeyIdentity", text(issuerKeyIdentity)),
            ("subjectKeyIdentifier", text(subjectKeyIdentifier)),
            ("authorityKeyIdentifier", text(authorityKeyIdentifier)),
            ("selfSigned", Value(.boolean(isSelfSigned))),
            ("keyAlgorithm", keyAlgorithm.isEmpty ? nil : text(keyAlgorithm)),
        ]
        return .object(of: fields)
    }

    /// The facts as a list of one.
    package var listValue: Value { Value(.array([value])) }

    /// Reads facts back. Nil for anything but an object; missing fields stay empty.
    package init?(_ value: Value) {
        guard case .object = value.content else { return nil }
        func text(_ key: Symbol) -> String { value[key]?.text ?? "" }
        func time(_ key: Symbol) -> SimulationTime { SimulationTime(rfc3339: text(key)) ?? .never }
        subject = text("subject")
        issuer = text("issuer")
        serialNumber = text("serialNumber")
        dnsNames = (value["dnsNames"]?.symbols ?? []).map(\.text)
        ipAddresses = (value["ipAddresses"]?.symbols ?? []).map(\.text)
        notBefore = time("notBefore")
        notAfter = time("notAfter")
        isCA = value["isCA"]?.boolean ?? false
        keyIdentity = text("keyIdentity")
        issuerKeyIdentity = value["issuerKeyIdentity"]?.text
        subjectKeyIdentifier = value["subjectKeyIdentifier"]?.text
        authorityKeyIdentifier = value["authorityKeyIdentifier"]?.text
        keyAlgorithm = text("keyAlgorithm")
        isSelfSigned = value["selfSigned"]?.boolean ?? false
        isPrivateKey = value["privateKey"]?.boolean ?? false
        invalid = value["invalid"]?.text
    }

    /// Reads a list of facts back.
    package static func list(_ value: Value?) -> [CertificateFacts] {
        (value?.elements ?? []).compactMap(CertificateFacts.init)
    }
}
