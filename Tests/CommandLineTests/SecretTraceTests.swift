import Crypto
import Foundation
import Testing

/// Nothing that was made of a value of a Secret leaves the process: not the value, not its base64, no fingerprint or
/// hash of it, and no digest that differs where nothing but the value does.
@Suite struct SecretTraceTests {
    /// A value that falls to a million tries, and what is longer.
    private static let values = [
        "493817", "a-longer-value-of-a-secret-0123456789", "{\"auths\":{\"r\":{\"auth\":\"eDp5\"}}}",
    ]

    /// A scenario that has each value in every place that is known to hold one.
    private static func write(_ values: [String], to rehearse: Command) throws {
        var manifests = "apiVersion: v1\nkind: Namespace\nmetadata: {name: vaulted}\n"
        var steps = ""
        for (index, value) in values.enumerated() {
            let quoted = "'\(value)'"
            let encoded = Data(value.utf8).base64EncodedString()
            manifests += """
                ---
                apiVersion: v1
                kind: Secret
                metadata:
                  name: text\(index)
                  namespace: vaulted
                  annotations:
                    kubectl.kubernetes.io/last-applied-configuration: '{"stringData":{"pin":"\(encoded)"}}'
                stringData: {pin: \(quoted)}
                ---
                {apiVersion: v1, kind: Secret, metadata: {name: data\(index), namespace: vaulted}, data: {pin: \(encoded)}}
                ---
                {apiVersion: v1, kind: Secret, metadata: {name: config\(index), namespace: vaulted},
                 type: kubernetes.io/dockerconfigjson, data: {.dockerconfigjson: \(encoded)}}
                ---
                {apiVersion: v1, kind: Secret, metadata: {name: tls\(index), namespace: vaulted},
                 type: kubernetes.io/tls, data: {tls.crt: \(encoded), tls.key: \(encoded)}}
                ---
                {apiVersion: v1, kind: Secret, metadata: {name: odd\(index), namespace: vaulted}, immutable: 5,
                 stringData: {pin: \(quoted)}}

                """
            for patch in [
                "{type: merge, patch: {stringData: {pin: \(quoted)}}, ",
                "{type: merge, patch: {metadata: 5, data: {pin: \(encoded)}}, ",
                "{type: json, patch: [{op: test, path: /data/pin, value: \(encoded)}], ",
                "{type: json, patch: [{op: add, path: /data/pin, value: \(encoded)}, {op: copy, from: /data/pin, "
                    + "path: /metadata/labels}], ",
                "{type: json, patch: [{op: move, from: /data/pin, path: /immutable}], ",
            ] {
                steps +=
                    "    - {after: 1m, kubectl: {patch: \(patch)kind: Secret, namespace: vaulted, name: text\(index)}}}\n"
            }
        }
        try rehearse.writeScenario("traces", manifests: manifests, more: "  steps:\n\(steps)")
        try rehearse.write(chart(values), to: "traces/repository/d/values.yaml")
    }

    /// Values of a chart that hold a Secret, of which templates can put parts anywhere.
    private static func chart(_ values: [String]) -> String {
        "extra:\n  apiVersion: v1\n  kind: Secret\n  metadata: {name: extra}\n  stringData: {pin: '\(values[0])'}\n"
    }

    private static func addChart(to rehearse: Command) throws {
        try rehearse.write("name: d\nversion: 1.0.0\n", to: "traces/repository/d/Chart.yaml")
        try rehearse.write(
            """
            {{ toYaml .Values.extra }}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: shows}
            spec:
              selector: {matchLabels: {app: shows}}
              template:
                metadata: {labels: {app: shows}, annotations: {pin: {{ .Values.extra.data.pin | quote }}}}
                spec: {containers: [{name: c, image: {{ .Values.extra.data.pin | quote }}}]}
            """, to: "traces/repository/d/templates/a.yaml")
        let cluster = "../scenarios/getting-started/cluster"
        try rehearse.write(
            """
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: d, namespace: argocd}
            spec:
              project: default
              source: {repoURL: "https://git.example/d", path: d, targetRevision: main}
              destination: {server: "https://kubernetes.default.svc", namespace: default}
              syncPolicy: {automated: {}}
            """, to: "traces/application.yaml")
        try rehearse.replace(
            "cluster: {manifests: [objects.yaml]}",
            with: "cluster: {manifests: [\(cluster)/node.yaml, \(cluster)/crds.yaml, \(cluster)/argocd.yaml, "
                + "application.yaml, objects.yaml]}\n  repositories: [{url: \"https://git.example/d\", path: repository}]",
            in: "traces/scenario.yaml")
    }

