/// Health of cert-manager's kinds.
enum CertificateHealth {
    static let rules: [HealthRule] = [
        // An issue that is under way is told first, wherever it stands.
        HealthRule(
            "cert-manager.io", "Certificate",
            ConditionTable(
                [
                    .when("Issuing", "True", .progressing), .when("Ready", "False", .degraded),
                    .when("Ready", "True", .healthy),
                ],
                first: .rows, waiting: "Waiting for certificate")),
        HealthRule("cert-manager.io", "CertificateRequest", request),
        HealthRule("cert-manager.io", "Issuer", .trueIsHealthy("Ready", waiting: "Initializing issuer")),
        HealthRule("cert-manager.io", "ClusterIssuer", .trueIsHealthy("Ready", waiting: "Initializing ClusterIssuer")),
        HealthRule("acme.cert-manager.io", "Challenge") { acme($0, "challenge", tellsReason: true) },
        HealthRule("acme.cert-manager.io", "Order") { acme($0, "order", tellsReason: false) },
    ]

    /// A request that is denied or invalid ends so; one that is not ready is only waited for while it is pending.
    private static func request(_ input: HealthInput) -> ResourceHealth? {
        let conditions = input.reported
        let end = conditions.first { $0.says("Denied", "True") || $0.says("InvalidRequest", "True") }
        if let end { return ResourceHealth(.degraded, end.message ?? "") }
        guard let ready = input.reported("Ready") else {
            return ResourceHealth(.progressing, "Waiting for certificate request")
        }
        let message = ready.message ?? ""
        if ready.status == "True" { return ResourceHealth(.healthy, message) }
        return ResourceHealth(ready.reason == "Pending" ? .progressing : .degraded, message)
    }

    /// - Parameter tellsReason: whether the reason is told while it goes on; it is for one that failed.
    private static func acme(_ input: HealthInput, _ noun: String, tellsReason: Bool) -> ResourceHealth {
        guard let state = input.statusText("state"), !state.isEmpty else {
            return ResourceHealth(.progressing, "Waiting for \(noun)")
        }
        let message = "\(noun.prefix(1).uppercased() + noun.dropFirst()) is \(state)"
        switch state {
        case "valid": return ResourceHealth(.healthy, message)
        case "invalid", "expired", "errored": return ResourceHealth(.degraded, input.statusText("reason") ?? message)
        default: return ResourceHealth(.progressing, tellsReason ? input.statusText("reason") ?? message : message)
        }
    }
}
