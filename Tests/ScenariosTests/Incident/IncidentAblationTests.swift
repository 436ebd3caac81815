import ClusterSimulation
import Testing

/// Without its cause an issue is gone, and it alone: nothing of the outcome is written into the model.
@Suite struct IncidentAblationTests {
    struct Ablation: CustomTestStringConvertible, Sendable {
        var issue: Int
        var what: String
        var edit: @Sendable (Incident.Copy) throws -> Void
        var testDescription: String { what }
    }

    private static let buses = [
        "history/eventbus-retention/infra/gitops/resources/github-webhooks/eventbus.yaml",
        "pull-requests/1738/infra/gitops/resources/github-webhooks/eventbus.yaml",
    ]
    private static let quotedBus = "pull-requests/1740/infra/gitops/resources/github-webhooks/eventbus.yaml"

    static let all: [Ablation] = [
        Ablation(issue: 1, what: "no maxAge") { copy in
            for path in buses { try copy.replace("maxAge: 5m\n", with: "\n", in: path) }
            try copy.replace("maxAge: \"5m\"\n", with: "\n", in: quotedBus)
        },
        Ablation(issue: 1, what: "maxAge of five hours") { copy in
            for path in buses { try copy.replace("maxAge: 5m\n", with: "maxAge: 5h\n", in: path) }
            try copy.replace("maxAge: \"5m\"\n", with: "maxAge: \"5h\"\n", in: quotedBus)
        },
        Ablation(issue: 2, what: "the kubeconfig is in Vault") { copy in
            try copy.replace(
                "        roles:\n",
                with: "          - {path: secret/tools-kubernetes, keys: [KUBECONFIG]}\n        roles:\n",
                in: "facts/vault.yaml")
        },
        Ablation(issue: 3, what: "an image that reads the namespace cto") { copy in
            try copy.replace("namespace: agent-platform", with: "namespace: cto", in: "facts/images.yaml")
            try copy.replace("- controller-agent", with: "- cto-controller-agent", in: "facts/images.yaml")
        },
        Ablation(issue: 3, what: "an image that reads the namespace cto, and still expects the old names") { copy in
            try copy.replace("namespace: agent-platform", with: "namespace: cto", in: "facts/images.yaml")
        },
        Ablation(issue: 4, what: "the finalizers are removed at once") { copy in
            try copy.replace(
                "    # The remediation.\n",
                with: """
                        - {after: 1m, removeFinalizers: {namespace: argo}}
                        - {after: 1m, removeFinalizers: {namespace: arc-systems}}

                    """, in: "scenario.yaml")
        },
        Ablation(issue: 4, what: "the controllers of the finalizers stay responsible") { copy in
            // Argo Events watches every namespace; what is left in arc-systems has lost its finalizers in time.
            try copy.replace(
                "singleNamespace: true", with: "singleNamespace: false",
                in: "repository/infra/gitops/applications/argo-events.yaml",
                "pull-requests/1738/infra/gitops/applications/argo-events.yaml")
            let finalizers = [
                "autoscalingrunnerset.actions.github.com/finalizer", "actions.github.com/cleanup-protection",
            ]
            for name in finalizers {
                try copy.replace("  finalizers:\n    - \(name)\n", with: "", in: "cluster/arc-systems.yaml")
            }
        },
        Ablation(issue: 5, what: "the certificate is issued again at once") { copy in
            try copy.replace(
                "    - after: 6m\n      kubectl:\n        apply:\n",
                with: """
                        - {after: 1m, sync: {application: ingress-nginx, force: true}}
                        - after: 5m
                          kubectl:
                            apply:

                    """, in: "scenario.yaml")
        },
        Ablation(issue: 6, what: "the namespace trader exists") { copy in
            try copy.append(
                "---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: trader\n", to: "cluster/namespaces.yaml")
        },
    ]

    @Test(arguments: all) func withoutItsCauseExactlyThisIssueIsGone(_ ablation: Ablation) throws {
        let outcome = try Incident.outcome(editing: ablation.edit)
        for issue in IncidentIssue.all() {
            let found = issue.violations(in: outcome)
            if issue.number == ablation.issue {
                #expect(found.isEmpty, "\(issue.title): \(found.map(\.message))")
            } else {
                #expect(Set(found.map(\.subject)) == Set(issue.subjects), "\(issue.title)")
                #expect(found.allSatisfy { ($0.to != nil) == issue.isFixed }, "\(issue.title)")
            }
        }
    }
}
