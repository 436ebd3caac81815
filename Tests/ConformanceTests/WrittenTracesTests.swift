import Foundation
import Manifests
import Testing

@testable import Conformance

/// Traces that were written for this repository, in the recorder's format: the replay itself, without the recordings.
enum WrittenTraces {
    static let folder = TestFiles.url("Tests/ConformanceTests/Traces")

    /// Replays a folder of traces.
    static func replay(_ folder: URL) -> (report: ConformanceReport, problems: DiagnosticCollector) {
        let diagnostics = DiagnosticCollector()
        let report = Conformance.run(RecordingFolder(path: folder.path, diagnostics: diagnostics))
        return (report, diagnostics)
    }

    /// Replays one trace after `edit` has changed its text.
    static func replay(
        _ name: String, editing edit: (inout String) -> Void
    ) throws -> (report: ConformanceReport, problems: DiagnosticCollector) {
        var text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
        edit(&text)
        return try withTemporaryFolder([name: text]) { replay($0) }
    }
}

@Suite struct WrittenTracesTests {
    @Test func `every trace is as the model has it`() {
        let (report, problems) = WrittenTraces.replay(WrittenTraces.folder)
        #expect(problems.text.isEmpty)
        #expect(report.suites.map(\.name) == ["kubernetes/gc", "kubernetes/lifecycle", "kubernetes/teardown", "dns"])
        #expect(report.suites.reduce(0) { $0 + $1.cases.count } == 5)
        for failure in report.suites.flatMap(\.failures) {
            Issue.record("\(failure.case) step \(failure.step): \(failure.request)\n\(failure.difference)")
        }
    }

    /// What is changed in a trace, the step in which that shows, and the first line that differs.
    struct Change: Sendable, CustomTestStringConvertible {
        var file: String
        var from: String
        var to: String
        var step: Int
        var recorded: String
        var testDescription: String { "\(from) in \(file)" }
    }

