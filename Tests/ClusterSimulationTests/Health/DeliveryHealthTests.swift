import Testing

@testable import ClusterSimulation

/// Kinds of delivery: gateways, Flux, Crossplane, GitOps Promoter, and the groups whose every kind has one check.
/// Source: `resource_customizations/<group>/<kind>/health.lua` of argoproj/argo-cd.
@Suite struct DeliveryHealthTests {
    static let gateway: Symbol = "gateway.networking.k8s.io"

    static let gateways: [HealthSample] = [
        HealthSample(
            gateway, "Gateway", status: conditions(condition("Programmed", "Unknown")), .progressing,
            "Gateway is still being programmed"),
        HealthSample(
            gateway, "Gateway",
            status: ["listeners": [conditions(condition("ResolvedRefs", "False", "no Secret"))]], .degraded,
            "Listener: no Secret"),
        HealthSample(gateway, "Gateway", status: ["listeners": []], .progressing, "Waiting for Gateway status"),
        HealthSample(
            gateway, "GatewayClass", status: conditions(condition("Accepted", "False", "whose?")), .degraded, "whose?"),
        HealthSample(
            gateway, "GatewayClass", status: conditions(condition("Accepted", "True", generation: 1)), generation: 2,
            .progressing, "Waiting for GatewayClass status"),
        // A route of which only an older generation was seen.
        HealthSample(
            gateway, "HTTPRoute",
            status: ["parents": [conditions(condition("Accepted", "True", generation: 1))]], generation: 2,
            .progressing,
            "Waiting for HTTPRoute status"),
        HealthSample(
            gateway, "GRPCRoute",
            status: ["parents": [conditions(condition("Accepted", "True", generation: 1))]], generation: 2, .healthy,
            "GRPCRoute is healthy"),
        HealthSample(
            gateway, "TLSRoute", status: ["parents": [conditions(condition("Accepted", "True"))]], .progressing,
            "Parent : Waiting for TLSRoute conditions"),
        HealthSample(
            gateway, "ListenerSet",
            status: [
                "conditions": [condition("Accepted", "True"), condition("Programmed", "True")],
                "listeners": [conditions(condition("Conflicted", "True", "port taken"))],
            ], .degraded, "Listener: port taken"),
        HealthSample(
            gateway, "BackendTLSPolicy",
            status: ["ancestors": [conditions(condition("Accepted", "False", reason: "TargetNotFound"))]], .progressing,
            "Waiting for BackendTLSPolicy status"),
    ]

    static let flux: [HealthSample] = [
        HealthSample(
            "kustomize.toolkit.fluxcd.io", "Kustomization", spec: ["suspend": true], .suspended,
            "Kustomization is suspended"),
        HealthSample(
            "helm.toolkit.fluxcd.io", "HelmRelease",
            status: conditions(
                condition("Ready", "True", reason: "UpgradeSucceeded"), condition("Released", "True")), .healthy,
            "UpgradeSucceeded"),
        HealthSample(
            "helm.toolkit.fluxcd.io", "HelmRelease",
            status: conditions(
                condition("Ready", "Unknown", reason: "Progressing"), condition("Reconciling", "True")), .progressing,
            "Progressing"),
        HealthSample(
            "source.toolkit.fluxcd.io", "OCIRepository",
            status: conditions(
                condition("Ready", "False", reason: "Failed"),
                condition("ArtifactOutdated", "True", reason: "NewRevision")), .degraded, "Failed NewRevision"),
        HealthSample(
            "image.toolkit.fluxcd.io", "ImageRepository",
            status: conditions(
                condition("Ready", "False", reason: "Progressing"),
                condition("Reconciling", "True", reason: "Scanning")), .progressing, "Progressing"),
        HealthSample(
            "image.toolkit.fluxcd.io", "ImageUpdateAutomation", status: ["conditions": []], .degraded),
        HealthSample("notification.toolkit.fluxcd.io", "Receiver", .progressing, "Status unknown"),
        // Flux' Alert and Provider have none.
        HealthSample("notification.toolkit.fluxcd.io", "Alert", status: conditions(condition("Ready", "False")), nil),
    ]

