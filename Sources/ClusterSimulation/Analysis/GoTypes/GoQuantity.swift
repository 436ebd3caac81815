/// A `resource.Quantity` as a controller has it: read from the canonical text that the API server sends.
///
/// Source: `pkg/api/resource` of apimachinery. Quantities beyond eighteen digits, which Go keeps in another form, are
/// not modelled: their hashes differ from the real ones.
package struct GoQuantity {
    enum Format: String {
        case decimal = "DecimalSI"
        case binary = "BinarySI"
        case exponent = "DecimalExponent"
    }

    private(set) var value = 0
    /// The power of ten that `value` counts.
    private(set) var scale = 0
    private(set) var format = Format.decimal
    private(set) var text: String
    /// Whether Go keeps the text it was read from: only where it needs no look to see that it is canonical.
    private(set) var keepsText = true

    /// Reads what the API server wrote.
    init(_ value: Value) { self.init(Self.text(value)) }

    /// Reads what the API server wrote.
    init(_ text: String) {
        self.text = text
        guard text != "0", let parts = Parts(text), parts.fraction.isEmpty, let number = Int(parts.digits) else {
            return
        }
        format = parts.format
        if format == .binary {
            value = number << parts.exponent
            keepsText = parts.exponent % 10 == 0 && number & 7 != 0
        } else {
            value = number
            scale = parts.exponent
            keepsText = scale % 3 == 0 && !parts.digits.hasSuffix("000") && parts.digits.first != "0"
        }
        if parts.isNegative { value = -value }
    }

    /// The text of a quantity in a document, which may be a number there.
    static func text(_ value: Value) -> String { value.text ?? (value.isNull ? "0" : value.jsonText) }

    /// The text that the API server makes of a quantity; the same text where it is none.
    ///
    /// - Parameter isResource: one of a resource list, which is rounded up to thousandths.
    package static func canonical(_ text: String, isResource: Bool) -> String {
        guard let parts = Parts(text), var number = Int128(parts.digits + parts.fraction) else { return text }
        var format = parts.format
        var scale = parts.exponent
        if format == .binary {
            // 18 digits and 60 bits, and later at most two digits more: below 128 bits.
            number <<= Int128(parts.exponent)
            scale = 0
        }
        scale -= parts.fraction.count
        // Decimal quantities of so few digits keep their exponent beside the number, whatever it is.
        if format == .binary, isBeyondGo(number, scale) {
            number = Int128(Int64.max)
            scale = 0
        }
        while scale < (isResource ? -3 : -9) {
            number = (number + 9) / 10
            scale += 1
        }
        if number == 0 { return "0" }
        while number % 10 == 0, scale < 0 {
            number /= 10
            scale += 1
        }
        let sign = parts.isNegative ? "-" : ""
        if format == .binary, scale < 0 || number < 1024 { format = .decimal }
        if format == .binary {
            var power = 0
            while number % 1024 == 0, power < 6 {
                number /= 1024
                power += 1
            }
            return "\(sign)\(number)\(Parts.binarySuffixes[power])"
        }
        while number % 10 == 0 {
            number /= 10
            scale += 1
        }
        while scale % 3 != 0 {
            number *= 10
            scale -= 1
        }
        return "\(sign)\(number)\(Parts.suffix(scale, format))"
    }

    /// Whether `number` times ten to the power of `scale`, which is not above zero, is more than `ParseQuantity` keeps: it
    /// takes the largest signed number of 64 bits instead.
    private static func isBeyondGo(_ number: Int128, _ scale: Int) -> Bool {
        var whole = number
        for _ in 0..<abs(scale) { whole /= 10 }
        return whole > Int64.max
    }

    /// A quantity's text taken apart.
    private struct Parts {
        var isNegative = false
        var digits = ""
        var fraction = ""
        /// Of ten, or of two under a binary suffix.
        var exponent = 0
        var format = Format.decimal

        static let binarySuffixes = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"]
        static let decimalSuffixes = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"]

        static func suffix(_ exponent: Int, _ format: Format) -> String {
            if exponent == 0 { return "" }
            let index = exponent / 3 + 3
            if format == .exponent || !decimalSuffixes.indices.contains(index) { return "e\(exponent)" }
            return decimalSuffixes[index]
        }

        init?(_ text: String) {
            var rest = Substring(text)
            if let sign = rest.first, sign == "-" || sign == "+" {
                isNegative = sign == "-"
                rest.removeFirst()
            }
            let whole = rest.prefix(while: \.isASCIIDigit)
            rest = rest.dropFirst(whole.count)
            if rest.first == "." {
                rest.removeFirst()
                fraction = String(rest.prefix(while: \.isASCIIDigit))
                rest = rest.dropFirst(fraction.count)
            }
            digits = String(whole.drop { $0 == "0" })
            if digits.isEmpty { digits = "0" }
            if whole.isEmpty && fraction.isEmpty || digits.count + fraction.count > 18 { return nil }
            if let power = Self.decimalSuffixes.firstIndex(of: String(rest)) {
                exponent = (power - 3) * 3
            } else if let power = Self.binarySuffixes.firstIndex(of: String(rest)) {
                exponent = power * 10
                format = .binary
            } else if rest.first == "e" || rest.first == "E", let power = Int(rest.dropFirst()), abs(power) <= 18 {
                exponent = power
                format = .exponent
            } else {
                return nil
            }
        }
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
