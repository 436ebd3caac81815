import Testing

@testable import ClusterSimulation

/// Checks for which Argo CD ships a script, where no recording reaches.
/// Source: `resource_customizations/<group>/<kind>/health.lua` of argoproj/argo-cd.
@Suite struct ScriptedHealthTests {
    static let kubernetes: [HealthSample] = [
        HealthSample(
            "batch", "CronJob", status: ["lastScheduleTime": "2025-11-20T10:00:00Z", "active": [[:]]], .healthy,
            "The CronJob never completed successfully. It may not be healthy"),
        HealthSample("batch", "CronJob", .progressing, "Waiting for CronJob"),
        HealthSample(
            "policy", "PodDisruptionBudget",
            status: conditions(condition("DisruptionAllowed", "False", reason: "InsufficientPods")), .healthy,
            "PodDisruptionBudget has InsufficientPods"),
        HealthSample(
            "apiextensions.k8s.io", "CustomResourceDefinition",
            status: conditions(
                condition("NamesAccepted", "True"), condition("Established", "True", "accepted"),
                condition("NonStructuralSchema", "True", "no type")), .degraded, "Schema violations found: no type"),
    ]

    static let certificates: [HealthSample] = [
        HealthSample(
            "cert-manager.io", "Certificate",
            status: conditions(condition("Ready", "False", "expired"), condition("Issuing", "False")), .degraded,
            "expired"),
        HealthSample("cert-manager.io", "Issuer", .progressing, "Initializing issuer"),
        HealthSample(
            "cert-manager.io", "CertificateRequest",
            status: conditions(condition("Ready", "False", "waiting", reason: "Pending")), .progressing, "waiting"),
        HealthSample(
            "cert-manager.io", "CertificateRequest",
            status: conditions(condition("Ready", "True"), condition("Denied", "True", "not you")), .degraded, "not you"
        ),
        HealthSample(
            "acme.cert-manager.io", "Challenge", status: ["state": "pending", "reason": "no record yet"], .progressing,
            "no record yet"),
        HealthSample(
            "acme.cert-manager.io", "Order", status: ["state": "pending", "reason": "no record yet"], .progressing,
            "Order is pending"),
        HealthSample("acme.cert-manager.io", "Order", status: ["state": "errored"], .degraded, "Order is errored"),
    ]

    static let argo: [HealthSample] = [
        HealthSample("argoproj.io", "EventBus", .progressing, "Waiting for initialization"),
        HealthSample(
            "argoproj.io", "EventBus", status: conditions(condition("Deployed", "False", reason: "StatefulSetFailed")),
            .degraded, "StatefulSetFailed"),
        // specs/argocd.md 13.1: a script that says nothing has no effect.
        HealthSample("argoproj.io", "AnalysisRun", status: ["phase": "Odd"], nil),
        HealthSample(
            "argoproj.io", "ApplicationSet",
            status: conditions(
                condition("ResourcesUpToDate", "True"), condition("RolloutProgressing", "True", "step 2")),
            .progressing, "step 2"),
        HealthSample(
            "argoproj.io", "CronWorkflow",
            status: conditions(condition("SubmissionError", "True", "no template")), .degraded, "no template"),
        HealthSample("argoproj.io", "Rollout", status: ["observedGeneration": "1", "phase": "Paused"], .suspended),
        HealthSample(
            "argoproj.io", "Rollout", status: ["observedGeneration": "1", "phase": "Odd"], .unknown,
            "Lua returned an invalid health status"),
        HealthSample(
            "argoproj.io", "Rollout", status: ["observedGeneration": "1", "phase": "Healthy"], generation: 2,
            .progressing, "Waiting for rollout spec update to be observed"),
        HealthSample(
            "argoproj.io", "Rollout",
            status: ["observedGeneration": "1", "phase": "Healthy", "workloadObservedGeneration": "3"],
            spec: ["workloadRef": ["name": "web"]], annotations: [("rollout.argoproj.io/workload-generation", "4")],
            .progressing, "Waiting for rollout spec update to be observed"),
    ]

    static let postgres: [HealthSample] = [
        HealthSample(
            "postgresql.cnpg.io", "Cluster",
            status: ["phase": "Waiting for user action", "phaseReason": "why", "conditions": []], .degraded, "why"),
        HealthSample(
            "postgresql.cnpg.io", "Cluster",
            status: ["phase": "Cluster is unrecoverable and needs manual intervention", "conditions": []], .suspended),
        HealthSample(
            "postgresql.cnpg.io", "Cluster", status: ["phase": "Odd", "conditions": []], .unknown),
        HealthSample("postgresql.cnpg.io", "Cluster", status: ["phaseReason": "why"], .progressing, "why"),
        HealthSample(
            "postgresql.cnpg.io", "Cluster", status: conditions(condition("cnpg.io/hibernation", "True", "asleep")),
            .suspended, "asleep"),
        HealthSample(
            "postgresql.cnpg.io", "Cluster", annotations: [("cnpg.io/reconciliationLoop", "disabled")], .suspended,
            "Cluster reconciliation is suspended"),
        HealthSample(
            "postgresql.cnpg.io", "Database", status: ["applied": false, "message": "no owner"], .progressing,
            "no owner"),
        HealthSample(
            "postgresql.cnpg.io", "Database",
            status: ["applied": false, "observedGeneration": 1, "message": "no owner"], .degraded, "no owner"),
    ]