    /// All that may not be found of a value.
    private static func traces(of value: String) -> [Data] {
        let bytes = Data(value.utf8)
        let encoded = bytes.base64EncodedData()
        func digits(_ code: some Sequence<UInt8>) -> String { code.map { String(format: "%02x", $0) }.joined() }
        let hashes = [bytes, encoded].flatMap { text in
            [
                digits(SHA256.hash(data: text)), digits(Insecure.MD5.hash(data: text)),
                digits(Insecure.SHA1.hash(data: text)),
                digits(
                    HMAC<SHA256>.authenticationCode(
                        for: text, using: SymmetricKey(data: Array("rehearse.dev secret fingerprint 1".utf8)))),
            ].map { Data($0.prefix(16).utf8) }
        }
        return [bytes, encoded, Data(value.utf8.reversed())] + hashes
    }

    /// What the commands leave: their output, and every file but the ledger, whose times differ; and everything.
    private static func run(_ rehearse: Command) throws -> (comparable: [String], everything: Data) {
        var results: [String] = []
        for format in ["json", "text", "markdown", "junit"] {
            let result = try rehearse("run", "traces", "--format", format)
            #expect([0, 1, 4].contains(result.status), "\(result)")
            results.append(result.output)
            results.append(result.errors)
        }
        results.append(try rehearse("report", "latest").output)
        var everything = Data(results.joined().utf8)
        let reports = rehearse.folder.appendingPathComponent("reports")
        for name in try FileManager.default.subpathsOfDirectory(atPath: reports.path).sorted() {
            everything += (try? Data(contentsOf: reports.appendingPathComponent(name))) ?? Data()
        }
        // Only the wall clock may differ.
        let comparable = results.map { text in
            text.split(separator: "\n").filter { line in
                !["illiseconds", "rehearsed in", "time=", "loaded in"].contains { line.contains($0) }
            }.joined(separator: "\n")
        }
        return (comparable, everything)
    }

    @Test func `no trace of a value is left`() throws {
        try withScenarios { rehearse in
            try Self.write(Self.values, to: rehearse)
            try Self.addChart(to: rehearse)
            let (_, everything) = try Self.run(rehearse)
            #expect(everything.range(of: Data("traces".utf8)) != nil)
            // The chart's Deployment shows that there is a value, and no more.
            #expect(everything.range(of: Data("(redacted, 6 bytes)".utf8)) != nil)
            #expect(everything.range(of: Data("fingerprint:".utf8)) == nil)
            for value in Self.values {
                for trace in Self.traces(of: value) {
                    #expect(everything.range(of: trace) == nil, "\(String(decoding: trace, as: UTF8.self))")
                }
            }
        }
    }

    @Test func `values of equal length leave the same`() throws {
        func outputs(_ values: [String]) throws -> [String] {
            try withScenarios { rehearse in
                try Self.write(values, to: rehearse)
                try Self.addChart(to: rehearse)
                return try Self.run(rehearse).comparable
            }
        }
        let first = try outputs(Self.values)
        let second = try outputs(["800245", "b-longer-value-of-a-secret-9876543210", Self.values[2]])
        #expect(first == second)
        #expect(first[0].contains("digest"))
        // What is equal, and how long it is, may be seen.
        #expect(try outputs(["4938171", Self.values[1], Self.values[2]])[0] != first[0])
    }
}
