/// A resource quantity: `300m`, `1Gi`, `2`. Exact to thousandths, up to nine peta.
///
/// Source: `resource.Quantity` of the Kubernetes API reference.
package struct Quantity: Hashable, Comparable, Sendable {
    package var thousandths: Int64

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
    /// Sums stop at the largest quantity instead of failing: nothing has room for more.
    package static func + (left: Quantity, right: Quantity) -> Quantity {
        Quantity(
            thousandths: saturated(left.thousandths.addingReportingOverflow(right.thousandths), right.thousandths < 0))
    }
    package static func - (left: Quantity, right: Quantity) -> Quantity {
        Quantity(
            thousandths: saturated(
                left.thousandths.subtractingReportingOverflow(right.thousandths), right.thousandths > 0))
    }

    private static func saturated(_ result: (partialValue: Int64, overflow: Bool), _ isNegative: Bool) -> Int64 {
        result.overflow ? (isNegative ? .min : .max) : result.partialValue
    }

    /// The canonical form: thousandths as `m`, whole kibi, mebi, … as such, else a plain number.
    package var text: String {
        if thousandths % 1000 != 0 { return "\(thousandths)m" }
        var number = thousandths / 1000
        var suffix = 0
        let suffixes = ["", "Ki", "Mi", "Gi", "Ti", "Pi"]
        while number != 0, number % 1024 == 0, suffix < suffixes.count - 1 {
            number /= 1024
            suffix += 1
        }
        return "\(number)\(suffixes[suffix])"
    }
}
