import ClusterSimulation
import Foundation
import Testing

/// The incident as it was recorded: the tables at the end, and the six issues on the way there.
@Suite struct IncidentTests {
    private static let applications = """
        arc-controller          Unknown Healthy     infra
        argo-events             Synced  Healthy     automation
        argo-workflows          Synced  Healthy     automation
        cert-manager            Synced  Healthy     infra
        cloudnative-pg-operator Synced  Healthy     infra
        cto-controller          Synced  Degraded    cto
        cto-tools               Synced  Degraded    cto
        external-dns            Synced  Healthy     infra
        fluent-bit              Synced  Healthy     observability
        github-webhooks         Synced  Healthy     automation
        grafana                 Synced  Healthy     observability
        ingress-nginx           Synced  Healthy     infra
        k8s-runner              Synced  Healthy     arc-runners
        ngrok-gateway           Synced  Progressing default
        ngrok-operator          Synced  Healthy     infra
        otel-collector          Synced  Healthy     observability
        redis-operator          Synced  Healthy     infra
        vault                   Synced  Healthy     vault
        vault-config            Synced  Healthy     infra
        vault-secrets-operator  Synced  Healthy     infra
        victoria-logs           Synced  Healthy     observability
        victoria-metrics        Synced  Healthy     observability
        """

    @Test func applicationsAreAsRecorded() {
        let expected = Self.applications.split(separator: "\n").map {
            $0.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
        }
        let found = Incident.outcome.applications.map { "\($0.name) \($0.sync) \($0.health) \($0.namespace)" }
        #expect(found == expected)
    }

    /// Rows of the recorded table: namespace, start of the name, how many, status.
    private static let pods: [(namespace: String, prefix: String, count: Int, status: String)] = [
        ("automation", "argo-events-controller-manager-", 1, "Running"),
        ("automation", "argo-workflows-server-", 1, "Running"),
        ("automation", "argo-workflows-workflow-controller-", 1, "Running"),
        ("automation", "eventbus-default-stan-", 3, "Running"),
        ("automation", "github-eventsource-", 1, "Running"),
        ("cto", "cto-controller-", 1, "CrashLoopBackOff"),
        ("cto", "cto-tools-k8s-mcp-", 1, "ContainerCreating"),
        ("cto", "openmemory-", 1, "Running"),
        ("infra", "arc-controller-gha-rs-controller-", 1, "Running"),
        ("infra", "cert-manager-", 3, "Running"),
        ("infra", "cloudnative-pg-operator-", 1, "Running"),
        ("infra", "external-dns-", 1, "Running"),
        ("infra", "ingress-nginx-controller-", 1, "Running"),
        ("infra", "k8s-runner-", 1, "Running"),
        ("infra", "ngrok-operator-", 3, "Running"),
        ("infra", "redis-operator-", 1, "Running"),
        ("infra", "vault-secrets-operator-", 1, "Running"),
        ("observability", "fluent-bit-", 1, "Running"),
        ("observability", "grafana-", 1, "Running"),
        ("observability", "kube-state-metrics-", 1, "Running"),
        ("observability", "otel-collector-", 1, "Running"),
        ("observability", "victoria-logs-", 1, "Running"),
        ("observability", "victoria-metrics-", 1, "Running"),
        ("arc-runners", "k8s-runner-", 7, "Running"),
        ("databases", "test-postgres-1", 1, "Running"),
        ("databases", "test-redis-0", 1, "Running"),
    ]

    @Test func podsAreAsRecorded() {
        for row in Self.pods {
            let found = Incident.outcome.pods.filter { $0.namespace == row.namespace && $0.name.hasPrefix(row.prefix) }
            #expect(found.count == row.count, "\(row.namespace)/\(row.prefix)")
            #expect(found.allSatisfy { $0.status == row.status }, "\(row.namespace)/\(row.prefix): \(found)")
        }
        // The old replica of the tools goes on beside the new one, which waits in its init container.
        let tools = Incident.outcome.pods.filter {
            $0.namespace == "cto" && $0.name.hasPrefix("cto-tools-") && !$0.name.contains("k8s-mcp")
        }
        #expect(tools.map(\.status).sorted() == ["Init:0/1", "Running"])
        // Whatever else is in a bad state would have been in the table.
        let bad = Incident.outcome.pods.filter { $0.status != "Running" && $0.status != "Completed" }
        #expect(bad.count == 3, "\(bad)")
    }

