/// Health of Gloo's kinds, which all have one status: a state by reporting namespace or, before that, one for all.
enum GlooHealth {
    static let rules: [HealthRule] =
        [
            "Gateway", "MatchableHttpGateway", "RouteOption", "RouteTable", "VirtualHostOption", "VirtualService",
        ].map { HealthRule("gateway.solo.io", Symbol($0), reported) }
        + ["Proxy", "Settings", "Upstream", "UpstreamGroup"].map {
            HealthRule("gloo.solo.io", Symbol($0), reported)
        }

    private static func reported(_ input: HealthInput) -> ResourceHealth? {
        for field in input.status["statuses"]?.fields ?? [] {
            if let health = state(field.value) { return health }
        }
        return state(input.status) ?? ResourceHealth(.progressing, "Update in progress")
    }

    /// The state is a number or its name, as the version writes it.
    private static func state(_ status: Value) -> ResourceHealth? {
        let state = status["state"]
        switch state?.text ?? state?.integer.map({ "\($0)" }) {
        case "0", "Pending": return ResourceHealth(.suspended, "The resource has not yet been validated")
        case "1", "Accepted": return ResourceHealth(.healthy, "The resource has been validated")
        case "2", "Rejected", "3", "Warning": return ResourceHealth(.degraded, status["reason"]?.text ?? "")
        default: return nil
        }
    }
}
