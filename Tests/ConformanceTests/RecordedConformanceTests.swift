import Testing

@testable import Conformance

/// The model against the recordings: the sample on every machine, and the whole set where it lies beside the repository.
@Suite struct RecordedConformanceTests {
    /// Suites that have once passed wholly, and may not fall back.
    static let whole = [
        "argocd-cases", "argocd-health/builtin", "argocd-health/scripts",
        "coredns-cases", "dns",
        "kubernetes/apply", "kubernetes/crds", "kubernetes/discovery", "kubernetes/errors", "kubernetes/gc",
        "kubernetes/lifecycle", "kubernetes/lists", "kubernetes/patches", "kubernetes/quota", "kubernetes/rbac",
        "kubernetes/services", "kubernetes/storage", "kubernetes/subresources", "kubernetes/teardown",
        "kubernetes/webhooks", "kubernetes/workloads",
    ]

    /// Cases in which the real components took one of two ways by chance, both times when they were recorded.
    static let chance = [
        // The collector of unscheduled Pods, which looks every 20 s, saw a Pod that a finalizer holds.
        "teardown-0008",
        // Of two volumes of the same size, the later one.
        "storage-0014",
        // The collector of Pods on nodes that do not exist, which looks every 20 s, came right after a deletion.
        "subresources-0012",
    ]

    /// Cases of the sample in which the model does otherwise, and what it lacks.
    static let lacking: [String: String] = [
        "autoscale-3000": scaling, "autoscale-3002": scaling,
        "chains-3000": cascade, "chains-3002": cascade,
        "claims-3000": retention, "claims-3002": retention, "claims-3004": retention,
        "endpoints-3000": "slices that mirror Endpoints", "endpoints-3004": "a Service that becomes an ExternalName",
        "generated-3000": generated, "generated-3002": generated, "generated-3004": generated,
        "handover-3000": handover, "handover-3002": handover, "handover-3004": handover,
        "jobs-3000": jobs, "jobs-3002": jobs, "jobs-3004": jobs,
        "netpol-3000": policies, "netpol-3002": policies, "netpol-3004": policies,
        "policies-3000": "the syntax of admission policies", "policies-3004": "the syntax of admission policies",
        "priorities-3000": priorities, "priorities-3002": priorities, "priorities-3004": priorities,
        "tokens-3000": tokens, "tokens-3002": tokens, "tokens-3004": tokens,
        "versions-3000": versions, "versions-3002": versions, "versions-3004": versions,
    ]

    private static let scaling = "the validation of HorizontalPodAutoscalers, and what they do"
    private static let cascade = "the old query parameter orphanDependents"
    private static let retention = "persistentVolumeClaimRetentionPolicy of StatefulSets"
    private static let generated = "apiVersions that are not served, `continue` of lists, long generated names"
    private static let handover = "the length of field managers; which template a rollout by several managers ends with"
    private static let jobs = "the validation of Jobs and CronJobs"
    private static let policies = "the validation of NetworkPolicies and Ingresses"
    private static let priorities = "PriorityClasses: fields that cannot change, and what Pods get of them"
    private static let tokens = "the subresource token of ServiceAccounts"
    private static let versions = "definitions: subresources, fields that cannot change, several versions"

    @Test(arguments: Recordings.sampleReport.suites.map(\.name))
    func `the sample is as recorded`(suite: String) throws {
        let cases = try #require(Recordings.sampleReport.suites.first { $0.name == suite }).cases
        #expect(cases.allSatisfy { $0.skipReason == nil })
        for entry in cases {
            let isLacking = Self.lacking[entry.id] != nil
            let first = entry.failures.first.map { "step \($0.step): \($0.request)\n\($0.difference)" }
            #expect((first != nil) == isLacking, "\(entry.id) \(first ?? "passes, and is listed as lacking")")
        }
    }

    @Test(.enabled(if: Recordings.folder != nil, Recordings.missing), arguments: whole)
    func `as recorded`(suite: String) throws {
        let report = try Recordings.report(suite, in: Recordings.folder)
        for failure in report.suites.flatMap(\.failures) where !Self.chance.contains(failure.case) {
            Issue.record("\(failure.case) step \(failure.step): \(failure.request)\n\(failure.difference)")
        }
    }
}