    @Test func theNamespacesOfTheTargetStateAreThere() {
        let names = Set(Incident.outcome.namespaces.map(\.name))
        let target = ["cto", "automation", "observability", "infra", "arc-runners", "databases", "vault", "argocd"]
        #expect(names.isSuperset(of: target))
        let removed = [
            "argo", "telemetry", "operators", "arc-systems", "cert-manager", "external-dns", "ingress-nginx",
        ]
        #expect(names.isDisjoint(with: removed))
        #expect(Incident.outcome.namespaces.allSatisfy { $0.phase == "Active" })
    }

    @Test(arguments: IncidentIssue.all()) func issueIsFound(_ issue: IncidentIssue) {
        let violations = issue.violations(in: Incident.outcome)
        #expect(Set(violations.map(\.subject)) == Set(issue.subjects))
        for violation in violations {
            #expect((violation.to != nil) == issue.isFixed)
            #expect(violation.causes.contains { $0.source != nil }, "\(violation.causes)")
            if violation.to != nil { #expect(!violation.endedBy.isEmpty) }
        }
    }

    @Test func theIssuesOfThePostmortemAreIssuesOfTheirOwn() throws {
        var seen: Set<Int> = []
        for issue in IncidentIssue.all() {
            let numbers = Set(issue.violations(in: Incident.outcome).map(\.issue))
            #expect(numbers.count == 1, "\(issue.number) is told as \(numbers)")
            let number = try #require(numbers.first ?? nil)
            #expect(seen.insert(number).inserted, "\(issue.number) is told with another one")
        }
        #expect(Set(Incident.outcome.violations.map(\.issue)).count < 20)
    }

    @Test(arguments: [
        ("otel-collector", 5), ("ingress-nginx", 5), ("cto-controller", 3), ("cto-tools", 2), ("vault-config", 6),
        ("github-webhooks", 4),
    ])
    func anApplicationThatDoesNotConvergeIsAConsequence(_ name: String, _ number: Int) throws {
        let violations = Incident.outcome.violations
        let issue = try #require(IncidentIssue.all().first { $0.number == number })
        let found = try #require(
            violations.first { $0.invariant == "applications-converge" && $0.subject.name == name })
        #expect(found.consequenceOf != nil)
        #expect(found.issue == issue.violations(in: Incident.outcome).first?.issue)
    }

    @Test(
        arguments: [
            (1, ["maxAge"], "pull-requests/1742/infra/gitops/resources/github-webhooks/eventbus.yaml"),
            (2, ["tools-kubernetes"], nil),
            (3, ["agent-platform", "image"], nil),
            (5, ["namespace: {{ .Release.Namespace }}"], "scenario.yaml"),
            (6, ["namespace: trader"], nil),
        ] as [(Int, [String], String?)])
    func issueHasItsCauseInALineOfAFile(_ number: Int, _ words: [String], _ end: String?) throws {
        let issue = try #require(IncidentIssue.all().first { $0.number == number })
        let violation = try #require(issue.violations(in: Incident.outcome).first)
        let lines = try violation.causes.compactMap(\.source).map(Self.line)
        #expect(lines.contains { line in words.contains { line.contains($0) } }, "\(lines)")
        guard let end else { return }
        #expect(violation.endedBy.contains { $0.source?.contains(end) ?? false }, "\(violation.endedBy)")
    }

    /// The text of the line that `path:line:column` names.
    private static func line(at place: String) throws -> String {
        let parts = place.split(separator: ":")
        let text = try String(contentsOfFile: String(parts[0]), encoding: .utf8)
        let number = try #require(Int(parts[1]))
        return String(text.split(separator: "\n", omittingEmptySubsequences: false)[number - 1])
    }
}
