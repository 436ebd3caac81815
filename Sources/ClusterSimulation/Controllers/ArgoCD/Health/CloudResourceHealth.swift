/// Health of cloud resources that a controller keeps: Google's Config Connector and AWS Controllers for Kubernetes.
enum CloudResourceHealth {
    static let rules: [HealthRule] = [
        HealthRule("*.cnrm.cloud.google.com", .empty, configConnector),
        HealthRule("*.services.k8s.aws", .empty, amazonController),
    ]

    /// A status of an earlier generation says nothing.
    private static func configConnector(_ input: HealthInput) -> ResourceHealth? {
        let waiting = ResourceHealth(.progressing, "Update in progress")
        let observed = input.status.present("observedGeneration")
        guard observed == nil || input.observes(observed) else { return waiting }
        if input.kind == "ConfigConnector" || input.kind == "ConfigConnectorContext",
            let healthy = input.status.present("healthy")
        {
            return healthy.boolean == true
                ? ResourceHealth(.healthy, "\(input.kind) is healthy")
                : ResourceHealth(.degraded, "\(input.kind) is not healthy")
        }
        for condition in input.reported {
            let message = condition.message ?? ""
            switch condition.reason {
            case "UpToDate" where condition.status == "True": return ResourceHealth(.healthy, message)
            case "UpdateFailed", "DependencyNotFound": return ResourceHealth(.degraded, message)
            case "DependencyNotReady": return ResourceHealth(.suspended, message)
            default: continue
            }
        }
        return waiting
    }

    private static let amazonController = ConditionTable(
        [
            .when("ACK.Terminal", "True", .degraded), .when("Ready", "False", .progressing),
            .when("Ready", "True", .healthy, ""),
        ], waiting: "Waiting for resource to be ready")
}
