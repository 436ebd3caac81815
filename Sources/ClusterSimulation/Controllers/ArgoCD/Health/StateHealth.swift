/// Health of kinds that say in one field how they are.
enum StateHealth {
    static let rules: [HealthRule] =
        ["HumioAction", "HumioAlert", "HumioIngestToken", "HumioParser", "HumioRepository", "HumioView"].map { kind in
            HealthRule("core.humio.com", Symbol(kind)) { humio.health($0) }
        }
        + ["KeptnAppVersion", "KeptnTask", "KeptnWorkloadInstance", "KeptnWorkloadVersion"].map { kind in
            HealthRule("lifecycle.keptn.sh", Symbol(kind), keptn)
        }
        + [
            HealthRule("metrics.keptn.sh", "KeptnMetric", keptnMetric),
            HealthRule("core.humio.com", "HumioCluster") { humioCluster.health($0) },
            HealthRule("platform.confluent.io", "Connect") { confluent("Connect").health($0) },
            HealthRule("astra.netapp.io", "AppVault", appVault),
            HealthRule("networking.gke.io", "ManagedCertificate", managedCertificate),
        ]

    private static let humio = StateTable(
        "state",
        [
            .when("Exists", is: .healthy, "Component state: Exists."),
            .when("NotFound", is: .missing, "Component state: NotFound."),
            .when("ConfigError", is: .degraded, "Component state: ConfigError."),
            .when("Unknown", is: .unknown, "Component state: Unknown."),
        ], waiting: "Update in progress")

    private static let humioCluster = StateTable(
        "state",
        [
            .when("Running", is: .healthy, .field("message", or: "Cluster is in a healthy running state")),
            .when("Restarting", is: .progressing, .field("message", or: "Cluster pods are being restarted")),
            .when("Upgrading", is: .progressing, .field("message", or: "Cluster pods are being upgraded")),
            .when(
                "ConfigError", is: .degraded,
                .field("message", or: "User-provided cluster specification resulted in a configuration error")),
            .when(
                "Pending", is: .progressing,
                .field("message", or: "Cluster is waiting on resources to be provisioned")),
            .when("Unknown", is: .unknown, .field("message", or: "Component state: Unknown.")),
        ], waiting: "Update in progress")

    private static func keptn(_ input: HealthInput) -> ResourceHealth? {
        guard input.hasStatus else { return .scriptFailure }
        switch input.statusText("status") {
        case "Succeeded": return ResourceHealth(.healthy, "\(input.kind) is healthy")
        case "Failed": return ResourceHealth(.degraded, "\(input.kind) is degraded")
        default: return ResourceHealth(.progressing, "\(input.kind) is progressing")
        }
    }

    private static func keptnMetric(_ input: HealthInput) -> ResourceHealth? {
        guard input.hasStatus else { return .scriptFailure }
        if !(input.statusText("errMsg") ?? "").isEmpty {
            return ResourceHealth(.degraded, "KeptnMetric is degraded")
        }
        return input.status.present("value") != nil
            ? ResourceHealth(.healthy, "KeptnMetric is healthy")
            : ResourceHealth(.progressing, "KeptnMetric is progressing")
    }

    private static func confluent(_ noun: String) -> StateTable {
        StateTable(
            "phase",
            [
                .when("RUNNING", is: .healthy, .text("\(noun) running")),
                .when("PROVISIONING", is: .progressing, .text("\(noun) provisioning")),
            ], waiting: "Waiting for \(noun)")
    }

    private static func appVault(_ input: HealthInput) -> ResourceHealth? {
        switch input.statusText("state") {
        case "available", "Available": ResourceHealth(.healthy, "\(input.kind) Available")
        case "failed", "Failed": ResourceHealth(.degraded, "\(input.kind) Failed")
        default: ResourceHealth(.progressing, "No status available")
        }
    }

    private static func managedCertificate(_ input: HealthInput) -> ResourceHealth? {
        let domains = input.status["domainStatus"]?.elements ?? []
        if domains.contains(where: { $0["status"]?.symbol == "FailedNotVisible" }) {
            return ResourceHealth(.degraded, "At least one certificate has failed to be provisioned")
        }
        return input.statusText("certificateStatus") == "Active"
            ? ResourceHealth(.healthy, "All certificates are active")
            : ResourceHealth(.progressing, "At least one certificate is still being provisioned")
    }
}
