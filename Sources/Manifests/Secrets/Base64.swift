/// Base64 as Go's encoding/base64 reads it for `[]byte` fields: the standard alphabet, padded, line breaks ignored
/// (RFC 4648, section 4).
enum Base64 {
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 0xFF, count: 256)
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        for (value, byte) in alphabet.utf8.enumerated() { values[Int(byte)] = UInt8(value) }
        return values
    }()

    /// The decoded bytes, or nil where the text is no base64.
    static func decode(_ text: some Sequence<UInt8>) -> [UInt8]? {
        var result: [UInt8] = []
        var group: UInt32 = 0
        var digits = 0
        var padding = 0
        for byte in text where byte != 0x0A && byte != 0x0D {
            if byte == UInt8(ascii: "=") {
                padding += 1
                guard digits + padding <= 4, digits >= 2 else { return nil }
                continue
            }
            let value = values[Int(byte)]
            guard padding == 0, value != 0xFF else { return nil }
            group = group << 6 | UInt32(value)
            digits += 1
            if digits == 4 {
                result.append(UInt8(group >> 16 & 0xFF))
                result.append(UInt8(group >> 8 & 0xFF))
                result.append(UInt8(group & 0xFF))
                (group, digits) = (0, 0)
            }
        }
        guard digits + padding == 4 || digits + padding == 0 else { return nil }
        if digits == 2 { result.append(UInt8(group >> 4 & 0xFF)) }
        if digits == 3 {
            result.append(UInt8(group >> 10 & 0xFF))
            result.append(UInt8(group >> 2 & 0xFF))
        }
        return result
    }
}
