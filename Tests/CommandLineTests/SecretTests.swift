import Foundation
import Testing

/// Values of Secrets planted wherever a scenario can hold them are found in nothing that a command leaves.
@Suite struct SecretTests {
    private static let planted = "hunter2-correct-horse"

    private var manifests: String {
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: vaulted}
        ---
        apiVersion: v1
        kind: Secret
        metadata:
          name: plain
          namespace: vaulted
          annotations:
            kubectl.kubernetes.io/last-applied-configuration: >
              {"apiVersion":"v1","kind":"Secret","stringData":{"password":"\(Self.planted)"}}
        stringData: {password: \(Self.planted)}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: encoded, namespace: vaulted}
        data: {password: \(Data(Self.planted.utf8).base64EncodedString())}
        ---
        apiVersion: v1
        kind: List
        items:
          - apiVersion: v1
            kind: Secret
            metadata: {name: listed, namespace: vaulted}
            stringData: {password: \(Self.planted)}
        """
    }

    /// Every byte of every file below a folder, and of what was printed.
    private func everything(_ rehearse: Command, _ results: [Command.Result]) throws -> Data {
        var bytes = Data()
        for result in results { bytes += Data((result.output + result.errors).utf8) }
        let reports = rehearse.folder.appendingPathComponent("reports")
        for name in try FileManager.default.subpathsOfDirectory(atPath: reports.path) {
            bytes += (try? Data(contentsOf: reports.appendingPathComponent(name))) ?? Data()
        }
        return bytes
    }

    private func expectNoSecret(_ bytes: Data, sourceLocation: Testing.SourceLocation = #_sourceLocation) {
        for text in [Self.planted, Data(Self.planted.utf8).base64EncodedString()] {
            #expect(bytes.range(of: Data(text.utf8)) == nil, sourceLocation: sourceLocation)
        }
    }

    @Test(arguments: ["text", "markdown", "json", "junit"])
    func `of a rehearsal`(format: String) throws {
        try withScenarios { rehearse in
            try rehearse.writeScenario("secrets", manifests: manifests)
            let result = try rehearse("run", "secrets", "--format", format)
            #expect(result.status != 2 && result.status != 3, "\(result)")
            let bytes = try everything(rehearse, [result, try rehearse("report", "latest")])
            #expect(bytes.range(of: Data("secrets".utf8)) != nil)
            expectNoSecret(bytes)
        }
    }

    @Test func `of what is wrong with a file`() throws {
        try withScenarios { rehearse in
            // The second line of a broken document is shown to the user, without its value.
            for broken in [
                "stringData: {password: \(Self.planted), password: \(Self.planted)}",
                "stringData: [\(Self.planted)]", "stringData: {password: \(Self.planted)", "data: {a: \(Self.planted)}",
            ] {
                try rehearse.writeScenario(
                    "broken",
                    manifests: "apiVersion: v1\nkind: Secret\nmetadata: {name: a, namespace: default}\n\(broken)\n")
                let result = try rehearse("run", "broken", "--no-ledger")
                expectNoSecret(Data((result.output + result.errors).utf8))
            }
        }
    }

    /// A chart whose Secret is rendered from values, of every kind that a source can have.
    private var chart: [String: String] {
        [
            "repository/chart/Chart.yaml": "name: chart\nversion: 1.0.0\n",
            "repository/chart/values.yaml": "first: \(Self.planted)\n",
            "repository/chart/templates/secret.yaml": """
            apiVersion: v1
            kind: Secret
            metadata: {name: rendered, namespace: default}
            stringData:
              first: {{ .Values.first | quote }}
              second: {{ .Values.second | quote }}
              third: {{ .Values.third | quote }}
              fourth: \(Self.planted)
            """,
            "application.yaml": """
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: chart, namespace: argocd}
            spec:
              project: default
              source:
                repoURL: https://git.example/chart
                path: chart
                targetRevision: main
                helm:
                  values: |
                    second: \(Self.planted)
                  parameters: [{name: third, value: \(Self.planted)}]
              destination: {server: "https://kubernetes.default.svc", namespace: default}
              syncPolicy: {automated: {}}
            """,
        ]
    }

    private func writeChartScenario(_ rehearse: Command, named name: String, template: String? = nil) throws {
        for (path, text) in chart { try rehearse.write(text, to: "\(name)/\(path)") }
        if let template { try rehearse.write(template, to: "\(name)/repository/chart/templates/broken.yaml") }
        try rehearse.write(manifests, to: "\(name)/objects.yaml")
        let cluster = "../scenarios/getting-started/cluster"
        try rehearse.write(
            """
            apiVersion: rehearse.dev/v1alpha1
            kind: Scenario
            metadata: {name: \(name)}
            spec:
              start: "2026-01-12T09:00:00Z"
              horizon: "2026-01-12T10:00:00Z"
              cluster:
                manifests:
                  - \(cluster)/node.yaml
                  - \(cluster)/crds.yaml
                  - \(cluster)/argocd.yaml
                  - application.yaml
                  - objects.yaml
              repositories:
                - {url: "https://git.example/chart", path: repository}
              steps:
                - {after: 5m, kubectl: {patch: {kind: secret, namespace: vaulted, name: plain,
                    patch: {stringData: {password: \(Self.planted)}}}}}
                - {after: 1m, kubectl: {patch: {kind: secrets, namespace: vaulted, name: plain, type: json,
                    patch: [{op: add, path: /stringData, value: {password: \(Self.planted)}}]}}}
                - {after: 1m, kubectl: {patch: {kind: Secret, namespace: vaulted, name: missing,
                    patch: {stringData: {password: \(Self.planted)}}}}}
                - {after: 1m, kubectl: {delete: {kind: Secret, namespace: vaulted, names: [plain]}}}
            """, to: "\(name)/scenario.yaml")
    }

    @Test func `of charts and patches, in the ledger and in what is read from it`() throws {
        try withScenarios { rehearse in
            for template in [nil, "apiVersion: v1\nkind: Secret\nstringData: {p: {{ .Values.first }}, p: [\n"] {
                try writeChartScenario(rehearse, named: "charts", template: template)
                let result = try rehearse("run", "charts", "--format", "json")
                #expect([0, 1, 4].contains(result.status), "\(result)")
                let results = [
                    result, try rehearse("report", "latest"), try rehearse("compare", "latest", "latest"),
                    try rehearse("test", "charts"), try rehearse("report", "charts", "--format", "text"),
                ]
                expectNoSecret(try everything(rehearse, results))
            }
        }
    }

    @Test func `of a step and a template that are wrong`() throws {
        try withScenarios { rehearse in
            try writeChartScenario(
                rehearse, named: "charts",
                template: "kind: Secret\nstringData: {p: \(Self.planted), q: {{ lookup 1 }}}\n")
            try rehearse.replace(
                "patch: {stringData: {password: \(Self.planted)}}", with: "patch: \(Self.planted)",
                in: "charts/scenario.yaml")
            let result = try rehearse("run", "charts", "--no-ledger")
            #expect(result.status == 2, "\(result)")
            expectNoSecret(Data((result.output + result.errors).utf8))
        }
    }
}