    static let clouds: [HealthSample] = [
        HealthSample("sql.gcp.crossplane.io", "Database", .healthy, "Resource is up-to-date."),
        HealthSample("sql.gcp.crossplane.io", "Database", status: [:], .progressing, "Provisioning ..."),
        HealthSample("gcp.crossplane.io", "ProviderConfig", status: ["users": 2], .healthy, "Resource is in use."),
        HealthSample(
            "ec2.aws.upbound.io", "VPC",
            status: conditions(condition("Ready", "True"), condition("Synced", "False", "no")),
            .degraded, "no"),
        HealthSample(
            "apiextensions.crossplane.io", "CompositeResourceDefinition",
            status: conditions(condition("Established", "True"), condition("Synced", "False", "no")), .healthy,
            "Resource is up-to-date."),
        HealthSample("crossplane.io", "Odd", nil),
        HealthSample(
            "s3.aws.crossplane.io", "Bucket",
            status: conditions(condition("Ready", "True"), condition("Synced", "False", reason: "ReconcilePaused")),
            .suspended, "ReconcilePaused"),
        HealthSample(
            "pkg.crossplane.io", "Provider",
            status: conditions(
                condition("Installed", "True", reason: "ActivePackageRevision"),
                condition("Healthy", "False", reason: "UnhealthyPackageRevision")), .degraded,
            "ActivePackageRevision UnhealthyPackageRevision"),
        HealthSample(
            "iam.services.k8s.aws", "Role", status: conditions(condition("ACK.Terminal", "True", "refused")), .degraded,
            "refused"),
        HealthSample(
            "sql.cnrm.cloud.google.com", "SQLInstance",
            status: conditions(condition("Ready", "False", "where?", reason: "DependencyNotFound")), .degraded, "where?"
        ),
    ]

    static let promoter: [HealthSample] = [
        HealthSample(
            "promoter.argoproj.io", "CommitStatus",
            status: conditions(condition("Ready", "False", "no token", reason: "Refused")), .degraded,
            "Commit status reconciliation failed (Refused): no token"),
        HealthSample(
            "promoter.argoproj.io", "ArgoCDCommitStatus",
            status: ["conditions": [condition("Ready", "True")], "applicationsSelected": [[:], [:]]], .healthy,
            "Argo CD commit status is healthy and is tracking 2 applications"),
        HealthSample(
            "promoter.argoproj.io", "GitCommitStatus",
            status: [
                "conditions": [condition("Ready", "True")],
                "environments": [["branch": "dev", "phase": "success"], ["branch": "prod"]],
            ], .progressing, "Git commit validation pending for branch(es): prod"),
        HealthSample(
            "promoter.argoproj.io", "ChangeTransferPolicy",
            status: [
                "conditions": [condition("Ready", "True")], "active": ["dry": ["sha": "abcdef1234"]],
                "proposed": ["dry": ["sha": "abcdef1234"]],
            ], .healthy, "Environment is up-to-date on commit abcdef1."),
        HealthSample(
            "promoter.argoproj.io", "PromotionStrategy",
            status: [
                "conditions": [condition("Ready", "True")],
                "environments": [
                    [
                        "branch": "dev", "proposed": ["dry": ["sha": "a"]],
                        "active": ["dry": ["sha": "a"], "commitStatuses": [["key": "k", "phase": "pending"]]],
                    ]
                ],
            ], .healthy,
            "Environments are up-to-date, but some environments have non-successful commit statuses: "
                + "dev (0 failed, 1 pending)."),
    ]

    /// Kinds of a migration that have none. Source: specs/argocd.md 0.11.
    static let unchecked: [HealthSample] = [
        HealthSample("argoproj.io", "Application", status: ["health": ["status": "Degraded"]], nil),
        HealthSample("argoproj.io", "EventSource", status: conditions(condition("Deployed", "False")), nil),
        HealthSample(
            "secrets.hashicorp.com", "VaultStaticSecret", status: conditions(condition("Ready", "False")), nil),
    ]

    @Test(arguments: gateways + flux + clouds + promoter + unchecked)
    func `as the script says`(sample: HealthSample) {
        #expect(sample.found == sample.expected)
    }
}
