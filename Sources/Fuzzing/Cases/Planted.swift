import Foundation

/// Secrets that are put into inputs to see whether they come out again.
///
/// Each value starts with the same nine bytes, so that its base64 starts with the same twelve characters: whoever looks
/// for these finds every one of them.
package enum Planted {
    /// The beginning of every planted value.
    package static let mark = "pLantedQ7"
    /// The beginning of its base64.
    package static let encodedMark = "cExhbnRlZFE3"

    /// A planted value.
    package static func value(_ number: UInt64) -> String { mark + String(number, radix: 16) }

    /// The base64 of a planted value.
    package static func encoded(_ number: UInt64) -> String { Data(value(number).utf8).base64EncodedString() }

    /// What is not to be found in anything that a command leaves, found in some bytes; nil where nothing is.
    package static func leak(in bytes: [UInt8]) -> String? {
        if contains(Array(mark.utf8), in: bytes) { return "the value of a Secret" }
        if contains(Array(encodedMark.utf8), in: bytes) { return "the base64 of a Secret" }
        return hasFingerprint(bytes) ? "the fingerprint of a Secret" : nil
    }

    private static func contains(_ needle: [UInt8], in bytes: [UInt8]) -> Bool {
        firstIndex(of: needle, in: bytes, from: 0) != nil
    }

    private static func hasFingerprint(_ bytes: [UInt8]) -> Bool {
        let prefix = Array("fingerprint:".utf8)
        var start = 0
        while let found = firstIndex(of: prefix, in: bytes, from: start) {
            let digits = bytes[(found + prefix.count)...].prefix(16)
            if digits.count == 16, digits.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }) {
                return true
            }
            start = found + 1
        }
        return false
    }

    private static func firstIndex(of needle: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        bytes.withUnsafeBufferPointer { bytes in
            var index = start
            while index + needle.count <= bytes.count {
                guard let next = bytes[index...].firstIndex(of: needle[0]) else { return nil }
                if next + needle.count <= bytes.count, bytes[next..<(next + needle.count)].elementsEqual(needle) {
                    return next
                }
                index = next + 1
            }
            return nil
        }
    }
}
