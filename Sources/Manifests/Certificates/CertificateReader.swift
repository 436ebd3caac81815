package import ClusterSimulation
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
    package static func facts(pem text: [UInt8]) -> [PEMFacts] {
        let blocks = PEM.blocks(text)
        guard !blocks.isEmpty else { return [.invalid("no PEM block")] }
        var certificates: [Found] = []
        var facts: [PEMFacts] = []
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
                    certificates.append(
                        Found(index: facts.count, certificate: certificate, facts: self.facts(of: certificate)))
                    facts.append(.certificate(certificates[certificates.count - 1].facts))
                } catch {
                    facts.append(.invalid("not an X.509 certificate"))
                }
            }
        }
        findIssuers(&certificates)
        for found in certificates { facts[found.index] = .certificate(found.facts) }
        return facts.isEmpty ? [.invalid("no certificate and no key")] : facts
    }

    /// The facts in a secret value as a list, or nil where it has nothing in PEM.
    static func facts(inSecret secret: [UInt8]) -> Value? {
        guard PEM.isPresent(secret) else { return nil }
        return Value(facts(pem: secret))
    }

    /// The facts of a `caBundle` field, which is base64 of PEM.
    package static func facts(caBundle text: String) -> [PEMFacts] {
        guard let pem = Base64.decode(text.utf8) else { return [.invalid("not base64")] }
        return facts(pem: pem)
    }

    /// A certificate of a bundle, and its place among the facts.
    private struct Found {
        var index: Int
        var certificate: Certificate
        var facts: CertificateFacts
    }

    private static func identity(_ key: Certificate.PublicKey) -> Symbol {
        Symbol("sha256:" + Hexadecimal.text(SHA256.hash(data: key.subjectPublicKeyInfoBytes)))
    }

    private static func algorithm(_ key: Certificate.PublicKey) -> Symbol {
        if P256.Signing.PublicKey(key) != nil { return "ECDSA" }
        if P384.Signing.PublicKey(key) != nil || P521.Signing.PublicKey(key) != nil { return "ECDSA" }
        return Curve25519.Signing.PublicKey(key) != nil ? "Ed25519" : "RSA"
    }

    private static func privateKeyFacts(_ label: String, _ bytes: [UInt8], isEncrypted: Bool) -> PEMFacts {
        if isEncrypted || label == "ENCRYPTED PRIVATE KEY" { return .invalid("encrypted private key") }
        do {
            let key = try Certificate.PrivateKey(pemDocument: PEMDocument(type: label, derBytes: bytes))
            return .privateKey(identity: identity(key.publicKey))
        } catch {
            return .invalid("unknown private key")
        }
    }

    private static func facts(of certificate: Certificate) -> CertificateFacts {
        var facts = CertificateFacts(
            subject: Symbol(certificate.subject.description), issuer: Symbol(certificate.issuer.description),
            notBefore: time(certificate.notValidBefore), notAfter: time(certificate.notValidAfter),
            keyIdentity: identity(certificate.publicKey), issuerKeyIdentity: .empty,
            keyAlgorithm: algorithm(certificate.publicKey))
        facts.serialNumber = Symbol(SerialNumber.text(Array(certificate.serialNumber.bytes)))
        if certificate.version == .v1 { facts.version = 1 }
        facts.signatureAlgorithm = SignatureName.text(certificate.signatureAlgorithm)
        CertificateExtensions(certificate.extensions).add(to: &facts)
        if certificate.subject == certificate.issuer,
            certificate.publicKey.isValidSignature(certificate.signature, for: certificate)
        {
            facts.isSelfSigned = true
            facts.issuerKeyIdentity = facts.keyIdentity
        }
        return facts
    }

    /// Finds the signing keys within a bundle. Only certificates whose names fit are tried.
    private static func findIssuers(_ certificates: inout [Found]) {
        guard certificates.count > 1, certificates.count <= 32 else { return }
        for index in certificates.indices where certificates[index].facts.issuerKeyIdentity.isEmpty {
            let certificate = certificates[index].certificate
            let issuer = certificates.first { candidate in
                candidate.index != certificates[index].index && candidate.certificate.subject == certificate.issuer
                    && candidate.certificate.publicKey.isValidSignature(certificate.signature, for: certificate)
            }
            if let issuer { certificates[index].facts.issuerKeyIdentity = issuer.facts.keyIdentity }
        }
    }

    private static func time(_ date: Date) -> SimulationTime {
        let seconds = max(-1e12, min(1e12, date.timeIntervalSince1970.rounded(.down)))
        return SimulationTime(milliseconds: Int64(seconds) * 1000)
    }
}
