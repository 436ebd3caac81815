/// A duration as Go writes it: `5s`, `3m0s`, `1h`; a bare number is seconds.
package struct GoDuration {
    /// Its length, in whole milliseconds.
    package var span: SimulationTime.Span

    /// The longest duration that is read: about 292 years, the longest of Go.
    private static let millisecondsMax = Int64.max / 1_000_000

    init?(value: Value) {
        if let seconds = value.integer {
            guard seconds.magnitude <= UInt64(Self.millisecondsMax / 1000) else { return nil }
            span = .seconds(Int64(seconds))
            return
        }
        guard let text = value.text, let duration = Self(text) else { return nil }
        self = duration
    }

    /// Reads a text; nil where it is no duration, or one beyond Go's longest.
    package init?(_ text: String) {
        var total: Int64 = 0
        var number: Int64 = 0
        var hasNumber = false
        var rest = Substring(text)
        while let first = rest.first {
            if let digit = first.isASCII ? first.wholeNumberValue : nil {
                number = number * 10 + Int64(digit)
                guard number <= Self.millisecondsMax else { return nil }
                hasNumber = true
                rest.removeFirst()
                continue
            }
            guard hasNumber else { return nil }
            let unit: Int64
            if rest.hasPrefix("ms") {
                unit = 1
                rest.removeFirst(2)
            } else {
                switch first {
                case "s": unit = 1000
                case "m": unit = 60_000
                case "h": unit = 3_600_000
                default: return nil
                }
                rest.removeFirst()
            }
            guard number <= (Self.millisecondsMax - total) / unit else { return nil }
            total += number * unit
            number = 0
            hasNumber = false
        }
        if hasNumber {
            guard number <= (Self.millisecondsMax - total) / 1000 else { return nil }
            total += number * 1000
        }
        span = .milliseconds(total)
    }
}
