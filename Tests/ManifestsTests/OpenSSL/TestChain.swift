import ClusterSimulation
import Crypto
import Foundation
import SwiftASN1
import X509

@testable import Manifests

/// A real certificate that a test asks for.
struct TestCertificate {
    var name: String
    var dnsNames: [String] = []
    /// Days since the beginning of 2026.
    var days = 0..<365
    var isCA = false
    var maxPathLength: Int?
    var usage: KeyUsage?
    var extendedUsage: [ExtendedKeyUsage.Usage] = []
    var constraints: X509.NameConstraints?
    var key = Certificate.PrivateKey(P256.Signing.PrivateKey())

    /// The certificate in PEM, signed by another, or by itself.
    func signed(by issuer: TestCertificate? = nil) throws -> String {
        let issuer = issuer ?? self
        let extensions = try Certificate.Extensions {
            isCA
                ? Critical(BasicConstraints.isCertificateAuthority(maxPathLength: maxPathLength))
                : Critical(BasicConstraints.notCertificateAuthority)
            if let usage { Critical(usage) }
            if !extendedUsage.isEmpty { try ExtendedKeyUsage(extendedUsage) }
            if let constraints { Critical(constraints) }
            if !dnsNames.isEmpty { SubjectAlternativeNames(dnsNames.map { .dnsName($0) }) }
            SubjectKeyIdentifier(hash: key.publicKey)
            AuthorityKeyIdentifier(keyIdentifier: SubjectKeyIdentifier(hash: issuer.key.publicKey).keyIdentifier)
        }
        let certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: key.publicKey,
            notValidBefore: Self.date(days.lowerBound), notValidAfter: Self.date(days.upperBound),
            issuer: DistinguishedName { CommonName(issuer.name) }, subject: DistinguishedName { CommonName(name) },
            signatureAlgorithm: .ecdsaWithSHA256, extensions: extensions, issuerPrivateKey: issuer.key)
        return try certificate.serializeAsPEM().pemString + "\n"
    }

    private static func date(_ day: Int) -> Date { Date(timeIntervalSince1970: TestChain.start + Double(day) * 86_400) }
}

/// A server's certificate, what it sends besides, and whom a client trusts.
struct TestChain {
    /// The beginning of 2026, in seconds since 1970.
    static let start = 1_767_225_600.0
    /// The moment of the test, in the middle of that year.
    static let now = start + 180 * 86_400

    var leaf = TestCertificate(name: "web", dnsNames: ["web.shop.svc"])
    /// nil: the root signs the leaf.
    var middle: TestCertificate? = TestCertificate(name: "middle", isCA: true)
    var root = TestCertificate(name: "root", isCA: true)
    var isMiddleSent = true
    /// Whom the client trusts instead of the root.
    var trusted: TestCertificate?

    /// What the model says, from the PEM as manifests are read, and whether `openssl verify` accepts it.
    func verify(host: String = "web.shop.svc") throws -> (refusal: String?, openSSLAccepts: Bool) {
        let leafText = try leaf.signed(by: middle ?? root)
        let middleText = try isMiddleSent ? middle?.signed(by: root) : nil
        let rootText = try (trusted ?? root).signed()
        func facts(_ text: String?) -> [CertificateFacts] {
            text.map { CertificateReader.facts(pem: Array($0.utf8)).compactMap(\.certificate) } ?? []
        }
        let refusal = facts(leafText).first?.refusal(
            hostname: host, intermediates: facts(middleText), roots: facts(rootText),
            at: SimulationTime(milliseconds: Int64(Self.now) * 1000))
        let accepts = try OpenSSLCommand.verifies(
            leaf: leafText, intermediates: middleText ?? "", roots: rootText, host: host, at: Int(Self.now))
        return (refusal?.text, accepts)
    }
}
