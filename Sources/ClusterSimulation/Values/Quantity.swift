/// A resource quantity: `300m`, `1Gi`, `2`. Exact to thousandths, up to nine peta.
///
/// Source: `resource.Quantity` of the Kubernetes API reference.
package struct Quantity: Comparable, Sendable {
    package var thousandths: Int64
    /// Whether it was written with a binary suffix; sums are written as their first part was.
    private var isBinary = false

    package static let zero = Quantity(thousandths: 0)
    package init(thousandths: Int64) { self.thousandths = thousandths }
    package init(_ number: Int) {
        thousandths = Self.saturated(Int64(number).multipliedReportingOverflow(by: 1000), number < 0)
    }

    /// Reads a quantity; nil where it is none. Fractions of a thousandth round up.
    package init?(_ text: String) {
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-" || $0 == "+") }
        guard let number = Double(digits), let scale = Self.scale(text.dropFirst(digits.count)) else { return nil }
        let value = (number * scale * 1000).rounded(.up)
        guard abs(value) < 9e18 else { return nil }
        thousandths = Int64(value)
        isBinary = text.hasSuffix("i")
    }

    /// Reads a quantity written as text or as a number.
    package init?(_ value: Value) {
        switch value.content {
        case .string(let symbol): self.init(symbol.text)
        case .integer(let number) where number.magnitude < UInt64(Int64.max / 1000): self.init(Int(number))
        case .double(let number): self.init("\(number)")
        default: return nil
        }
    }

    private static func scale(_ suffix: Substring) -> Double? {
        switch suffix {
        case "": 1
        case "n": 1e-9
        case "u": 1e-6
        case "m": 1e-3
        case "k": 1e3
        case "M": 1e6
        case "G": 1e9
        case "T": 1e12
        case "P": 1e15
        case "E": 1e18
        case "Ki": 1024
        case "Mi": 1_048_576
        case "Gi": 1_073_741_824
        case "Ti": 1_099_511_627_776
        case "Pi": 1_125_899_906_842_624
        default: exponent(suffix)
        }
    }

    private static func exponent(_ suffix: Substring) -> Double? {
        guard let first = suffix.first, first == "e" || first == "E", Int(suffix.dropFirst()) != nil else { return nil }
        return Double("1\(suffix)")
    }

    package static func < (left: Quantity, right: Quantity) -> Bool { left.thousandths < right.thousandths }
    package static func == (left: Quantity, right: Quantity) -> Bool { left.thousandths == right.thousandths }
    /// Sums stop at the largest quantity instead of failing: nothing has room for more.
    package static func + (left: Quantity, right: Quantity) -> Quantity {
        let sum = left.thousandths.addingReportingOverflow(right.thousandths)
        return left.with(saturated(sum, right.thousandths < 0), or: right)
    }
    package static func - (left: Quantity, right: Quantity) -> Quantity {
        let difference = left.thousandths.subtractingReportingOverflow(right.thousandths)
        return left.with(saturated(difference, right.thousandths > 0), or: right)
    }

    /// Another number, written as this one is, or where this is zero as the other.
    private func with(_ thousandths: Int64, or other: Quantity) -> Quantity {
        var result = Quantity(thousandths: thousandths)
        result.isBinary = self.thousandths == 0 ? other.isBinary : isBinary
        return result
    }

    private static func saturated(_ result: (partialValue: Int64, overflow: Bool), _ isNegative: Bool) -> Int64 {
        result.overflow ? (isNegative ? .min : .max) : result.partialValue
    }

    /// The canonical form: no fraction, and the largest suffix that leaves none. Below 1024 a binary quantity is
    /// written as a decimal one.
    package var text: String {
        if thousandths % 1000 != 0 { return "\(thousandths)m" }
        var number = thousandths / 1000
        let usesBinary = isBinary && number.magnitude >= 1024
        let suffixes = usesBinary ? ["", "Ki", "Mi", "Gi", "Ti", "Pi"] : ["", "k", "M", "G", "T", "P"]
        let base: Int64 = usesBinary ? 1024 : 1000
        var suffix = 0
        while number != 0, number % base == 0, suffix < suffixes.count - 1 {
            number /= base
            suffix += 1
        }
        return "\(number)\(suffixes[suffix])"
    }
}
