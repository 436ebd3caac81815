import Crypto
import Glibc

/// What is kept of a secret value while the process runs: enough to see that two are equal and how long they are.
///
/// The form is `fingerprint:` + 16 hexadecimal digits + `:` + size in bytes. The digits are the first 64 bits of
/// HMAC-SHA256 of the decoded value under a key that is drawn at random when the process first needs it and that
/// nothing ever shows. So the digits say nothing about the value to anyone else, and they are other ones in every
/// process: nothing that reaches an outcome may depend on them, only on whether two are equal. Text for people and
/// programs has `(redacted, 12 bytes)` in their place.
package enum SecretFingerprint {
    private static let key = SymmetricKey(size: .bits256)
    private static let prefix = "fingerprint:"
    private static let digitCount = 16

    /// The fingerprint of a decoded secret value.
    package static func text(of secret: some Sequence<UInt8>) -> String {
        let bytes = Array(secret)
        let code = HMAC<SHA256>.authenticationCode(for: bytes, using: key)
        return prefix + Hexadecimal.text(code.prefix(digitCount / 2)) + ":\(bytes.count)"
    }

    /// Whether a text has the form of a fingerprint.
    package static func isFingerprint(_ text: some Collection<UInt8>) -> Bool {
        guard text.starts(with: prefix.utf8) else { return false }
        let parts = text.dropFirst(prefix.utf8.count).split(
            separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].count == digitCount, (1...10).contains(parts[1].count) else { return false }
        return parts[0].allSatisfy(Hexadecimal.isDigit) && parts[1].allSatisfy { (0x30...0x39).contains($0) }
    }

    /// The text as it may be shown: `(redacted, 12 bytes)` for each fingerprint in it.
    package static func redacted(_ text: String) -> String {
        var text = text
        return text.withUTF8 { redacted($0) } ?? text
    }

    /// As above; nil where the text holds no fingerprint.
    static func redacted(_ text: UnsafeBufferPointer<UInt8>) -> String? {
        guard var found = position(in: text, from: 0) else { return nil }
        var result: [UInt8] = []
        var copied = 0
        while true {
            let digits = found + prefix.utf8.count
            if let end = end(of: digits, in: text) {
                let size = text[(digits + digitCount + 1)..<end]
                result += text[copied..<found]
                result += "(redacted, ".utf8
                result += size
                result += " bytes)".utf8
                copied = end
            }
            guard let next = position(in: text, from: digits) else { break }
            found = next
        }
        result += text[copied...]
        return String(decoding: result, as: UTF8.self)
    }

    private static func position(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        guard let base = text.baseAddress else { return nil }
        var start = start
        while start + prefix.utf8.count <= text.count {
            guard let found = memchr(base + start, Int32(UInt8(ascii: "f")), text.count - start) else { return nil }
            start = UnsafeRawPointer(found) - UnsafeRawPointer(base)
            if text[start...].starts(with: prefix.utf8) { return start }
            start += 1
        }
        return nil
    }

    /// Where a fingerprint ends whose digits start at an offset; nil where none stands there.
    private static func end(of digits: Int, in text: UnsafeBufferPointer<UInt8>) -> Int? {
        let colon = digits + digitCount
        guard colon < text.count, text[colon] == UInt8(ascii: ":"), text[digits..<colon].allSatisfy(Hexadecimal.isDigit)
        else { return nil }
        var end = colon + 1
        while end < text.count, (0x30...0x39).contains(text[end]) { end += 1 }
        return end > colon + 1 ? end : nil
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
