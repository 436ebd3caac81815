package import ClusterSimulation

/// Hand-made outcomes, without having rehearsed anything: the shape of a namespace consolidation, and whatever a ledger
/// has to hold.
package enum Outcomes {
    /// A time in RFC 3339.
    package static func time(_ text: String) -> SimulationTime {
        guard let time = SimulationTime(rfc3339: text) else { preconditionFailure("not a time: \(text)") }
        return time
    }

    /// Nothing broke.
    package static let quiet: Outcome = {
        var outcome = Outcome(
            scenario: "rename-one-namespace", modelVersion: "1", seed: 7, verdict: .holds, digest: "",
            inputDigest: "00000000000000aa", horizon: time("2025-11-26T19:00:00Z"),
            start: time("2025-11-26T18:00:00Z"), invariants: ["no-stuck-termination", "dns-names-resolve"])
        outcome.digest = outcome.computeDigest()
        return outcome
    }()

    /// Nothing broke that could be seen, and not everything could.
    package static let inconclusive: Outcome = {
        var outcome = quiet
        outcome.scenario = "custom-operator"
        outcome.verdict = .inconclusive
        outcome.unknowns = [
            Unknown(
                subject: Subject(kind: "Widget", namespace: "cto", name: "blue"),
                message: "no rules for kind Widget", source: "cluster/widget.yaml:1:1"),
            Unknown(
                subject: Subject(kind: "Widget", namespace: "cto", name: "blue"),
                message: "its finalizer has no known controller", source: nil),
        ]
        outcome.digest = outcome.computeDigest()
        return outcome
    }()

    /// Problems of several root causes: flapping, fixed by a change set, fixed by hand, healed alone, open.
    package static let consolidation: Outcome = {
        var outcome = Outcome(
            scenario: "namespace-consolidation", modelVersion: "3", seed: 0, verdict: .violated, digest: "",
            inputDigest: "5f0c6a1e9d3b2847", horizon: time("2025-11-27T04:10:00Z"),
            start: time("2025-11-26T18:00:00Z"), violations: violations, unknowns: unknowns,
            applications: applications, pods: pods, namespaces: namespaces, removedNamespaces: ["argo", "telemetry"],
            invariants: [
                "no-stuck-termination", "parameters-typed", "secrets-materialise", "certificates-cover-names",
                "dns-names-resolve",
            ],
            timeline: timeline, changeSets: changeSets, counters: counters, timings: timings)
        outcome.digest = outcome.computeDigest()
        return outcome
    }()

    private static let merge = Cause(
        at: time("2025-11-26T18:00:00Z"), actor: "user", action: "merge", object: "#1738",
        source: "scenario.yaml:41:7")

    private static func busCrash(from: String, to: String, restart: String) -> Violation {
        Violation(
            invariant: "parameters-typed", kind: .always,
            subject: Subject(kind: "EventBus", namespace: "automation", name: "default"),
            from: time(from), to: time(to), message: "max_age is 259200 of type int64, its reader wants a string",
            remedy: "quote the value, or leave the parameter out",
            causes: [
                merge,
                Cause(
                    at: time("2025-11-26T18:02:00Z"), actor: "argocd", action: "create",
                    object: "EventBus automation/default", source: "repository/infra/eventbus.yaml:18:15"),
                Cause(
                    at: time(restart), actor: "kubelet", action: "exit",
                    object: "Pod automation/eventbus-default-stan-0"),
            ],
            endedBy: to == "2025-11-26T19:30:10Z"
                ? [
                    Cause(
                        at: time("2025-11-26T19:30:00Z"), actor: "user", action: "merge", object: "#1742",
                        source: "scenario.yaml:44:7"),
                    Cause(
                        at: time("2025-11-26T19:30:10Z"), actor: "argocd", action: "update",
                        object: "EventBus automation/default"),
                ] : [])
    }

    private static func stuck(_ namespace: String, to: String?) -> Violation {
        Violation(
            invariant: "no-stuck-termination", kind: .eventually,
            subject: Subject(kind: "Namespace", namespace: nil, name: namespace),
            from: time("2025-11-26T18:12:05Z"), to: to.map(time),
            message: "namespace \(namespace) is Terminating and nothing that runs can clear its finalizers",
            remedy: "delete what holds the finalizers before the controller that clears them", causes: [merge])
    }

    private static let violations: [Violation] = [
        busCrash(from: "2025-11-26T18:02:30Z", to: "2025-11-26T18:02:31Z", restart: "2025-11-26T18:02:30Z"),
        Violation(
            invariant: "certificates-cover-names", kind: .always,
            subject: Subject(kind: "ValidatingWebhookConfiguration", namespace: nil, name: "ingress-nginx-admission"),
            from: time("2025-11-26T18:05:00.250Z"), to: time("2025-11-26T18:05:12Z"),
            message: "certificate covers ingress-nginx.svc | not `infra.svc` <x509>", remedy: "reissue it",
            causes: []),
        stuck("argo", to: "2025-11-27T01:00:00Z"),
        stuck("arc-systems", to: nil),
        busCrash(from: "2025-11-26T18:03:10Z", to: "2025-11-26T19:30:10Z", restart: "2025-11-26T18:03:10Z"),
        Violation(
            invariant: "secrets-materialise", kind: .eventually,
            subject: Subject(kind: "Deployment", namespace: "cto", name: "cto-tools"),
            from: time("2025-11-26T18:10:00Z"), to: nil,
            message: "Secret cto/tools-kubernetes-secrets is never made:\nnothing at secret/tools-kubernetes\u{1B}[31m",
            remedy: "put the secret into Vault before the merge",
            causes: [
                merge,
                Cause(
                    at: time("2025-11-26T18:02:01Z"), actor: "argocd", action: "create",
                    object: "VaultStaticSecret cto/tools-kubernetes", source: "repository/infra/vault.yaml:3:1"),
            ]),
    ]

    private static let unknowns = [
        Unknown(
            subject: Subject(kind: "Image", namespace: nil, name: "ghcr.io/example/controller:latest"),
            message: "no fact tells what this image needs", source: "repository/infra/controller.yaml:22:18")
    ]

    private static let applications = [
        ApplicationRow(
            name: "argo-events", namespace: "automation", project: "platform", sync: "Synced", health: "Healthy",
            message: ""),
        ApplicationRow(
            name: "cto-tools", namespace: "cto", project: "default", sync: "Synced", health: "Degraded",
            message: "Deployment cto-tools exceeded its progress deadline"),
        ApplicationRow(
            name: "arc-controller", namespace: "infra", project: "platform", sync: "Unknown", health: "Healthy",
            message: "failed to load target state: chart not found"),
    ]

    private static let pods = [
        PodRow(
            namespace: "automation", name: "eventbus-default-stan-0", status: "Running", ready: "2/2", message: ""),
        PodRow(namespace: "automation", name: "sensor-日本-x", status: "Running", ready: "0/1", message: "not ready"),
        PodRow(namespace: "cto", name: "migrate-1", status: "Completed", ready: "0/1", message: ""),
        PodRow(
            namespace: "cto", name: "cto-tools-7d9f-abcde", status: "Init:0/1", ready: "0/2",
            message:
                "MountVolume.SetUp failed for volume \"kubeconfig\" : secret \"tools-kubernetes-secrets\" not found"
        ),
    ]

    private static let namespaces = [
        NamespaceRow(
            name: "arc-systems", phase: "Terminating",
            conditions: [
                .init(
                    type: "NamespaceContentRemaining", status: "True", reason: "SomeResourcesRemain",
                    message: "Some resources are remaining: autoscalingrunnersets has 1 resource instances"),
                .init(
                    type: "NamespaceDeletionDiscoveryFailure", status: "False", reason: "ResourcesDiscovered",
                    message: "All resources successfully discovered"),
            ]),
        NamespaceRow(name: "automation", phase: "Active", conditions: []),
        NamespaceRow(name: "cto", phase: "Active", conditions: []),
        NamespaceRow(name: "infra", phase: "Active", conditions: []),
    ]

    private static let timeline = [
        TimelineEntry(
            at: time("2025-11-26T18:00:00Z"), actor: "user", text: "merge #1738 Consolidate the namespaces",
            source: "scenario.yaml:41:7"),
        TimelineEntry(
            at: time("2025-11-26T19:30:00Z"), actor: "user", text: "merge #1742 Leave max_age out",
            source: "scenario.yaml:44:7"),
        TimelineEntry(at: time("2025-11-26T19:31:00Z"), actor: "argocd", text: "argo-events is Synced and Healthy"),
        TimelineEntry(
            at: time("2025-11-27T00:59:58Z"), actor: "user", text: "remove finalizers of everything in argo",
            source: "scenario.yaml:47:7"),
    ]

    private static let changeSets = [
        ChangeSetRow(
            name: "#1738", title: "Consolidate the namespaces", repository: "https://git.example/cto",
            mergedAt: time("2025-11-26T18:00:00Z"), revision: "a1", source: "scenario.yaml:20:7",
            changedFiles: ["infra/eventbus.yaml", "infra/vault_auth.yaml"], removedFiles: ["infra/argo-namespace.yaml"]),
        ChangeSetRow(
            name: "#1740", title: "Quote max_age", repository: "https://git.example/cto",
            mergedAt: time("2025-11-26T18:20:00Z"), revertedAt: time("2025-11-26T18:40:00Z"), revision: "a2"),
        ChangeSetRow(
            name: "#1742", title: "Leave max_age out", repository: "https://git.example/cto",
            mergedAt: time("2025-11-26T19:30:00Z"), revision: "a3", source: "scenario.yaml:28:7",
            changedFiles: ["infra/eventbus.yaml"]),
        ChangeSetRow(name: "#1750", title: "Not yet", repository: "https://git.example/cto"),
    ]

    private static let counters: Counters = {
        var counters = Counters()
        counters.events = 12_345
        counters.apiWrites = 678
        counters.reconciles = 2_400
        counters.invariantChecks = 1
        counters.virtualSeconds = 36_600
        return counters
    }()

    private static let timings: Timings = {
        var timings = Timings()
        timings.loadMilliseconds = 41.25
        timings.simulateMilliseconds = 153.0625
        return timings
    }()
}
