/// Health of Crossplane's kinds and of those of its providers.
enum CrossplaneHealth {
    static let rules: [HealthRule] =
        [
            HealthRule("pkg.crossplane.io", "Provider", provider),
            HealthRule("stacks.crossplane.io", "ClusterStackInstall", stackInstall),
            HealthRule("*.crossplane.io", .empty) {
                managed($0, withoutStatus: crossplaneWithoutStatus, ready: crossplaneReady, readyIsFinal: true)
            },
            HealthRule("*.upbound.io", .empty) {
                managed($0, withoutStatus: upboundWithoutStatus, ready: ["Ready"], readyIsFinal: false)
            },
        ] + amazonKinds.map { group, kind, noun in HealthRule(group, kind) { amazon($0, noun) } }

    /// Kinds of the first provider for AWS with checks of their own, and what the messages call them.
    private static let amazonKinds: [(Symbol, Symbol, String)] = [
        ("cloudfront.aws.crossplane.io", "Distribution", "distribution"),
        ("iam.aws.crossplane.io", "Policy", "Policy"),
        ("iam.aws.crossplane.io", "Role", "Role"),
        ("iam.aws.crossplane.io", "RolePolicyAttachment", "RolePolicyAttachment"),
        ("rds.aws.crossplane.io", "DBCluster", "DBCluster"),
        ("rds.aws.crossplane.io", "DBInstance", "DBInstance"),
        ("route53.aws.crossplane.io", "ResourceRecordSet", "resourcrecordset"),
        ("s3.aws.crossplane.io", "Bucket", "Bucket"),
    ]

    private static let crossplaneWithoutStatus: [Symbol] = [
        "Composition", "CompositionRevision", "DeploymentRuntimeConfig", "ClusterProviderConfig", "ProviderConfig",
        "ProviderConfigUsage", "ControllerConfig",
    ]
    private static let upboundWithoutStatus: [Symbol] = [
        "ClusterProviderConfig", "ProviderConfig", "ProviderConfigUsage",
    ]
    private static let crossplaneReady: [Symbol] = [
        "Ready", "Healthy", "Offered", "Established", "ValidPipeline", "RevisionHealthy",
    ]

    /// - Parameters:
    ///   - kinds: those that are Healthy with an empty status. Without any status every kind is.
    ///   - ready: conditions that say that it is done.
    ///   - readyIsFinal: whether conditions after one of those are not read.
    private static func managed(
        _ input: HealthInput, withoutStatus kinds: [Symbol], ready: [Symbol], readyIsFinal: Bool
    ) -> ResourceHealth {
        let upToDate = ResourceHealth(.healthy, "Resource is up-to-date.")
        if !input.hasStatus || input.status.fields.isEmpty && kinds.contains(input.kind) { return upToDate }
        if !input.hasConditions {
            let isConfiguration = input.kind == "ProviderConfig" || input.kind == "ClusterProviderConfig"
            return isConfiguration && input.status.present("users") != nil
                ? ResourceHealth(.healthy, "Resource is in use.") : ResourceHealth(.progressing, "Provisioning ...")
        }
        var health = ResourceHealth(.progressing, "Provisioning ...")
        for condition in input.reported {
            if condition.says("LastAsyncOperation", "False") || condition.says("Synced", "False") {
                return ResourceHealth(.degraded, condition.message ?? "")
            }
            if condition.status == "True", let type = condition.type, ready.contains(type) {
                health = upToDate
                if readyIsFinal { break }
            }
        }
        return health
    }

    private static func provider(_ input: HealthInput) -> ResourceHealth? {
        guard input.hasConditions else {
            return ResourceHealth(.progressing, "Waiting for provider to be installed")
        }
        guard let installed = input.reported.last(where: { $0.type == "Installed" }),
            let healthy = input.reported.last(where: { $0.type == "Healthy" })
        else { return .scriptFailure }
        return ResourceHealth(
            installed.status == "True" && healthy.status == "True" ? .healthy : .degraded,
            "\(installed.reason?.text ?? "") \(healthy.reason?.text ?? "")")
    }

    private static func stackInstall(_ input: HealthInput) -> ResourceHealth? {
        var health = ResourceHealth(.progressing, "Waiting for stack to be installed")
        for condition in (input.status["conditionedStatus"] ?? nil).reportedConditions where condition.type == "Ready" {
            health.message = condition.reason?.text ?? ""
            if condition.status == "True" {
                health.code = .healthy
                break
            }
        }
        return health
    }

    private static func amazon(_ input: HealthInput, _ noun: String) -> ResourceHealth {
        guard input.hasConditions else {
            return ResourceHealth(.progressing, "Waiting for \(noun) to be created")
        }
        let ready = input.reported.last { $0.type == "Ready" }
        let synced = input.reported.last { $0.type == "Synced" }
        if synced?.status == "True" {
            return ready?.status == "True"
                ? ResourceHealth(.healthy, ready?.reason?.text ?? "")
                : ResourceHealth(.progressing, "Waiting for \(noun) to be available")
        }
        if synced?.reason == "ReconcilePaused" { return ResourceHealth(.suspended, "ReconcilePaused") }
        return ResourceHealth(.degraded, synced?.reason == "ReconcileError" ? synced?.message ?? "" : "")
    }
}
