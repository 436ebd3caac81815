extension FidelityCatalogue {
    static let workloads: [FidelityRule] = [
        .init(
            "Deployment", "one ReplicaSet a template, named and labelled by the template's hash", "recordings",
            .recorded("kubernetes/workloads", mentioning: "pod-template-hash")),
        .init(
            "Deployment", "another number is shared among the ReplicaSets before a rollout goes on", "recordings",
            .suite("kubernetes/apply"), .test("StoredFormTests")),
        .init(
            "StatefulSet", "Pods in order, each waits for the one before; labels by revision and ordinal", "recordings",
            .recorded("kubernetes/workloads", mentioning: "controller-revision-hash")),
        .init(
            "Job", "parallelism, labels, what a deletion does to its Pods", "recordings",
            .recorded("kubernetes/workloads", mentioning: "batch.kubernetes.io/controller-uid")),
        .init("CronJob", "schedules, zones, concurrency, missed starts", "\"CronJob\"", .test("CronJobTests")),
        .init(
            "Deployment, StatefulSet, DaemonSet, Job", "rolling updates, stuck updates, back-off, deadlines",
            "documentation of each kind", .test("KubernetesWorkloadTests")),
        .init(
            "Pod",
            "volumes, environment, image pulls with pull secrets, init containers and sidecars, probes, restarts",
            "\"Pod Lifecycle\"; the kubelet's messages", .test("KubernetesKubeletTests")),
        .init(
            "Node", "taints, evictions after a node stops, its return", "\"Nodes\"; \"Taints and Tolerations\"",
            .test("NodeFaultTests")),
        .init(
            "Node", "`kubectl drain`: which Pods it evicts, how it tries again, when it gives up",
            "`staging/src/k8s.io/kubectl/pkg/drain`", .test("NodeDrainTests")),
        .init(
            "PodDisruptionBudget", "what an eviction is refused, and in which words", "recordings",
            .suite("kubernetes/disruption"), .test("DisruptionTests")),
        .init(
            "PodDisruptionBudget", "numbers and percentages of the scale of the workloads, unhealthy Pods",
            "`pkg/controller/disruption`; KEP-3017", .test("DisruptionTests")),
        .init(
            "every controller", "failures are counted by process, controller and object",
            "`ItemExponentialFailureRateLimiter` of client-go", .test("RetryTests")),
    ]

    static let resources: [FidelityRule] = [
        .init(
            "Service, EndpointSlice", "addresses, types and their changes, endpoints by readiness, names of slices",
            "recordings", .suite("kubernetes/services")),
        .init(
            "PersistentVolume, PersistentVolumeClaim", "which volume a claim gets, protection, release", "recordings",
            .suite("kubernetes/storage")),
        .init(
            "ResourceQuota", "what counts, what is refused, what is used", "recordings",
            .recorded("kubernetes/quota", mentioning: "exceeded quota")),
        .init(
            "LimitRange", "defaults, minimum and maximum", "recordings",
            .recorded("kubernetes/quota", mentioning: "LimitRange")),
        .init(
            "Pod Security", "the enforced level of the namespace", "recordings; \"Pod Security Standards\"",
            .recorded("kubernetes/quota", mentioning: "violates PodSecurity")),
    ]

    static let dns: [FidelityRule] = [
        .init(
            "CoreDNS", "answers over the objects of a cluster: Services, headless, ExternalName, Pods, reverse zones",
            "recordings", .suite("dns")),
        .init(
            "CoreDNS", "positive, negative and malformed questions of its own tests", "CoreDNS' tests",
            .suite("coredns-cases")),
        .init(
            "resolver of a Pod", "search list and ndots, as glibc and as musl walk it",
            "resolv.conf(5), musl's resolver",
            .suite("coredns-cases/client-walks")),
    ]

    static let certificates: [FidelityRule] = [
        .init(
            "admission webhooks", "which are called; what a Service, endpoint or certificate that is missing does",
            "recordings", .suite("kubernetes/webhooks")),
        .init(
            "admission webhooks",
            "mutating ones in order, each sees the changes before it, reinvocation; words of a refusal",
            "\"Dynamic Admission Control\"", .test("WebhookAnswerTests")),
        .init(
            "X.509", "host names as Go's crypto/x509 matches them, by alternative names alone",
            "crypto/x509 documentation; openssl's own answers", .test("CertificateHostTests"), .test("OpenSSLNameTests")
        ),
        .init(
            "X.509", "expiry, trust, use and Go's words for each", "crypto/x509 documentation",
            .test("CertificateVerificationTests")),
    ]

    static let argoCD: [FidelityRule] = [
        .init(
            "sync", "the order of tasks: phase, wave, kind, name", "Argo CD's tests", .suite("argocd-cases/taskOrder")),
        .init("sync", "waves of what is pruned", "Argo CD's tests", .suite("argocd-cases/pruneWaves")),
        .init(
            "sync", "hooks and when they are deleted", "Argo CD's tests", .suite("argocd-cases/hookParse"),
            .suite("argocd-cases/hookDeletePolicy")),
        .init("retry", "announced and actual delays", "Argo CD's tests", .suite("argocd-cases/retryDelay")),
        .init("self-heal", "when it waits, and how long", "Argo CD's tests", .suite("argocd-cases/selfHealBackoff")),
        .init(
            "auto-sync", "what it skips, and when a revision was attempted already", "Argo CD's tests",
            .suite("argocd-cases/autoSync"), .suite("argocd-cases/alreadyAttempted")),
        .init(
            "AppProject", "which destinations are permitted", "Argo CD's tests",
            .suite("argocd-cases/destinationPermitted")),
        .init(
            "tracking", "ids, and objects that carry another's", "Argo CD's tests", .suite("argocd-cases/trackingId"),
            .suite("argocd-cases/selfReferenced")),
        .init("deletion", "waves in reverse, one at a time", "Argo CD's tests", .suite("argocd-cases/deletionWave")),
        .init("health", "of an Application, from its resources", "Argo CD's tests", .suite("argocd-cases/appHealth")),
        .init("health", "built-in checks", "Argo CD's test data", .suite("argocd-health/builtin")),
        .init(
            "health", "scripted kinds that are checked natively", "Argo CD's test data", .suite("argocd-health/scripts")
        ),
        .init("health", "users' own scripts of `argocd-cm`", "\"Resource Health\"", .test("HealthScriptTests")),
        .init("versions", "rules that differ between 2.13 and 3.6", "release notes", .test("VersionRuleTests")),
    ]
}
