import ClusterSimulation
import Foundation
import Testing

/// Other names, the same story: no name of a namespace is known to the model.
@Suite struct IncidentRenameTests {
    private static let names = [
        "argo": "pipelines", "automation": "assembly", "telemetry": "gauges", "observability": "insight",
        "operators": "managers", "infra": "platform-base", "arc-systems": "runner-systems",
        "cert-manager": "certificates", "external-dns": "names", "ingress-nginx": "edge", "trader": "broker",
    ]

    @Test func allIssuesRemainUnderNewNames() throws {
        let outcome = try Incident.outcome { copy in
            for path in copy.files { try copy.write(Self.renamed(copy.read(path)), to: path) }
        }
        for issue in IncidentIssue.all(Self.names) {
            let found = issue.violations(in: outcome)
            #expect(Set(found.map(\.subject)) == Set(issue.subjects), "\(issue.title)")
            #expect(found.allSatisfy { ($0.to != nil) == issue.isFixed }, "\(issue.title)")
        }
        let rows = Incident.outcome.applications.map {
            "\($0.name) \($0.sync) \($0.health) \(Self.names[$0.namespace] ?? $0.namespace)"
        }
        #expect(outcome.applications.map { "\($0.name) \($0.sync) \($0.health) \($0.namespace)" } == rows)
        let old = Set(Self.names.keys)
        #expect(outcome.namespaces.allSatisfy { !old.contains($0.name) })
    }

    /// The text with the namespaces renamed wherever a namespace can stand, and nowhere else: applications, charts and
    /// folders have some of the same names.
    private static func renamed(_ text: String) throws -> String {
        var text = text
        for (old, new) in names.sorted(by: { $0.key < $1.key }) {
            let name = NSRegularExpression.escapedPattern(for: old)
            let places = [
                "((?i:namespace)[A-Za-z]*: \"?)\(name)(?=[\"\\s,}]|$)",
                "(kind: Namespace\\nmetadata:\\n  name: )\(name)(?=\\s)",
                "((?:names|[nN]amespaces): \\[(?:[^\\]]*[\\s,])?)\(name)(?=[\\s,\\]])",
                "([nN]amespaces:\\n(?: +- .*\\n)*? +- )\(name)(?=\\s)",
                "(\\.)\(name)(?=\\.svc)",
                "(vaultAuthRef: )\(name)(?=/)",
                "(namespace=~?\\\\?\"(?:[^\"]*\\|)?)\(name)(?=[\"|\\\\])",
                "(metadata\\.name: )\(name)(?=\\s)",
            ]
            for place in places {
                let pattern = try NSRegularExpression(pattern: place)
                text = pattern.stringByReplacingMatches(
                    in: text, range: NSRange(text.startIndex..., in: text), withTemplate: "$1\(new)")
            }
        }
        return text
    }
}
