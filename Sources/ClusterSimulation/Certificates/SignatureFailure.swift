/// Why a signature, or the authority behind it, does not count.
///
/// The model verifies no signatures. It knows which key signed a certificate where both were read together or made
/// here; else it goes by the key identifiers; and where those are missing too, by the names alone.
struct SignatureFailure: Equatable {
    /// As Go words it; empty where the key's algorithm is not known, which decides the words.
    var text: String

    /// What is wrong with `authority` as the signer of `certificate`; nil for nothing.
    ///
    /// Source: Go `crypto/x509`, `Certificate.CheckSignatureFrom` and `checkSignature`.
    init?(of certificate: CertificateFacts, by authority: CertificateFacts) {
        let mayNotSign = !authority.keyUsages.isEmpty && !authority.keyUsages.contains("keyCertSign")
        let key = authority.keyAlgorithm
        if mayNotSign || (authority.version == 3 && !authority.isCA) {
            text = "x509: invalid signature: parent certificate cannot sign this kind of certificate"
        } else if Self.insecure.contains(certificate.signatureAlgorithm) {
            text = "x509: cannot verify signature: insecure algorithm \(certificate.signatureAlgorithm)"
        } else if let signed = Self.keyAlgorithm(of: certificate.signatureAlgorithm), let type = Self.types[key],
            signed != key
        {
            text = "x509: signature algorithm specifies an \(signed) public key, but have public key of type \(type)"
        } else if Self.isSigned(certificate, by: authority) {
            return nil
        } else {
            switch key {
            case "RSA": text = "crypto/rsa: verification error"
            case "": text = ""
            default: text = "x509: \(key) verification failure"
            }
        }
    }

    private static func isSigned(_ certificate: CertificateFacts, by authority: CertificateFacts) -> Bool {
        if !certificate.issuerKeyIdentity.isEmpty { return certificate.issuerKeyIdentity == authority.keyIdentity }
        let wanted = certificate.authorityKeyIdentifier
        return wanted.isEmpty || authority.subjectKeyIdentifier.isEmpty || wanted == authority.subjectKeyIdentifier
    }

    /// Hashes for which two documents of the same value can be found.
    private static let insecure: [Symbol] = ["MD2-RSA", "MD5-RSA", "SHA1-RSA", "ECDSA-SHA1", "DSA-SHA1"]

    /// What Go's formatting calls the types of public keys. Looked up, never iterated.
    private static let types: [Symbol: String] = [
        "RSA": "*rsa.PublicKey", "ECDSA": "*ecdsa.PublicKey", "Ed25519": "ed25519.PublicKey",
    ]

    private static func keyAlgorithm(of signatureAlgorithm: Symbol) -> Symbol? {
        let text = signatureAlgorithm.text
        if text.isEmpty { return nil }
        if text.hasPrefix("ECDSA") { return "ECDSA" }
        if text.contains("RSA") { return "RSA" }
        return text == "Ed25519" ? "Ed25519" : nil
    }
}
