import Manifests
import Testing

@testable import Conformance

/// Traces of operators: what the model has of one acts in the replay, and what it lacks is told.
@Suite struct OperatorTracesTests {
    private static func trace(_ steps: String) -> String {
        #"{"family": "written", "seed": 0, "source": "written for this test", "steps": [\#(steps)]}"#
    }

    private static func create(_ path: String, _ body: String) -> String {
        #"{"request": {"method": "POST", "path": "\#(path)", "body": \#(body)}, "response": {"code": 201}},"#
    }

    private static let namespace = create(
        "/api/v1/namespaces", #"{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop"}}"#)

    private static let settledNamespace = """
        {"kind": "Namespace", "name": "shop", "phase": "Active", "specFinalizers": ["kubernetes"],
         "labels": {"kubernetes.io/metadata.name": "shop"}}
        """

    private static func issuer(condition: String) -> String {
        namespace
            + create(
                "/apis/cert-manager.io/v1/namespaces/shop/issuers",
                """
                {"apiVersion": "cert-manager.io/v1", "kind": "Issuer",
                 "metadata": {"name": "own", "namespace": "shop"}, "spec": {"selfSigned": {}}}
                """)
                + """
                {"settle": [{"kind": "Issuer", "name": "own", "namespace": "shop",
                             "conditions": {"Ready": \(condition)}}, \(settledNamespace)]}
                """
    }

    private static func report(_ files: [String: String]) throws -> ConformanceReport {
        try withTemporaryFolder(files) { folder in
            let (report, problems) = WrittenTraces.replay(folder)
            #expect(problems.text.isEmpty, "\(problems.text)")
            return report
        }
    }

    @Test func `cert-manager acts in the replay of its traces`() throws {
        let good = try Self.report([
            "cert-manager/a.json": Self.trace(Self.issuer(condition: #"["True", "IsReady", ""]"#))
        ])
        #expect(good.suites.map(\.name) == ["cert-manager/written"])
        #expect(good.suites.flatMap(\.failures).map(\.difference.got) == [])
        #expect(good.passed == 1)
        let bad = try Self.report([
            "cert-manager/a.json": Self.trace(Self.issuer(condition: #"["False", "IsReady", ""]"#))
        ])
        #expect(bad.suites.flatMap(\.failures).map(\.step) == [2])
    }

    @Test func `a Secret that is copied by hand is there, and time passes`() throws {
        let secret = """
            {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "key", "namespace": "default"},
             "type": "Opaque", "stringData": {"a": "b"}}
            """
        let steps = [
            Self.namespace, Self.create("/api/v1/namespaces/default/secrets", secret),
            #"{"copySecret": {"name": "key", "from": "default", "to": "shop"}}, {"wait": 5},"#,
            """
            {"settle": [\(Self.settledNamespace),
             {"kind": "Secret", "name": "key", "namespace": "shop", "type": "Opaque", "data": ["a"]}]}
            """,
        ]
        let report = try Self.report(["external-secrets/a.json": Self.trace(steps.joined())])
        #expect(report.suites.flatMap(\.failures).map(\.difference.got) == [])
        #expect(report.passed == 1)
    }

    @Test func `a step that the model cannot play skips its trace, with the reason`() throws {
        let report = try Self.report([
            "sealed-secrets/a.json": Self.trace(#"{"controller": {"start": "shop"}}, {"settle": []}"#),
            "sealed-secrets/b.json": Self.trace(#"{"settle": []}"#),
        ])
        #expect(report.skipped == 1)
        #expect(report.passed == 1)
        #expect(report.skips.map(\.reason) == RecordedOperator.sealedSecrets.unplayed.prefix(1).map(\.reason))
    }

    @Test func `a recording of an unknown kind is told`() throws {
        let report = try Self.report([
            "flux/a.json": "{}", "flux/deep/b.json": "{}", "other-cases.json": "[]",
            "kubernetes/a.json": Self.trace(#"{"settle": []}"#),
        ])
        #expect(report.suites.map(\.name) == ["kubernetes/written", "flux", "other-cases"])
        #expect(report.skips.map(\.reason) == [UnknownRecordings.reason])
        #expect(report.skipped == 3)
    }
}