    static let changes = [
        Change(
            file: "kubernetes/teardown-held-pod.json", from: #""response": {"code": 201}},\#n"#,
            to: #""response": {"code": 200}},\#n"#, step: 0, recorded: "code: 200"),
        Change(
            file: "kubernetes/teardown-held-pod.json", from: #""reason": "Forbidden""#, to: #""reason": "Invalid""#,
            step: 5, recorded: "reason: Invalid"),
        Change(
            file: "kubernetes/teardown-held-pod.json", from: "{\"kind\": \"Secret\", \"name\": \"password\", ",
            to: "{\"kind\": \"Secret\", \"name\": \"another\", ", step: 4, recorded: "Secret data/another:"),
        Change(
            file: "kubernetes/teardown-forced.json", from: #""object": {"kind": "Namespace", "name": "data""#,
            to: #""object": {"kind": "Namespace", "name": "date""#, step: 5, recorded: #"object.name: "date""#),
        Change(
            file: "kubernetes/gc-uids-and-names.json",
            from: "does not match the UID in record ($uid/ConfigMap/owner)",
            to: "does not match the UID in record ($uid/ConfigMap/other)", step: 6,
            recorded: #"message: Operation cannot be fulfilled on ConfigMap "owner": the UID in the precondition "#
                + "($uid/ConfigMap/dependent) does not match the UID in record ($uid/ConfigMap/other). The object might "
                + "have been deleted and then recreated"),
        Change(
            file: "kubernetes/gc-uids-and-names.json", from: #""name": "web-*""#, to: #""name": "web-x""#, step: 5,
            recorded: #"Pod shop/web-x: labels={"app":"web"} owners=["ReplicaSet/web"] phase="Pending""#),
        Change(
            file: "kubernetes/lifecycle-order-and-chance.json", from: #"{"nondeterministic": true, "#, to: "{", step: 2,
            recorded: #"Namespace /infra: labels={"kubernetes.io/metadata.name":"infra"} phase="Active" "#
                + #"specFinalizers=["kubernetes"]"#),
        Change(
            file: "kubernetes/lifecycle-order-and-chance.json", from: "must be no more than 63 bytes",
            to: "must be no more than 64 bytes", step: 0, recorded: ""),
        Change(
            file: "dns/service-addresses.json", from: #""data": "10.96.7.7""#, to: #""data": "10.96.7.8""#, step: 2,
            recorded: "web.shop.svc.cluster.local. 30 A 10.96.7.8"),
    ]

    @Test(arguments: changes) func `a changed trace is found`(change: Change) throws {
        let (report, problems) = try WrittenTraces.replay(change.file) { text in
            guard let place = text.range(of: change.from) else {
                Issue.record("the trace does not have '\(change.from)'")
                return
            }
            text.replaceSubrange(place, with: change.to)
        }
        #expect(problems.text.isEmpty)
        #expect(report.failed == 1)
        let failure = try #require(report.suites.first?.failures.first)
        #expect(failure.step == change.step)
        if !change.recorded.isEmpty { #expect(failure.difference.expected == change.recorded) }
    }

    @Test(
        arguments: [
            (#"{"family": "gc", "steps": []}"#, "a trace has a list of 'steps'"),
            (#"{"steps": [{"settle": []}]}"#, "a trace has a 'family'"),
            (#"{"family": "gc", "steps": [{"request": {"method": "GET"}, "response": {"code": 200}}]}"#, "a step has"),
            (#"{"family": "gc", "steps": [{"request": {"method": "GET", "path": "/api"}}]}"#, "a step has"),
            (#"{"family": "gc", "steps": ["settle"]}"#, "a step has"),
            (#"{"family": "gc", "steps": [{"settle": {}}]}"#, "a step has"),
            (#"[]"#, "a trace has a 'family'"),
        ])
    func `what is no trace is told with its place`(text: String, message: String) throws {
        let (report, problems) = try WrittenTraces.replay("kubernetes/teardown-forced.json") { $0 = text }
        #expect(report.suites.isEmpty)
        #expect(problems.hasErrors)
        #expect(problems.text.contains(message))
        #expect(problems.text.contains("teardown-forced.json:1:"))
    }

    /// Requests that no client sends, and answers of any form: the replay says that they differ and goes on.
    @Test(
        arguments: [
            #""method": "BREW", "path": "/""#, #""method": "GET", "path": """#,
            #""method": "POST", "path": "/api/v1/namespaces", "body": []"#,
            #""method": "POST", "path": "/api/v1/namespaces", "body": {"kind": 1, "metadata": "a"}"#,
            #""method": "PATCH", "path": "/api/v1/namespaces/default", "contentType": "", "body": 7"#,
            #""method": "PUT", "path": "/api/v1/namespaces/default/finalize", "body": {"kind": "Namespace"}"#,
            #""method": "DELETE", "path": "/api/v1/namespaces/default/configmaps?labelSelector=%ZZ%""#,
            #""method": "GET", "path": "/apis/////////?&&=&""#,
            #""method": "DELETE", "path": "/api/v1/namespaces/a/pods/b", "body": {"preconditions": {"uid": "$uid/"}}"#,
        ])
    func `an odd request is answered`(request: String) throws {
        let (report, problems) = try WrittenTraces.replay("kubernetes/teardown-forced.json") { text in
            text = """
                {"family": "lifecycle", "steps": [
                  {"request": {\(request)}, "response": {"code": 299, "causes": 1, "object": 1, "names": {}}},
                  {"settle": [1, "a", {"kind": []}]}]}
                """
        }
        #expect(problems.text.isEmpty)
        #expect(report.failed == 1)
        #expect(report.suites.first?.cases.first?.steps == 2)
    }

    /// A file that broke off, or in which a byte is another: it is read, or what is wrong is told; nothing worse.
    @Test func `damaged traces are told or replayed`() throws {
        for name in ["kubernetes/gc-uids-and-names.json", "dns/service-addresses.json"] {
            let whole = Array(try Data(contentsOf: WrittenTraces.folder.appendingPathComponent(name)))
            for index in stride(from: 1, to: whole.count, by: whole.count / 40) {
                var changed = whole
                changed[index] = changed[(index * 7) % whole.count]
                for bytes in [Array(whole[..<index]), changed] {
                    let (report, problems) = try WrittenTraces.replay(name) {
                        $0 = String(decoding: bytes, as: UTF8.self)
                    }
                    #expect(!report.suites.isEmpty || problems.hasErrors)
                }
            }
        }
    }
}
