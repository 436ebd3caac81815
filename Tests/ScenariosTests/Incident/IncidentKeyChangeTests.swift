import ClusterSimulation
import Testing

/// The four key changes of #1738: whichever is left out, an invariant says so.
@Suite struct IncidentKeyChangeTests {
    struct KeyChange: CustomTestStringConvertible, Sendable {
        var what: String
        /// Files of the pull request that are as they were before it.
        var paths: [String]
        /// An invariant that must be violated for a new subject or for a new reason.
        var invariant: String
        var word: String
        var testDescription: String { what }
    }

    static let all: [KeyChange] = [
        KeyChange(
            what: "vaultAuthRef",
            paths: ["ghcr", "tools", "infrastructure"].map { "infra/vault/secrets/\($0).yaml" },
            invariant: "references-resolve", word: "operators/vault-auth"),
        KeyChange(
            what: "DNS names",
            paths: [
                "infra/gitops/applications/fluent-bit.yaml", "infra/gitops/applications/victoria-metrics.yaml",
                "infra/charts/controller/values.yaml",
            ],
            invariant: "dns-names-resolve", word: "telemetry"),
        KeyChange(
            what: "namespaces of sensors and event bus",
            paths: [
                "infra/gitops/resources/github-webhooks/eventbus.yaml",
                "infra/gitops/resources/github-webhooks/eventsource.yaml",
                "infra/gitops/resources/sensors/bolt-deployment-monitor-sensor.yaml",
                "infra/gitops/resources/sensors/ci-failure-remediation-sensor.yaml",
            ],
            invariant: "target-namespace-exists", word: "argo"),
        KeyChange(
            what: "alerting rules", paths: ["infra/telemetry/alerts/alerting-rules-configmap.yaml"],
            invariant: "target-namespace-exists", word: "telemetry"),
    ]

    @Test(arguments: all) func leftOutIsFound(_ change: KeyChange) throws {
        try expect(change.invariant, change.word, in: Incident.outcome { try $0.leaveOut(change.paths) })
    }

    /// The rules come into the new namespace, but their expressions still select the old one.
    @Test func labelsOfAlertsLeftOutAreFound() throws {
        let outcome = try Incident.outcome {
            try $0.replace(
                "namespace=\"observability\"", with: "namespace=\"telemetry\"",
                in: "pull-requests/1738/infra/telemetry/alerts/alerting-rules-configmap.yaml")
        }
        try expect("metric-namespaces-exist", "telemetry", in: outcome)
    }

    private func expect(_ invariant: String, _ word: String, in outcome: Outcome) throws {
        let known = Incident.outcome.violations.map { "\($0.invariant) \($0.subject) \($0.message)" }
        let new = outcome.violations.filter { !known.contains("\($0.invariant) \($0.subject) \($0.message)") }
        #expect(
            new.contains { $0.invariant == invariant && $0.message.contains(word) },
            "\(new.map { "\($0.invariant) \($0.subject.name): \($0.message)" })")
    }
}
