import ClusterSimulation
import Crypto
import SwiftASN1
import X509

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Reads facts out of X.509 certificates and private keys in PEM.
///
/// Nothing but facts leaves: of a private key only the hash of its public half. Text that cannot be read becomes
/// a fact that says so.
package enum CertificateReader {
    /// The facts of all certificates and keys of a PEM bundle, in its order; one invalid fact where it has none.
    package static func facts(pem text: [UInt8]) -> [CertificateFacts] {
        let blocks = PEM.blocks(text)
        guard !blocks.isEmpty else { return [.invalid("no PEM block")] }
        var certificates: [(facts: Int, certificate: Certificate)] = []
        var facts: [CertificateFacts] = []
        for block in blocks {
            // An EC key is preceded by the name of its curve.
            if block.label == "EC PARAMETERS" { continue }
            guard let bytes = block.bytes else {
                facts.append(.invalid("malformed PEM block"))
                continue
            }
            if block.label.hasSuffix("PRIVATE KEY") {
                facts.append(privateKeyFacts(block.label, bytes, isEncrypted: block.isEncrypted))
            } else if block.label == "CERTIFICATE" || block.label == "TRUSTED CERTIFICATE" {
                do {
                    let certificate = try Certificate(derEncoded: bytes)
                    certificates.append((facts.count, certificate))
                    facts.append(self.facts(of: certificate))
                } catch {
                    facts.append(.invalid("not an X.509 certificate"))
                }
            }
        }
        findIssuers(certificates, &facts)
        return facts.isEmpty ? [.invalid("no certificate and no key")] : facts
    }

    /// The facts in a secret value as a list, or nil where it has nothing in PEM.
    static func facts(inSecret secret: [UInt8]) -> Value? {
        guard PEM.isPresent(secret) else { return nil }
        return Value(.array(facts(pem: secret).map(\.value)))
    }

    /// The facts of a `caBundle` field, which is base64 of PEM.
    package static func facts(caBundle text: String) -> [CertificateFacts] {
        guard let pem = Base64.decode(text.utf8) else { return [.invalid("not base64")] }
        return facts(pem: pem)
    }

    private static func identity(_ key: Certificate.PublicKey) -> String {
        "sha256:" + Hexadecimal.text(SHA256.hash(data: key.subjectPublicKeyInfoBytes))
    }

    private static func algorithm(_ key: Certificate.PublicKey) -> String {
        if P256.Signing.PublicKey(key) != nil { return "ECDSA" }
        if P384.Signing.PublicKey(key) != nil || P521.Signing.PublicKey(key) != nil { return "ECDSA" }
        return Curve25519.Signing.PublicKey(key) != nil ? "Ed25519" : "RSA"
    }

    private static func privateKeyFacts(_ label: String, _ bytes: [UInt8], isEncrypted: Bool) -> CertificateFacts {
        if isEncrypted || label == "ENCRYPTED PRIVATE KEY" { return .invalid("encrypted private key") }
        do {
            let key = try Certificate.PrivateKey(pemDocument: PEMDocument(type: label, derBytes: bytes))
            var facts = CertificateFacts()
            facts.isPrivateKey = true
            facts.keyIdentity = identity(key.publicKey)
            return facts
        } catch {
            return .invalid("unknown private key")
        }
    }

    private static func facts(of certificate: Certificate) -> CertificateFacts {
        var facts = CertificateFacts()
        facts.subject = certificate.subject.description
        facts.issuer = certificate.issuer.description
        facts.serialNumber = Hexadecimal.text(certificate.serialNumber.bytes)
        facts.notBefore = time(certificate.notValidBefore)
        facts.notAfter = time(certificate.notValidAfter)
        facts.keyIdentity = identity(certificate.publicKey)
        facts.keyAlgorithm = algorithm(certificate.publicKey)
        // An extension that cannot be read counts as absent: the rest of the facts stays good.
        for name in (try? certificate.extensions.subjectAlternativeNames) ?? SubjectAlternativeNames() {
            switch name {
            case .dnsName(let name): facts.dnsNames.append(name)
            case .ipAddress(let address): facts.ipAddresses.append(IPAddressText.text(Array(address.bytes)))
            default: break
            }
        }
        if case .isCertificateAuthority = try? certificate.extensions.basicConstraints { facts.isCA = true }
        if let identifier = try? certificate.extensions.subjectKeyIdentifier {
            facts.subjectKeyIdentifier = Hexadecimal.text(identifier.keyIdentifier)
        }
        if let identifier = (try? certificate.extensions.authorityKeyIdentifier)?.keyIdentifier {
            facts.authorityKeyIdentifier = Hexadecimal.text(identifier)
        }
        if certificate.subject == certificate.issuer,
            certificate.publicKey.isValidSignature(certificate.signature, for: certificate)
        {
            facts.isSelfSigned = true
            facts.issuerKeyIdentity = facts.keyIdentity
        }
        return facts
    }

    /// Finds the signing keys within a bundle. Only certificates whose names fit are tried.
    private static func findIssuers(
        _ certificates: [(facts: Int, certificate: Certificate)], _ facts: inout [CertificateFacts]
    ) {
        guard certificates.count > 1, certificates.count <= 32 else { return }
        for (index, certificate) in certificates where facts[index].issuerKeyIdentity == nil {
            let issuer = certificates.first { candidate in
                candidate.facts != index && candidate.certificate.subject == certificate.issuer
                    && candidate.certificate.publicKey.isValidSignature(certificate.signature, for: certificate)
            }
            if let issuer { facts[index].issuerKeyIdentity = facts[issuer.facts].keyIdentity }
        }
    }

    private static func time(_ date: Date) -> SimulationTime {
        let seconds = date.timeIntervalSince1970.rounded(.down)
        guard abs(seconds) < 1e12 else { return .never }
        return SimulationTime(milliseconds: Int64(seconds) * 1000)
    }
}

/// Addresses in their usual notation.
enum IPAddressText {
    /// Four bytes as dotted decimal, sixteen as RFC 5952 wants them; anything else as hexadecimal digits.
    static func text(_ bytes: [UInt8]) -> String {
        if bytes.count == 4 { return bytes.map(String.init).joined(separator: ".") }
        guard bytes.count == 16 else { return Hexadecimal.text(bytes) }
        let groups = (0..<8).map { UInt16(bytes[$0 * 2]) << 8 | UInt16(bytes[$0 * 2 + 1]) }
        var best = 0..<0
        var index = 0
        while index < 8 {
            let end = groups[index...].firstIndex { $0 != 0 } ?? 8
            if end - index > max(best.count, 1) { best = index..<end }
            index = max(end, index) + 1
        }
        func joined(_ groups: ArraySlice<UInt16>) -> String {
            groups.map { String($0, radix: 16) }.joined(separator: ":")
        }
        if best.isEmpty { return joined(groups[...]) }
        return joined(groups[..<best.lowerBound]) + "::" + joined(groups[best.upperBound...])
    }
}
