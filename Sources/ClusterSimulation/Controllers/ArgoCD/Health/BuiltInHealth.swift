/// Health of built-in kinds that run nothing. Source: specs/argocd.md 13.6.
enum BuiltInHealth {
    static func claim(_ input: HealthInput) -> ResourceHealth? {
        switch input.status["phase"]?.text {
        case "Lost": ResourceHealth(.degraded)
        case "Pending": ResourceHealth(.progressing)
        case "Bound": ResourceHealth(.healthy)
        default: ResourceHealth(.unknown)
        }
    }

    static func service(_ input: HealthInput) -> ResourceHealth? {
        guard input.spec("type")?.text == "LoadBalancer" else { return ResourceHealth(.healthy) }
        return ResourceHealth(hasAddress(input) ? .healthy : .progressing)
    }

    static func ingress(_ input: HealthInput) -> ResourceHealth? {
        ResourceHealth(hasAddress(input) ? .healthy : .progressing)
    }

    private static func hasAddress(_ input: HealthInput) -> Bool {
        !(input.status.at("loadBalancer", "ingress")?.elements.isEmpty ?? true)
    }

    static func apiService(_ input: HealthInput) -> ResourceHealth? {
        guard let condition = input.condition("Available") else {
            return ResourceHealth(.progressing, "Waiting to be processed")
        }
        let message = "\(condition["reason"]?.text ?? ""): \(condition["message"]?.text ?? "")"
        return ResourceHealth(condition["status"]?.text == "True" ? .healthy : .progressing, message)
    }

    /// What an autoscaler of version v1 has for conditions: a JSON text.
    private static let conditionsAnnotation: Symbol = "autoscaling.alpha.kubernetes.io/conditions"

    /// Conditions and reasons with which the autoscaler has failed. Other reasons do not count.
    private static let failures: [(type: Symbol, reason: Symbol)] = [
        ("AbleToScale", "FailedGetScale"), ("AbleToScale", "FailedUpdateScale"),
        ("ScalingActive", "FailedGetResourceMetric"), ("ScalingActive", "InvalidSelector"),
    ]

    /// The first condition that says something decides: one that is able to scale hides a metric that fails after it.
    /// Source: `checkConditions` in gitops-engine/pkg/health/health_hpa.go.
    static func autoscaler(_ input: HealthInput) -> ResourceHealth? {
        var conditions = input.reported
        if conditions.isEmpty, let text = input.annotations[conditionsAnnotation]?.text {
            guard let value = Value(parsingJSON: text) else { return ResourceHealth(.unknown) }
            conditions = value.elements.map { HealthCondition(value: $0) }
        }
        for condition in conditions {
            if failures.contains(where: { $0.type == condition.type && $0.reason == condition.reason }) {
                return ResourceHealth(.degraded, condition.message ?? "")
            }
            if condition.says("AbleToScale", "True") || condition.says("ScalingLimited", "True") {
                return ResourceHealth(.healthy, condition.message ?? "")
            }
        }
        return ResourceHealth(.progressing, "Waiting to Autoscale")
    }

    static func workflow(_ input: HealthInput) -> ResourceHealth? {
        let message = input.status["message"]?.text ?? ""
        switch input.status["phase"]?.text {
        case nil, "", "Pending", "Running": return ResourceHealth(.progressing, message)
        case "Succeeded": return ResourceHealth(.healthy, message)
        case "Failed", "Error": return ResourceHealth(.degraded, message)
        default: return ResourceHealth(.unknown, message)
        }
    }
}