    static let secrets: [HealthSample] = [
        HealthSample(
            "external-secrets.io", "ClusterSecretStore", status: conditions(condition("Ready", "False", "no login")),
            .degraded, "no login"),
        HealthSample(
            "external-secrets.io", "ExternalSecret",
            status: [
                "refreshTime": "2025-11-20T10:00:00Z",
                "conditions": [["type": "Ready", "status": "True", "lastTransitionTime": "2025-11-20T09:00:00Z"]],
            ], spec: ["refreshPolicy": "OnChange"], .progressing, "Waiting for ExternalSecret"),
        HealthSample(
            "kubernetes-client.io", "ExternalSecret", status: ["status": "SUCCESS"], .healthy, "Fetched ExternalSecret."
        ),
        HealthSample(
            "bitnami.com", "SealedSecret", status: conditions(condition("Synced", "False", "no key")), .degraded,
            "no key"),
        HealthSample("bitnami.com", "SealedSecret", .progressing, "Waiting for Sealed Secret to be decrypted"),
    ]

    static let operators: [HealthSample] = [
        HealthSample(
            "keda.sh", "ScaledObject",
            status: conditions(condition("Ready", "True", "a"), condition("Paused", "True", "b")), .suspended, "b"),
        HealthSample("keda.sh", "ScaledObject", .progressing, "Creating HorizontalPodAutoscaler Object"),
        HealthSample(
            "kyverno.io", "ClusterPolicy", status: conditions(condition("Ready", "Unknown", "odd")), .degraded, "odd"),
        HealthSample(
            "kyverno.io", "Policy", status: conditions(condition("Ready", "True", "Ready", reason: "Succeeded")),
            .healthy, "Policy is ready"),
        HealthSample("install.istio.io", "IstioOperator", status: ["status": 3], .healthy, "Component is healthy."),
        HealthSample(
            "operator.victoriametrics.com", "VMSingle", status: ["updateStatus": "paused"], .suspended,
            "Reconciliation is paused"),
        HealthSample(
            "operator.victoriametrics.com", "VMAgent", status: ["updateStatus": "failed", "reason": "no disk"],
            .degraded, "no disk"),
        HealthSample(
            "operator.victoriametrics.com", "VMAgent",
            status: ["updateStatus": "operational", "observedGeneration": 1],
            generation: 2, .progressing, "Waiting for the operator to reconcile"),
        HealthSample(
            "opentelemetry.io", "OpenTelemetryCollector", status: ["scale": ["statusReplicas": "1/3"]], .progressing,
            "Replicas are starting up"),
        HealthSample(
            "opentelemetry.io", "OpenTelemetryCollector", status: ["scale": ["statusReplicas": "0/3"]], .degraded,
            "No replicas are ready"),
        HealthSample(
            "opentelemetry.io", "OpenTelemetryCollector", status: ["scale": ["statusReplicas": "all"]], .progressing,
            "Unable to parse replica status: all"),
        HealthSample(
            "rabbitmq.com", "Permission",
            status: conditions(condition("Ready", "False", reason: "FailedCreateOrUpdate")), .degraded,
            "RabbitMQ permission failed to be created or updated"),
        HealthSample(
            "rabbitmq.com", "RabbitmqCluster",
            status: conditions(
                condition("ClusterAvailable", "False"), condition("AllReplicasReady", "False", reason: "ScaledToZero")),
            spec: ["replicas": 0], .suspended, "RabbitmqCluster is scaled to 0 replicas"),
        HealthSample(
            "kafka.strimzi.io", "Kafka",
            status: conditions(condition("NotReady", "True", "starting", reason: "Creating")), .progressing,
            "Waiting for Kafka Cluster"),
        HealthSample(
            "kafka.strimzi.io", "KafkaConnect", status: conditions(condition("NotReady", "True", "no broker")),
            .degraded, "no broker"),
        HealthSample(
            "elasticsearch.k8s.elastic.co", "Elasticsearch", status: ["availableNodes": 1],
            spec: ["nodeSets": [["count": 2], ["count": 1]]], .progressing,
            "The desired amount of availableNodes is 3 but the current amount is 1"),
        HealthSample(
            "beat.k8s.elastic.co", "Beat", status: ["health": "yellow", "availableNodes": 1, "expectedNodes": 2],
            .progressing, "Elastic Beat status is deploying, there is 1 instance(s) on 2 expected"),
        HealthSample(
            "grafana.integreatly.org", "GrafanaFolder",
            status: conditions(
                condition("FolderUIDMismatch", "False", reason: "Same"),
                condition("FolderSynchronized", "True", reason: "Done")), .healthy,
            "Same for FolderUIDMismatch, Done for FolderSynchronized"),
    ]

    @Test(arguments: kubernetes + certificates + argo + postgres + secrets + operators)
    func `as the script says`(sample: HealthSample) {
        #expect(sample.found == sample.expected)
    }
}
