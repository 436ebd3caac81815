/// Numbers as Go writes them, which is what kubectl prints and what the API server sends.
package enum NumberText {
    /// Whether Go's encoding/json writes this number without point and exponent and it fits Int64, so that
    /// Kubernetes reads it back as an integer.
    static func isWrittenWhole(_ number: Double) -> Bool {
        number.rounded() == number && abs(number) < 0x1p63
    }

    /// The shortest decimal text that reads back as `number`: plain notation from 1e-6 to 1e21, else scientific.
    /// Source: Go's encoding/json. NaN and the infinities, which JSON does not have, are written as `null`.
    package static func json(_ number: Double) -> String {
        guard number.isFinite else { return "null" }
        if number == 0 { return number.sign == .minus ? "-0" : "0" }
        let size = abs(number)
        let parts = DecimalParts("\(size)")
        let text = size < 1e-6 || size >= 1e21 ? parts.scientific(exponentDigits: 1) : parts.plain
        return number < 0 ? "-" + text : text
    }

    /// A number used as a YAML key: Go's `strconv.FormatFloat(number, 'g', -1, 32)`.
    static func yamlKey(_ number: Double) -> String {
        if number.isNaN { return ".nan" }
        let single = Float(number)
        if single.isInfinite { return single < 0 ? "-.inf" : ".inf" }
        if single == 0 { return single.sign == .minus ? "-0" : "0" }
        let parts = DecimalParts("\(abs(single))")
        let text =
            parts.exponent < -4 || parts.exponent >= 6 ? parts.scientific(exponentDigits: 2) : parts.plain
        return single < 0 ? "-" + text : text
    }
}

/// The significant digits of a positive number and its decimal exponent: d.ddd × 10^exponent.
private struct DecimalParts {
    var digits: [UInt8]
    var exponent: Int

    /// Takes Swift's description of a positive finite number apart, which has the shortest digits.
    init(_ description: String) {
        var mantissa = description[...]
        var shift = 0
        if let mark = mantissa.firstIndex(where: { $0 == "e" || $0 == "E" }) {
            shift = Int(mantissa[mantissa.index(after: mark)...].drop { $0 == "+" }) ?? 0
            mantissa = mantissa[..<mark]
        }
        var digits: [UInt8] = []
        var pointAt: Int?
        for byte in mantissa.utf8 {
            if byte == UInt8(ascii: ".") { pointAt = digits.count } else { digits.append(byte) }
        }
        var exponent = (pointAt ?? digits.count) - 1 + shift
        let leading = digits.prefix { $0 == UInt8(ascii: "0") }.count
        digits.removeFirst(leading)
        exponent -= leading
        while digits.count > 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }
        self.digits = digits
        self.exponent = exponent
    }

    var plain: String {
        var text: [UInt8] = []
        if exponent < 0 {
            text = Array("0.".utf8) + Array(repeating: UInt8(ascii: "0"), count: -exponent - 1) + digits
        } else if digits.count <= exponent + 1 {
            text = digits + Array(repeating: UInt8(ascii: "0"), count: exponent + 1 - digits.count)
        } else {
            text = digits[...exponent] + [UInt8(ascii: ".")] + digits[(exponent + 1)...]
        }
        return String(decoding: text, as: UTF8.self)
    }

    func scientific(exponentDigits: Int) -> String {
        var text = [digits[0]]
        if digits.count > 1 { text += [UInt8(ascii: ".")] + digits[1...] }
        var power = String(abs(exponent))
        while power.count < exponentDigits { power = "0" + power }
        return String(decoding: text, as: UTF8.self) + (exponent < 0 ? "e-" : "e+") + power
    }
}
