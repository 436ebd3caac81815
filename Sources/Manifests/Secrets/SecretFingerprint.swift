import Crypto

/// What is kept of a secret value: enough to see that two are equal and how long they are.
///
/// The form is `fingerprint:` + 16 hexadecimal digits + `:` + size in bytes. The digits are the first 64 bits of
/// HMAC-SHA256 of the decoded value under a key that is part of the program, so that the same secret has the same
/// fingerprint in every run and on every machine. It reveals equality and size, by design. It is no protection for a
/// secret that can be guessed: who has a list of candidates can fingerprint them.
package enum SecretFingerprint {
    private static let key = SymmetricKey(data: Array("rehearse.dev secret fingerprint 1".utf8))
    private static let prefix = "fingerprint:"

    /// The fingerprint of a decoded secret value.
    package static func text(of secret: some Sequence<UInt8>) -> String {
        let bytes = Array(secret)
        let code = HMAC<SHA256>.authenticationCode(for: bytes, using: key)
        return prefix + Hexadecimal.text(code.prefix(8)) + ":\(bytes.count)"
    }

    /// Whether a text has the form of a fingerprint.
    package static func isFingerprint(_ text: some Collection<UInt8>) -> Bool {
        guard text.starts(with: prefix.utf8) else { return false }
        let parts = text.dropFirst(prefix.utf8.count).split(
            separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].count == 16, (1...10).contains(parts[1].count) else { return false }
        return parts[0].allSatisfy(Hexadecimal.isDigit) && parts[1].allSatisfy { (0x30...0x39).contains($0) }
    }
}

/// Bytes as lower-case hexadecimal digits.
enum Hexadecimal {
    static func text(_ bytes: some Sequence<UInt8>, separator: String = "") -> String {
        let digits = Array("0123456789abcdef")
        return bytes.map { String([digits[Int($0 >> 4)], digits[Int($0 & 15)]]) }.joined(separator: separator)
    }

    static func isDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
    }
}
