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
            what: "namespace labels of alerts", paths: ["infra/telemetry/alerts/alerting-rules-configmap.yaml"],
            invariant: "metric-namespaces-exist", word: "argo"),
    ]

    @Test(arguments: all) func leftOutIsFound(_ change: KeyChange) throws {
        let outcome = try Incident.outcome { try $0.leaveOut(change.paths) }
        let known = Incident.outcome.violations.map { "\($0.invariant) \($0.subject) \($0.message)" }
        let new = outcome.violations.filter { !known.contains("\($0.invariant) \($0.subject) \($0.message)") }
        #expect(
            new.contains { $0.invariant == change.invariant && $0.message.contains(change.word) },
            "\(new.map { "\($0.invariant) \($0.subject.name): \($0.message)" })")
    }
}
