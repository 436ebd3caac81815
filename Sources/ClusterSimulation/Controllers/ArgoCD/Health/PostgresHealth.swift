/// Health of the kinds of the PostgreSQL operators.
enum PostgresHealth {
    static let rules: [HealthRule] = [
        HealthRule("postgresql.cnpg.io", "Cluster", cluster),
        HealthRule("postgresql.cnpg.io", "Backup", backup),
        HealthRule("postgresql.cnpg.io", "Database", database),
        HealthRule("acid.zalan.do", "postgresql", zalando),
    ]

    /// The operator's own annotation, and how a version of the script spells it.
    private static let reconciliation: [Symbol] = ["cnpg.io/reconciliationLoop", "cnpg.io/reconciliation"]

    /// The phases of a CloudNativePG cluster. A phase of any other text is Unknown.
    private static let phases: [(HealthCode, [String])] = [
        (.healthy, ["Cluster in healthy state"]),
        (
            .progressing,
            [
                "Setting up primary", "Creating a new replica", "Upgrading cluster",
                "Waiting for the instances to become active", "Promoting to primary cluster",
            ]
        ),
        (
            .degraded,
            [
                "Switchover in progress", "Failing over", "Upgrading Postgres major version", "Cluster upgrade delayed",
                "Waiting for user action", "Primary instance is being restarted in-place",
                "Primary instance is being restarted without a switchover",
                "Cluster cannot execute instance online upgrade due to missing architecture binary",
                "Online upgrade in progress", "Applying configuration",
            ]
        ),
        (
            .suspended,
            [
                "Unable to create required cluster objects",
                "Cluster cannot proceed to reconciliation due to an unknown plugin being required",
                "Cluster has incomplete or invalid image catalog",
                "Cluster is unrecoverable and needs manual intervention",
            ]
        ),
    ]

    private static func cluster(_ input: HealthInput) -> ResourceHealth? {
        if reconciliation.contains(where: { input.annotations[$0] == "disabled" }) {
            return ResourceHealth(.suspended, "Cluster reconciliation is suspended")
        }
        guard input.hasStatus else { return .scriptFailure }
        let reason = input.statusText("phaseReason") ?? ""
        guard input.hasConditions else { return ResourceHealth(.progressing, reason) }
        if let hibernation = input.reported("cnpg.io/hibernation") {
            return ResourceHealth(hibernation.status == "True" ? .suspended : .degraded, hibernation.message ?? "")
        }
        let phase = input.statusText("phase") ?? ""
        return ResourceHealth(phases.first { $0.1.contains(phase) }?.0 ?? .unknown, reason)
    }

    private static func backup(_ input: HealthInput) -> ResourceHealth? {
        guard let phase = input.statusText("phase"), !phase.isEmpty else {
            return ResourceHealth(.progressing, "Waiting for backup to be processed")
        }
        switch phase {
        case "completed": return ResourceHealth(.healthy, "Backup completed")
        case "failed", "walArchivingFailing", "invalid backup definition":
            return ResourceHealth(.degraded, input.statusText("error") ?? phase)
        default: return ResourceHealth(.progressing, phase)
        }
    }

    /// The operator tells a generation as observed only once it was applied: a failure before that is waited for.
    private static func database(_ input: HealthInput) -> ResourceHealth? {
        let waiting = "Waiting for CloudNativePG to reconcile Database"
        guard input.hasStatus else { return ResourceHealth(.progressing, waiting) }
        let message = input.statusText("message")
        if input.generation == 0 || input.observes(input.status["observedGeneration"]) {
            switch input.status["applied"]?.boolean {
            case true: return ResourceHealth(.healthy, message ?? "")
            case false: return ResourceHealth(.degraded, message ?? "CloudNativePG failed to apply the Database")
            default: break
            }
        }
        return ResourceHealth(.progressing, message?.isEmpty ?? true ? waiting : message ?? waiting)
    }

    private static func zalando(_ input: HealthInput) -> ResourceHealth? {
        guard let state = input.statusText("PostgresClusterStatus") else {
            return ResourceHealth(.progressing, "Waiting for postgres cluster status...")
        }
        switch state {
        case "Running": return ResourceHealth(.healthy, state)
        case "Creating", "Updating": return ResourceHealth(.progressing, state)
        default: return ResourceHealth(.degraded, state)
        }
    }
}
