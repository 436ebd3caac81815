/// What a YAML scalar without quotes means to Kubernetes.
///
/// Kubernetes reads YAML through sigs.k8s.io/yaml: its fork of go-yaml v2 resolves the scalar by YAML 1.1 rules
/// (y, n, yes, no, on and off are booleans; 0777 and 0o777 are octal; underscores in numbers are ignored; base 60
/// is not) and leaves timestamps as strings. Then the result is written as JSON and read again, so that 1.0 and 1e3
/// arrive as integers: see `jsonInteger`. Source: goyaml.v2/resolve.go, yaml.go and Go's strconv and encoding/json.
enum ScalarResolution: Equatable {
    /// Scalars with more characters are no numbers. (Go would refuse whole numbers beyond the range of floats.)
    private static let sizeMax = 400

    case null
    case boolean(Bool)
    case integer(Int64)
    /// A whole number beyond Int64, rounded.
    case unsigned(Double)
    case double(Double)
    case string

    /// The integer that a value of this number becomes on its way through JSON: written whole, read as Int64.
    var jsonInteger: Int64? {
        switch self {
        case .integer(let number): number
        case .double(let number) where NumberText.isWrittenWhole(number): Int64(number)
        default: nil
        }
    }

    /// Resolves a plain scalar.
    static func resolve(_ text: UnsafeBufferPointer<UInt8>) -> ScalarResolution {
        guard let first = text.first else { return .null }
        switch first {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"):
            return word(text) ?? number(text)
        case UInt8(ascii: "."):
            if let word = word(text) { return word }
            return float(text)
        case _ where text.count <= 5: return word(text) ?? .string
        default: return .string
        }
    }

    /// The words with a meaning of their own.
    private static func word(_ text: UnsafeBufferPointer<UInt8>) -> ScalarResolution? {
        guard text.count <= 5 else { return nil }
        switch String(decoding: text, as: UTF8.self) {
        case "~", "null", "Null", "NULL": return .null
        case "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON": return .boolean(true)
        case "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF": return .boolean(false)
        case ".nan", ".NaN", ".NAN": return .double(.nan)
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .double(.infinity)
        case "-.inf", "-.Inf", "-.INF": return .double(-.infinity)
        default: return nil
        }
    }

    /// A scalar that starts with a digit or a sign.
    private static func number(_ text: UnsafeBufferPointer<UInt8>) -> ScalarResolution {
        guard text.count <= sizeMax else { return .string }
        var plain: [UInt8] = []
        plain.reserveCapacity(text.count)
        for byte in text where byte != UInt8(ascii: "_") { plain.append(byte) }
        if isTimestampLike(text) { return .string }
        if let integer = integer(plain) { return integer }
        return plain.withUnsafeBufferPointer { isStyleFloat($0) ? float($0) : .string }
    }

    /// Whether go-yaml might take it for a timestamp, which stays a string: four digits and a hyphen. None of these
    /// is a number either, so the date itself need not be checked.
    private static func isTimestampLike(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        text.count > 4 && text[4] == UInt8(ascii: "-") && text[..<4].allSatisfy(isDigit)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    /// Go's `strconv.ParseInt(plain, 0, 64)`, then `ParseUint`, then `big.Int`.
    private static func integer(_ plain: [UInt8]) -> ScalarResolution? {
        var digits = plain[...]
        var isNegative = false
        var hasSign = false
        if let first = digits.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
            isNegative = first == UInt8(ascii: "-")
            hasSign = true
            digits = digits.dropFirst()
        }
        var radix: UInt64 = 10
        var isOctalByZero = false
        if digits.first == UInt8(ascii: "0"), digits.count > 1 {
            switch digits[digits.startIndex + 1] | 0x20 {
            case UInt8(ascii: "x"): (radix, digits) = (16, digits.dropFirst(2))
            case UInt8(ascii: "b"): (radix, digits) = (2, digits.dropFirst(2))
            case UInt8(ascii: "o"): (radix, digits) = (8, digits.dropFirst(2))
            default: (radix, digits, isOctalByZero) = (8, digits.dropFirst(1), true)
            }
        }
        guard !digits.isEmpty else { return nil }
        var magnitude: UInt64 = 0
        var rounded = 0.0
        var overflows = false
        for byte in digits {
            guard let digit = value(of: byte), digit < radix else { return nil }
            let (product, carry) = magnitude.multipliedReportingOverflow(by: radix)
            let (sum, carryAgain) = product.addingReportingOverflow(digit)
            overflows = overflows || carry || carryAgain
            magnitude = sum
            rounded = rounded * Double(radix) + Double(digit)
        }
        if !overflows {
            if isNegative, magnitude <= UInt64(Int64.max) + 1 {
                return .integer(Int64(truncatingIfNeeded: 0 &- magnitude))
            }
            if !isNegative, magnitude <= UInt64(Int64.max) { return .integer(Int64(magnitude)) }
            if !hasSign { return .unsigned(Double(magnitude)) }
        }
        // Beyond 64 bits: decimal digits are read as a float; other radices without a sign are big integers, which
        // JSON writes digit by digit; those with a sign are no numbers.
        if radix == 10 || isOctalByZero { return nil }
        return hasSign ? .string : .double(rounded)
    }

    private static func value(of byte: UInt8) -> UInt64? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }

    /// go-yaml's form of a float: sign, then digits with at most one point, then an exponent.
    private static func isStyleFloat(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var index = 0
        func skipDigits() -> Int {
            let start = index
            while index < text.count, isDigit(text[index]) { index += 1 }
            return index - start
        }
        func skip(_ characters: StaticString) -> Bool {
            let bytes = UnsafeBufferPointer(start: characters.utf8Start, count: characters.utf8CodeUnitCount)
            guard index < text.count, bytes.contains(text[index]) else { return false }
            index += 1
            return true
        }
        _ = skip("+-")
        let whole = skipDigits()
        let hasPoint = skip(".")
        let fraction = hasPoint ? skipDigits() : 0
        guard whole > 0 || fraction > 0 else { return false }
        if skip("eE") {
            _ = skip("+-")
            guard skipDigits() > 0 else { return false }
        }
        return index == text.count
    }

    /// Go's `strconv.ParseFloat`, restricted to decimal digits; out of range is no number.
    private static func float(_ text: UnsafeBufferPointer<UInt8>) -> ScalarResolution {
        guard text.count <= sizeMax, isStyleFloat(text) else { return .string }
        var plain = String(decoding: text, as: UTF8.self)
        if plain.hasPrefix("+") { plain.removeFirst() }
        // Swift wants a digit on both sides of the point.
        guard let number = Double(plain) ?? Double(plain.replacingPoint()), number.isFinite else { return .string }
        return .double(number)
    }
}

extension String {
    /// `.5` as `0.5` and `5.` as `5.0`.
    fileprivate func replacingPoint() -> String {
        var result = ""
        var previous: Character = "-"
        for character in self {
            if character == ".", !previous.isNumber { result.append("0") }
            if previous == ".", !character.isNumber { result.append("0") }
            result.append(character)
            previous = character
        }
        if previous == "." { result.append("0") }
        return result
    }
}
