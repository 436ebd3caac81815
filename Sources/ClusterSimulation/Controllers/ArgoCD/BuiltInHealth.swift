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

    /// Reasons with which the autoscaler gives up for the moment.
    private static let failing: [String] = [
        "FailedGetScale", "FailedUpdateScale", "FailedGetResourceMetric", "InvalidSelector", "FailedGetObjectMetric",
        "FailedGetPodsMetric", "FailedGetContainerResourceMetric", "FailedGetExternalMetric",
        "InvalidMetricSourceType", "FailedComputeMetricsReplicas",
    ]

    static func autoscaler(_ input: HealthInput) -> ResourceHealth? {
        for condition in input.conditions where condition["status"]?.text == "False" {
            if let reason = condition["reason"]?.text, failing.contains(reason) {
                return ResourceHealth(.degraded, condition["message"]?.text ?? "")
            }
        }
        for condition in input.conditions where condition["status"]?.text == "True" {
            let type = condition["type"]?.text
            if type == "AbleToScale" || type == "ScalingLimited" {
                return ResourceHealth(.healthy, condition["message"]?.text ?? "")
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
