/// What a certificate says, without its keys: enough to verify a connection as Go's `crypto/x509` does.
///
/// Read from real certificates where manifests are read, or made by a simulated issuer, which signs nothing.
package struct CertificateFacts: Hashable, Sendable {
    /// Distinguished names as RFC 4514 writes them; a text without `=` is a common name.
    package var subject: Symbol
    package var issuer: Symbol
    /// Decimal digits; empty where it is not known.
    package var serialNumber: Symbol = .empty
    /// X.509 version 3, or 1 of before there were extensions.
    package var version = 3
    /// The subject's alternative names. Only these count for hosts, the common name does not.
    package var dnsNames: [Symbol]
    package var ipAddresses: [Symbol]
    /// Whether it has alternative names of other types: mailboxes, URIs, directory names.
    package var hasOtherNames = false
    /// Valid from and until, both included.
    package var notBefore: SimulationTime
    package var notAfter: SimulationTime
    /// Whether it may sign certificates (basic constraints).
    package var isCA: Bool
    /// How many intermediates may stand between this authority and a leaf; nil: any number.
    package var maxPathLength: Int?
    /// What its key is for, by the names of RFC 5280: `keyCertSign`; empty where it does not say.
    package var keyUsages: [Symbol] = []
    /// `serverAuth`, `clientAuth`, `any`, or an object identifier; empty where it does not say.
    package var extendedKeyUsages: [Symbol] = []
    /// For which names this authority may sign; nil where it does not say.
    package var nameConstraints: NameConstraints?
    /// Whether it has a critical extension that Go does not know.
    package var hasUnhandledCriticalExtension = false
    /// `sha256:` and the hash of the public key, or what a simulated issuer made up: equal for equal keys, also for
    /// the private key.
    package var keyIdentity: Symbol
    /// The `keyIdentity` of the certificate that signed this one; empty where it is not known.
    package var issuerKeyIdentity: Symbol
    package var isSelfSigned: Bool
    /// `ECDSA`, `RSA` or `Ed25519`; empty where it is not known.
    package var keyAlgorithm: Symbol
    /// How it is signed, as Go writes it: `ECDSA-SHA256`, `SHA1-RSA`; empty where it is not known.
    package var signatureAlgorithm: Symbol = .empty
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
    /// The field beside a `caBundle` that holds the facts of its certificates: a list.
    package static let bundleField: Symbol = "rehearse.dev/caBundle"

    /// The common name of the subject; empty where it has none.
    var commonName: String {
        let name = DistinguishedName.values(of: "CN", in: subject.text).first ?? ""
        return name.isEmpty && !subject.text.contains("=") ? subject.text : name
    }

    /// Whether there is an extension for alternative names, which makes the common name meaningless.
    var hasAlternativeNames: Bool { !dnsNames.isEmpty || !ipAddresses.isEmpty || hasOtherNames }

    /// Whether both are the same certificate, not only of the same subject and key.
    func isSameCertificate(as other: CertificateFacts) -> Bool {
        keyIdentity == other.keyIdentity && subject == other.subject && issuer == other.issuer
            && serialNumber == other.serialNumber && notBefore == other.notBefore && notAfter == other.notAfter
            && hasSameNames(as: other)
    }

    /// Whether both have the same alternative names.
    func hasSameNames(as other: CertificateFacts) -> Bool {
        dnsNames == other.dnsNames && ipAddresses == other.ipAddresses && hasOtherNames == other.hasOtherNames
    }
}

// MARK: - As a value

extension CertificateFacts {
    /// Reads what `value` writes; nil where the validity is missing or unreadable, as it is of private keys.
    package init?(_ value: Value) {
        guard let before = value["notBefore"]?.text.flatMap(SimulationTime.init(rfc3339:)),
            let after = value["notAfter"]?.text.flatMap(SimulationTime.init(rfc3339:))
        else { return nil }
        self.init(
            subject: .empty, issuer: .empty, notBefore: before, notAfter: after, keyIdentity: .empty,
            issuerKeyIdentity: .empty)
        // One pass: certificates are read on every call of a webhook.
        for field in value.fields { read(field.key, field.value) }
    }

    private mutating func read(_ key: Symbol, _ value: Value) {
        switch key {
        case "subject": subject = value.symbol ?? .empty
        case "issuer": issuer = value.symbol ?? .empty
        case "serialNumber": serialNumber = value.symbol ?? .empty
        case "version": version = value.int32 ?? 3
        case "dnsNames": dnsNames = value.symbols
        case "ipAddresses": ipAddresses = value.symbols
        case "hasOtherNames": hasOtherNames = value.boolean ?? false
        case "isCA": isCA = value.boolean ?? false
        case "maxPathLength": maxPathLength = value.int32
        case "keyUsages": keyUsages = value.symbols
        case "extendedKeyUsages": extendedKeyUsages = value.symbols
        case "nameConstraints": nameConstraints = NameConstraints(value)
        case "hasUnhandledCriticalExtension": hasUnhandledCriticalExtension = value.boolean ?? false
        case "keyIdentity": keyIdentity = value.symbol ?? .empty
        case "issuerKeyIdentity": issuerKeyIdentity = value.symbol ?? .empty
        case "selfSigned": isSelfSigned = value.boolean ?? false
        case "keyAlgorithm": keyAlgorithm = value.symbol ?? .empty
        case "signatureAlgorithm": signatureAlgorithm = value.symbol ?? .empty
        case "subjectKeyIdentifier": subjectKeyIdentifier = value.symbol ?? .empty
        case "authorityKeyIdentifier": authorityKeyIdentifier = value.symbol ?? .empty
        default: break
        }
    }

    /// The facts as an object; what is not known, or does not restrict, is left out.
    package var value: Value {
        func text(_ symbol: Symbol) -> Value? { symbol.isEmpty ? nil : Value(symbol) }
        func texts(_ symbols: [Symbol]) -> Value? { symbols.isEmpty ? nil : .strings(symbols) }
        return .object([
            "subject": Value(subject), "issuer": Value(issuer), "serialNumber": text(serialNumber),
            "version": version == 3 ? nil : .integer(version),
            "dnsNames": texts(dnsNames), "ipAddresses": texts(ipAddresses), "hasOtherNames": hasOtherNames ? true : nil,
            "notBefore": .string(notBefore.rfc3339), "notAfter": .string(notAfter.rfc3339),
            "isCA": isCA ? true : nil, "maxPathLength": maxPathLength.map { .integer($0) },
            "keyUsages": texts(keyUsages), "extendedKeyUsages": texts(extendedKeyUsages),
            "nameConstraints": nameConstraints?.value,
            "hasUnhandledCriticalExtension": hasUnhandledCriticalExtension ? true : nil,
            "keyIdentity": Value(keyIdentity), "issuerKeyIdentity": Value(issuerKeyIdentity),
            "selfSigned": isSelfSigned ? true : nil, "keyAlgorithm": text(keyAlgorithm),
            "signatureAlgorithm": text(signatureAlgorithm), "subjectKeyIdentifier": text(subjectKeyIdentifier),
            "authorityKeyIdentifier": text(authorityKeyIdentifier),
        ])
    }
}
