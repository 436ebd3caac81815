import ClusterSimulation
import SwiftASN1
import X509

/// What the extensions of a certificate say. One that cannot be read counts as absent: the rest stays good.
struct CertificateExtensions {
    private let extensions: Certificate.Extensions

    init(_ extensions: Certificate.Extensions) { self.extensions = extensions }

    /// Puts it where facts are kept.
    func add(to facts: inout CertificateFacts) {
        let isNamed = addNames(to: &facts)
        if case .isCertificateAuthority(let length) = try? extensions.basicConstraints {
            facts.isCA = true
            facts.maxPathLength = length
        }
        if let usage = try? extensions.keyUsage { facts.keyUsages = Self.names(usage) }
        if let usages = try? extensions.extendedKeyUsage { facts.extendedKeyUsages = usages.map(Self.name) }
        if let constraints = try? extensions.nameConstraints { facts.nameConstraints = Self.facts(constraints) }
        if let identifier = try? extensions.subjectKeyIdentifier {
            facts.subjectKeyIdentifier = Symbol(Hexadecimal.text(identifier.keyIdentifier))
        }
        if let identifier = (try? extensions.authorityKeyIdentifier)?.keyIdentifier {
            facts.authorityKeyIdentifier = Symbol(Hexadecimal.text(identifier))
        }
        facts.hasUnhandledCriticalExtension = extensions.contains { one in
            one.critical
                && (!Self.handled.contains(one.oid)
                    || (one.oid == .X509ExtensionID.subjectAlternativeName && !isNamed))
        }
    }

    /// Whether there is a name of a type that Go reads.
    private func addNames(to facts: inout CertificateFacts) -> Bool {
        var isNamed = false
        for name in (try? extensions.subjectAlternativeNames) ?? SubjectAlternativeNames() {
            switch name {
            case .dnsName(let name):
                facts.dnsNames.append(Symbol(name))
                isNamed = true
            case .ipAddress(let address):
                let bytes = Array(address.bytes)
                facts.ipAddresses.append(Symbol(IPAddress(bytes: bytes)?.description ?? Hexadecimal.text(bytes)))
                isNamed = true
            case .rfc822Name, .uniformResourceIdentifier:
                facts.hasOtherNames = true
                isNamed = true
            default: facts.hasOtherNames = true
            }
        }
        return isNamed
    }

    /// What Go's `crypto/x509` processes where it is marked as critical.
    private static let handled: [ASN1ObjectIdentifier] = [
        .X509ExtensionID.authorityKeyIdentifier, .X509ExtensionID.subjectKeyIdentifier, .X509ExtensionID.keyUsage,
        .X509ExtensionID.subjectAlternativeName, .X509ExtensionID.basicConstraints, .X509ExtensionID.nameConstraints,
        .X509ExtensionID.extendedKeyUsage, .X509ExtensionID.authorityInformationAccess,
        // Distribution points of revocation lists; policies, their mappings and constraints.
        [2, 5, 29, 31], [2, 5, 29, 32], [2, 5, 29, 33], [2, 5, 29, 36], [2, 5, 29, 54],
    ]

    private static func names(_ usage: KeyUsage) -> [Symbol] {
        let all: [(Symbol, Bool)] = [
            ("digitalSignature", usage.digitalSignature), ("nonRepudiation", usage.nonRepudiation),
            ("keyEncipherment", usage.keyEncipherment), ("dataEncipherment", usage.dataEncipherment),
            ("keyAgreement", usage.keyAgreement), ("keyCertSign", usage.keyCertSign), ("cRLSign", usage.cRLSign),
            ("encipherOnly", usage.encipherOnly), ("decipherOnly", usage.decipherOnly),
        ]
        return all.compactMap { $0.1 ? $0.0 : nil }
    }

    private static func name(_ usage: ExtendedKeyUsage.Usage) -> Symbol {
        if usage == .serverAuth { return "serverAuth" }
        if usage == .clientAuth { return "clientAuth" }
        return usage == .any ? "any" : Symbol(String(describing: ASN1ObjectIdentifier(usage)))
    }

    private static func facts(_ constraints: X509.NameConstraints) -> ClusterSimulation.NameConstraints {
        func ranges(_ ranges: X509.NameConstraints.IPRanges) -> [Symbol] {
            ranges.compactMap { range(Array($0.bytes)) }
        }
        var facts = ClusterSimulation.NameConstraints()
        facts.permittedDomains = constraints.permittedDNSDomains.map { Symbol($0) }
        facts.excludedDomains = constraints.excludedDNSDomains.map { Symbol($0) }
        facts.permittedRanges = ranges(constraints.permittedIPRanges)
        facts.excludedRanges = ranges(constraints.excludedIPRanges)
        return facts
    }

    /// `10.0.0.0/8` for an address and a mask of as many bytes; nil for what is none.
    private static func range(_ bytes: [UInt8]) -> Symbol? {
        guard bytes.count % 2 == 0, let address = IPAddress(bytes: Array(bytes.prefix(bytes.count / 2))) else {
            return nil
        }
        let mask = bytes.suffix(bytes.count / 2)
        return Symbol("\(address)/\(mask.reduce(0) { $0 + $1.nonzeroBitCount })")
    }
}

/// How certificates are signed, by Go's names.
enum SignatureName {
    /// Empty for an algorithm that is not known here.
    static func text(_ algorithm: Certificate.SignatureAlgorithm) -> Symbol {
        switch algorithm {
        case .ecdsaWithSHA256: "ECDSA-SHA256"
        case .ecdsaWithSHA384: "ECDSA-SHA384"
        case .ecdsaWithSHA512: "ECDSA-SHA512"
        case .sha1WithRSAEncryption: "SHA1-RSA"
        case .sha256WithRSAEncryption: "SHA256-RSA"
        case .sha384WithRSAEncryption: "SHA384-RSA"
        case .sha512WithRSAEncryption: "SHA512-RSA"
        case .ed25519: "Ed25519"
        default: .empty
        }
    }
}

/// Serial numbers, which have up to twenty bytes.
enum SerialNumber {
    /// The number in decimal digits; the bytes begin with the most significant.
    static func text(_ bytes: [UInt8]) -> String {
        var digits: [UInt8] = [0]
        for byte in bytes {
            var carry = Int(byte)
            for index in digits.indices {
                carry += Int(digits[index]) * 256
                digits[index] = UInt8(carry % 10)
                carry /= 10
            }
            while carry > 0 {
                digits.append(UInt8(carry % 10))
                carry /= 10
            }
        }
        return digits.reversed().map { String($0) }.joined()
    }
}
