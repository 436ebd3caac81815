/// Health of the kinds of the Grafana operators.
enum GrafanaHealth {
    static let rules: [HealthRule] = [
        HealthRule("grafana.integreatly.org", "Grafana", grafana),
        HealthRule("grafana.integreatly.org", "GrafanaDashboard") { synchronized($0) },
        HealthRule("grafana.integreatly.org", "GrafanaFolder") { synchronized($0, reversed: "FolderUIDMismatch") },
        HealthRule("grafana.integreatly.org", "GrafanaDatasource", datasource),
        HealthRule("grafana-org-operator.kubitus-project.gitlab.io", .empty, organization),
    ]

    private static func grafana(_ input: HealthInput) -> ResourceHealth? {
        guard let result = input.statusText("stageStatus") else {
            return ResourceHealth(.progressing, "Waiting for Grafana status info")
        }
        let stage = input.statusText("stage") ?? ""
        if result == "failed" { return ResourceHealth(.degraded, "Failed at stage \(stage)") }
        return stage == "complete" && result == "success"
            ? ResourceHealth(.healthy) : ResourceHealth(.progressing, stage)
    }

    /// Every condition is told until one is bad.
    ///
    /// - Parameter reversed: the type of which True is bad.
    private static func synchronized(_ input: HealthInput, reversed: Symbol? = nil) -> ResourceHealth {
        var health = ResourceHealth(.progressing)
        for condition in input.reported {
            guard let status = condition.status else { continue }
            if !health.message.isEmpty { health.message += ", " }
            if let reason = condition.reason {
                health.message += reason.text
                if let type = condition.type {
                    health.message += " for \(type)"
                    if let message = condition.message { health.message += " because \(message)" }
                }
            }
            let isReversed = reversed != nil && condition.type == reversed
            if status == (isReversed ? "True" : "False") {
                health.code = .degraded
                return health
            }
            if status == "True" { health.code = .healthy }
        }
        return health
    }

    private static func datasource(_ input: HealthInput) -> ResourceHealth? {
        guard input.hasStatus, input.statusText("uid") != "" else { return ResourceHealth(.progressing) }
        if input.status["NoMatchingInstances"]?.boolean == true {
            return ResourceHealth(.degraded, "can't find matching grafana instance")
        }
        return ResourceHealth(.healthy)
    }

    private static func organization(_ input: HealthInput) -> ResourceHealth? {
        guard let ready = input.reported("Ready") else { return ResourceHealth(.progressing, "Waiting ...") }
        let message = ready.message ?? ""
        switch ready.status?.text {
        case "False": return ResourceHealth(.degraded, message)
        case "True": return ResourceHealth(.healthy, message)
        default: return ResourceHealth(.progressing, message)
        }
    }
}
