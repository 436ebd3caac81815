/// Blanks secret bytes of a source, so that no snippet can show them. Lines and columns stay as they are: every
/// character that is no white space becomes one of the same length.
package enum SecretMask {
    /// The source with these ranges blanked.
    static func masked(_ source: [UInt8], hiding ranges: [Range<Int>]) -> [UInt8] {
        var bytes = source
        for range in ranges {
            var isFirst = true
            for index in range.clamped(to: bytes.indices) {
                // The colon after a key may stay.
                if isFirst, bytes[index] == UInt8(ascii: ":"), index > 0 {
                    isFirst = false
                    continue
                }
                isFirst = false
                blank(&bytes, index)
            }
        }
        return bytes
    }

    /// Blanks what may be a secret in text that could not be parsed: everything but the keys at the start of lines.
    /// Does nothing where the text does not speak of a Secret.
    static func maskUnparsed(_ bytes: inout [UInt8], in range: Range<Int>) {
        let range = range.clamped(to: bytes.indices)
        guard mentionsSecret(bytes[range]) else { return }
        var lineStart = range.lowerBound
        while lineStart < range.upperBound {
            var lineEnd = lineStart
            while lineEnd < range.upperBound, bytes[lineEnd] != 0x0A { lineEnd += 1 }
            for index in keyEnd(bytes[lineStart..<lineEnd])..<lineEnd { blank(&bytes, index) }
            lineStart = lineEnd + 1
        }
    }

    /// The bytes of a text that is no YAML yet, such as a template, with what may be a secret blanked, document by
    /// document.
    package static func maskedUnparsed(_ bytes: [UInt8]) -> [UInt8] {
        var masked = bytes
        var start = 0
        var index = 0
        while index <= bytes.count {
            let startsLine = index == 0 || bytes[index - 1] == 0x0A
            if index == bytes.count || (startsLine && bytes[index...].starts(with: "---".utf8)) {
                maskUnparsed(&masked, in: start..<index)
                start = index
            }
            index += 1
        }
        return masked
    }

    /// Whether a text speaks of a Secret, or may be one whose kind is cut off: it has `data` and is no ConfigMap.
    private static func mentionsSecret(_ bytes: ArraySlice<UInt8>) -> Bool {
        var hasData = false
        var isConfigMap = false
        for index in bytes.indices {
            switch bytes[index] {
            case UInt8(ascii: "S"): if bytes[index...].starts(with: "Secret".utf8) { return true }
            case UInt8(ascii: "s"): if bytes[index...].starts(with: "stringData".utf8) { return true }
            case UInt8(ascii: "k"):
                // People write `kind: secret` in steps.
                guard bytes[index...].starts(with: "kind".utf8) else { continue }
                if bytes[(index + 4)...].drop(while: { " :\"'".utf8.contains($0) }).starts(with: "secret".utf8) {
                    return true
                }
            case UInt8(ascii: "d"):
                hasData =
                    hasData || bytes[index...].starts(with: "data:".utf8)
                    || bytes[index...].starts(with: "data\"".utf8)
            case UInt8(ascii: "C"): isConfigMap = isConfigMap || bytes[index...].starts(with: "ConfigMap".utf8)
            default: break
            }
        }
        return hasData && !isConfigMap
    }

    /// The index behind `key:` at the start of a line, dashes of sequences before it allowed; else the line's start.
    private static func keyEnd(_ line: ArraySlice<UInt8>) -> Int {
        var index = line.startIndex
        while index < line.endIndex, line[index] == 0x20 || line[index] == UInt8(ascii: "-") { index += 1 }
        while index < line.endIndex, isKeyByte(line[index]) { index += 1 }
        guard index < line.endIndex, line[index] == UInt8(ascii: ":"),
            index + 1 == line.endIndex || line[index + 1] <= 0x20
        else { return line.startIndex }
        return index + 1
    }

    private static func isKeyByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"),
            UInt8(ascii: "/"):
            true
        default: false
        }
    }

    private static func blank(_ bytes: inout [UInt8], _ index: Int) {
        let byte = bytes[index]
        if byte < 0x80 {
            if byte > 0x20 || (byte != 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D) {
                bytes[index] = UInt8(ascii: "*")
            }
            return
        }
        guard byte & 0xC0 != 0x80 else { return }
        // A character of several bytes becomes a dot of as many: "·", "•" or "🔒".
        let replacement: [UInt8] =
            switch byte {
            case 0xE0...0xEF: [0xE2, 0x80, 0xA2]
            case 0xF0...0xFF: [0xF0, 0x9F, 0x94, 0x92]
            default: [0xC2, 0xB7]
            }
        for (offset, value) in replacement.enumerated()
        where index + offset < bytes.count && (offset == 0 || bytes[index + offset] & 0xC0 == 0x80) {
            bytes[index + offset] = value
        }
    }
}
