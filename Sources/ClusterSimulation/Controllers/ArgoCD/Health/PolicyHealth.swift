/// Health of Kyverno's policies and of Istio's operator.
enum PolicyHealth {
    static let rules: [HealthRule] = [
        HealthRule("kyverno.io", "ClusterPolicy", clusterPolicy),
        HealthRule("kyverno.io", "Policy", policy),
        HealthRule("install.istio.io", "IstioOperator", istioOperator),
    ]

    private static func clusterPolicy(_ input: HealthInput) -> ResourceHealth? {
        guard let ready = input.reported("Ready") else {
            return ResourceHealth(.progressing, "Waiting for ClusterPolicy to become ready")
        }
        return ResourceHealth(ready.status == "True" ? .healthy : .degraded, ready.message ?? "")
    }

    private static func policy(_ input: HealthInput) -> ResourceHealth? {
        let isReady = input.reported.contains {
            $0.says("Ready", "True") && $0.reason == "Succeeded" && $0.message == "Ready"
        }
        return isReady
            ? ResourceHealth(.healthy, "Policy is ready")
            : ResourceHealth(.progressing, "Waiting for Policy to be ready")
    }

    /// The state is a number or its name, as the version writes it.
    private static func istioOperator(_ input: HealthInput) -> ResourceHealth? {
        let state = input.status["status"]
        switch state?.text ?? state?.integer.map({ "\($0)" }) {
        case "0", "NONE": return ResourceHealth(.unknown, "Component is not present.")
        case "1", "UPDATING":
            return ResourceHealth(.progressing, "Component is being updated to a different version.")
        case "2", "RECONCILING":
            return ResourceHealth(
                .progressing,
                "Controller has started but not yet completed reconciliation loop for the component.")
        case "3", "HEALTHY": return ResourceHealth(.healthy, "Component is healthy.")
        case "4", "ERROR": return ResourceHealth(.degraded, "Component is in an error state.")
        default: return ResourceHealth(.progressing, "Waiting for Istio Control Plane")
        }
    }
}
