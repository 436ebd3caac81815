/// Health of the kinds of platforms: OpenShift, Open Cluster Management.
enum PlatformHealth {
    static let rules: [HealthRule] = [
        HealthRule("route.openshift.io", "Route", route),
        HealthRule(
            "operator.openshift.io", "IngressController",
            ConditionTable(
                [
                    .when("Degraded", "True", .degraded),
                    .when("DeploymentReplicasAllAvailable", "False", .progressing),
                    .when("Progressing", "True", .progressing, .reason),
                    .when("Available", "True", .healthy, "IngressController is available"),
                ], waiting: "Status of IngressController is not known yet")),
        HealthRule("policy.open-cluster-management.io", "CertificatePolicy", certificatePolicy),
        HealthRule("policy.open-cluster-management.io", "OperatorPolicy", operatorPolicy),
    ]

    /// Every router has to admit a route.
    private static func route(_ input: HealthInput) -> ResourceHealth? {
        guard let routers = input.status.present("ingress")?.elements else {
            return ResourceHealth(.progressing, "Route is still getting admitted")
        }
        let conditions = routers.flatMap(\.reportedConditions)
        if conditions.count(where: { $0.says("Admitted", "True") }) >= routers.count {
            return ResourceHealth(.healthy, "Route is healthy")
        }
        return conditions.contains { $0.says("Admitted", "False") }
            ? ResourceHealth(.degraded, "Route is degraded")
            : ResourceHealth(.progressing, "Route is still getting admitted")
    }

    private static func certificatePolicy(_ input: HealthInput) -> ResourceHealth? {
        switch input.statusText("compliant") {
        case nil: ResourceHealth(.progressing, "Waiting for the status to be reported")
        case "Compliant": ResourceHealth(.healthy, "All certificates found comply with the policy")
        default: ResourceHealth(.degraded, "At least once certificate does not comply with the policy")
        }
    }

    private static func operatorPolicy(_ input: HealthInput) -> ResourceHealth? {
        guard input.hasConditions else {
            return ResourceHealth(.progressing, "Waiting for the status to be reported")
        }
        if let observed = input.status.present("observedGeneration"), !input.observes(observed) {
            return ResourceHealth(.progressing, "Waiting for the status to be updated")
        }
        guard let compliant = input.reported("Compliant") else {
            return ResourceHealth(.progressing, "Waiting for the compliance condition")
        }
        return ResourceHealth(compliant.status == "True" ? .healthy : .degraded, compliant.message ?? "")
    }
}
