extension GoDuration {
    private static let units = ["ns", "us", "µs", "μs", "ms", "s", "m", "h"]

    /// What Go's `time.ParseDuration` says of a text that is no duration; nil where it is one: `300ms`, `-1.5h`, `0`.
    package static func problem(_ text: String) -> String? {
        var rest = Substring(text)
        if let sign = rest.first, sign == "-" || sign == "+" { rest = rest.dropFirst() }
        if rest == "0" { return nil }
        if rest.isEmpty { return "time: invalid duration \"\(text)\"" }
        while !rest.isEmpty {
            let number = rest.prefix { isDigit($0) || $0 == "." }
            let digits = number.filter(isDigit).count
            guard digits > 0, number.count - digits <= 1 else { return "time: invalid duration \"\(text)\"" }
            rest = rest.dropFirst(number.count)
            let unit = rest.prefix { !isDigit($0) && $0 != "." }
            if unit.isEmpty { return "time: missing unit in duration \"\(text)\"" }
            guard units.contains(String(unit)) else {
                return "time: unknown unit \"\(unit)\" in duration \"\(text)\""
            }
            rest = rest.dropFirst(unit.count)
        }
        return nil
    }

    private static func isDigit(_ character: Character) -> Bool { character >= "0" && character <= "9" }
}
