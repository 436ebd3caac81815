extension GoDuration {
    /// A duration as Go prints it: `1m30s`, `2h0m0s`, `1.5s`, `500ms`, `0s`.
    static func text(_ span: SimulationTime.Span) -> String {
        let total = span.milliseconds
        if total == 0 { return "0s" }
        if total < 1000 { return "\(total)ms" }
        let seconds = total / 1000 % 60
        var fraction = String(1000 + total % 1000).dropFirst()
        while fraction.hasSuffix("0") { fraction.removeLast() }
        let tail = "\(seconds)" + (fraction.isEmpty ? "" : ".\(fraction)") + "s"
        let hours = total / 3_600_000
        let minutes = total / 60_000 % 60
        if hours > 0 { return "\(hours)h\(minutes)m\(tail)" }
        return minutes > 0 ? "\(minutes)m\(tail)" : tail
    }
}
