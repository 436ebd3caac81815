import ClusterSimulation

extension SimulationTime.Span {
    /// A length as people write it: `250ms`, `1.5s`, `57m55s`, `10h10m`, `2d3h`. Milliseconds only below a minute.
    var text: String {
        if milliseconds < 0 { return "-" + Self(milliseconds: Int64(clamping: milliseconds.magnitude)).text }
        if milliseconds < 1000 { return milliseconds == 0 ? "0s" : "\(milliseconds)ms" }
        if milliseconds < 60_000 {
            let rest = milliseconds % 1000
            if rest == 0 { return "\(milliseconds / 1000)s" }
            var digits = String(rest + 1000).dropFirst()
            while digits.last == "0" { digits.removeLast() }
            return "\(milliseconds / 1000).\(digits)s"
        }
        let seconds = milliseconds / 1000
        let parts: [(Int64, String)] = [
            (seconds / 86_400, "d"), (seconds / 3600 % 24, "h"), (seconds / 60 % 60, "m"), (seconds % 60, "s"),
        ]
        return parts.filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }.joined()
    }
}

extension Violation {
    /// `2025-11-26T18:00:09Z to 2025-11-26T18:03:00Z (2m51s)`, or `since 2025-11-26T18:00:09Z (10h, still so)`.
    func intervalText(horizon: SimulationTime) -> String {
        let length = length(upTo: horizon).text
        if let to { return "\(from.rfc3339) to \(to.rfc3339) (\(length))" }
        return "since \(from.rfc3339) (\(length), still so at the end)"
    }
}
