/// Health of kinds that store: databases, object stores, volumes.
enum DatabaseHealth {
    static let rules: [HealthRule] = [
        HealthRule("k8s.mariadb.com", "MariaDB") { allTrue($0, failedReason: "Failed") },
        HealthRule("mariadb.mmontes.io", "MariaDB") { allTrue($0, failedReason: nil) },
        HealthRule("k8s.mariadb.com", "Database", ready),
        HealthRule("k8s.mariadb.com", "Grant", ready),
        HealthRule("k8s.mariadb.com", "User", ready),
        HealthRule("db.atlasgo.io", "AtlasMigration") { atlas($0) { $0.reason == "Reconciling" } },
        HealthRule("db.atlasgo.io", "AtlasSchema") {
            atlas($0) { $0.message == "Reconciling" || $0.message == "GettingDevDB" }
        },
        HealthRule("psmdb.percona.com", "PerconaServerMongoDB", mongo),
        HealthRule("pxc.percona.com", "PerconaXtraDBCluster", xtra),
        HealthRule("clickhouse.altinity.com", "ClickHouseInstallation") { clickHouse($0, "ClickHouse") },
        HealthRule("clickhouse-keeper.altinity.com", "ClickHouseKeeperInstallation") {
            clickHouse($0, "ClickHouseKeeper")
        },
        HealthRule("solr.apache.org", "SolrCloud", solr),
        HealthRule("ceph.rook.io", "CephObjectStore", cephObjectStore),
        HealthRule("trident.netapp.io", "TridentBackendConfig", trident),
    ]

    /// Healthy unless a condition is False.
    private static func allTrue(_ input: HealthInput, failedReason: Symbol?) -> ResourceHealth {
        guard input.hasConditions else { return ResourceHealth(.progressing, "No status info available") }
        guard let unmet = input.reported.first(where: { $0.status == "False" }) else {
            return ResourceHealth(.healthy, input.reported.last?.message ?? "")
        }
        let hasFailed = failedReason != nil && unmet.reason == failedReason
        return ResourceHealth(hasFailed ? .degraded : .progressing, unmet.message ?? "")
    }

    private static func ready(_ input: HealthInput) -> ResourceHealth? {
        if let ready = input.reported("Ready") {
            return ResourceHealth(ready.status == "True" ? .healthy : .degraded, ready.message ?? "")
        }
        let last = input.reported.last
        return ResourceHealth(.progressing, last.map { $0.message ?? "" } ?? "No status info available")
    }

    private static func atlas(
        _ input: HealthInput, isAtWork: (HealthCondition) -> Bool
    ) -> ResourceHealth {
        guard let ready = input.reported("Ready") else {
            return ResourceHealth(.progressing, "Waiting for Atlas Operator")
        }
        let code: HealthCode = ready.status == "True" ? .healthy : isAtWork(ready) ? .progressing : .degraded
        return ResourceHealth(code, ready.reason?.text ?? "")
    }

    private static func nodes(_ input: HealthInput) -> String {
        "\(input.statusNumber("ready"))/\(input.statusNumber("size")) node(s) are ready"
    }

    private static func mongo(_ input: HealthInput) -> ResourceHealth? {
        guard input.hasStatus else { return ResourceHealth(.unknown, "Cluster status is unknown") }
        switch input.statusText("state") {
        case "initializing", "stopping": return ResourceHealth(.progressing, nodes(input))
        case "ready": return ResourceHealth(.healthy, nodes(input))
        case "error": return ResourceHealth(.degraded, nodes(input))
        case "paused": return ResourceHealth(.suspended, nodes(input))
        default: return ResourceHealth(.unknown, nodes(input))
        }
    }

    private static func xtra(_ input: HealthInput) -> ResourceHealth? {
        switch input.statusText("state") {
        case "initializing": return ResourceHealth(.progressing, nodes(input))
        case "ready": return ResourceHealth(.healthy, nodes(input))
        case "paused": return ResourceHealth(.unknown, "Cluster is paused")
        case "stopping": return ResourceHealth(.degraded, "Cluster is stopping (\(nodes(input)))")
        case "error":
            let messages = input.status["message"]?.symbols.map(\.text) ?? []
            return ResourceHealth(.degraded, "Cluster is on error: \(messages.joined(separator: ", "))")
        default:
            return ResourceHealth(
                .unknown,
                "Cluster status is unknown. Ensure your ArgoCD is current and then check for/file a bug report: "
                    + "https://github.com/argoproj/argo-cd/issues")
        }
    }

    private static func clickHouse(_ input: HealthInput, _ name: String) -> ResourceHealth {
        switch input.statusText("status") {
        case nil: ResourceHealth(.progressing, "\(name) status not yet available")
        case "Completed": ResourceHealth(.healthy, "\(name) installation completed successfully")
        case "InProgress": ResourceHealth(.progressing, "\(name) installation in progress")
        case let state?: ResourceHealth(.degraded, "\(name) status: \(state)")
        }
    }

    private static func solr(_ input: HealthInput) -> ResourceHealth? {
        guard let nodes = input.status.present("solrNodes")?.elements else {
            return ResourceHealth(.progressing, "Waiting for solr to exist")
        }
        return nodes.allSatisfy { $0["ready"]?.boolean == true }
            ? ResourceHealth(.healthy, "Solr is ready") : ResourceHealth(.progressing, "Not all replicas are ready")
    }

    private static func cephObjectStore(_ input: HealthInput) -> ResourceHealth? {
        var health = ResourceHealth(.progressing, "Waiting for status to be reported")
        if let phase = input.statusText("phase") {
            let code: HealthCode = phase == "Ready" ? .healthy : phase == "Failure" ? .degraded : .progressing
            health = ResourceHealth(code, "Ceph object store phase is \(phase)")
        }
        if let endpoint = input.status.at("info", "endpoint")?.text, !endpoint.isEmpty {
            health.message += " - endpoint: \(endpoint)"
        }
        return health
    }

    private static func trident(_ input: HealthInput) -> ResourceHealth? {
        let message = input.statusText("message") ?? ""
        switch input.statusText("lastOperationStatus") {
        case "Success" where input.statusText("phase") == "Bound": return ResourceHealth(.healthy, message)
        case "Failed": return ResourceHealth(.degraded, message)
        default: return ResourceHealth(.progressing, "Waiting for backend creation")
        }
    }
}
