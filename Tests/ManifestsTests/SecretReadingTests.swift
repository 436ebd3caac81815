import ClusterSimulation
import Testing

@testable import Manifests

/// The ways in for the values of Secrets: none gets past the reader, and none is shown.
@Suite struct SecretReadingTests {
    private static let planted = "hunter2-correct-horse"
    /// The same in base64.
    private static let encoded = "aHVudGVyMi1jb3JyZWN0LWhvcnNl"

    struct Way: Sendable, CustomTestStringConvertible {
        var name: String
        var text: String
        var path = "s.yaml"
        var testDescription: String { name }
    }

    static let ways: [Way] = [
        Way(name: "stringData", text: "apiVersion: v1\nkind: Secret\nstringData: {p: \(planted)}\n"),
        Way(name: "data", text: "apiVersion: v1\nkind: Secret\ndata: {p: \(encoded)}\n"),
        Way(name: "data that is no base64", text: "apiVersion: v1\nkind: Secret\ndata: {p: \(planted)}\n"),
        Way(name: "data before the kind", text: "apiVersion: v1\ndata: {p: \(encoded)}\nkind: Secret\n"),
        Way(name: "a list as data", text: "kind: Secret\nstringData: [\(planted), {a: \(planted)}]\n"),
        Way(name: "a text as data", text: "kind: Secret\nstringData: \(planted)\n"),
        Way(name: "a List", text: "kind: List\nitems:\n- kind: Secret\n  stringData: {p: \(planted)}\n"),
        Way(
            name: "a SecretList",
            text: "kind: SecretList\nitems:\n- stringData: {p: \(planted)}\n- data: {p: \(encoded)}\n"),
        Way(name: "an alias", text: "a: &p \(planted)\nb: {kind: Secret, stringData: {p: *p}}\n"),
        Way(name: "a merge key", text: "a: &p {p: \(planted)}\nb: {kind: Secret, stringData: {<<: *p}}\n"),
        Way(name: "a merged Secret", text: "a: &s {kind: Secret}\nb: {<<: *s, stringData: {p: \(planted)}}\n"),
        Way(name: "a key written twice", text: "kind: Secret\nstringData: {p: \(planted), p: \(planted)}\n"),
        Way(name: "a block", text: "kind: Secret\nstringData:\n  p: |\n    \(planted)\n"),
        Way(name: "a comment", text: "kind: Secret\nstringData:\n  # was \(planted)\n  p: x\n  p: y\n"),
        Way(
            name: "the last applied configuration",
            text: "kind: Secret\nmetadata: {annotations: {kubectl.kubernetes.io/last-applied-configuration: "
                + "'{\"stringData\":{\"p\":\"\(planted)\"}}'}}\n"),
        Way(
            name: "a merged annotation",
            text: "a: &a {kubectl.kubernetes.io/last-applied-configuration: '\(planted)'}\n"
                + "b: {kind: Secret, metadata: {annotations: {<<: *a}}}\n"),
        Way(
            name: "another tool's copy",
            text:
                "kind: Secret\nmetadata: {annotations: {kapp.k14s.io/original: '{\"data\":{\"p\":\"\(encoded)\"}}'}}\n"),
        Way(name: "JSON", text: #"{"apiVersion":"v1","data":{"p":"\#(encoded)"},"kind":"Secret"}"#, path: "s.json"),
        Way(
            name: "JSON cut off before the kind", text: "{\"apiVersion\": \"v1\",\n\"data\": {\"p\": \"\(encoded)",
            path: "s.json"),
        Way(name: "YAML cut off before the kind", text: "apiVersion: v1\ndata:\n  p: \(encoded)\n"),
        Way(name: "YAML cut off within a value", text: "apiVersion: v1\ndata:\n  p: \"\(encoded)"),
        Way(name: "a broken Secret", text: "kind: Secret\nstringData: {p: \(planted)\nq: [\n"),
        Way(name: "a broken line of a Secret", text: "kind: Secret\nstringData:\n  p: \(planted)\n  \t\(planted)\n"),
        Way(name: "a kind in lower case", text: "kind: secret\nstringData: {p: \(planted)}\n"),
        Way(name: "a merge patch", text: "patch: {kind: Secret, name: s, patch: {stringData: {p: \(planted)}}}\n"),
        Way(
            name: "a patch as people name it", text: "patch: {kind: secrets, name: s, patch: {data: {p: \(encoded)}}}\n"
        ),
        Way(name: "a patch as text", text: "kind: Secret\npatch: '{\"stringData\":{\"p\":\"\(planted)\"}}'\n"),
        Way(
            name: "a JSON patch of a value",
            text: "kind: secret\npatch: [{op: add, path: /data/p, value: \(encoded)}, "
                + "{op: add, path: /stringData/p, value: \(planted)}]\n"),
        Way(
            name: "a JSON patch of the data",
            text: "kind: secret\npatch: [{op: add, path: /data, value: {p: \(encoded)}}, "
                + "{op: add, path: /stringData, value: {p: \(planted)}}, {op: add, path: '', value: "
                + "{stringData: {p: \(planted)}}}]\n"),
        Way(
            name: "a JSON patch of the annotations",
            text: "kind: secret\npatch: [{op: add, path: /metadata/annotations, value: "
                + "{kubectl.kubernetes.io/last-applied-configuration: '\(planted)'}}, {op: add, path: "
                + "/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration, value: '{\"p\":\"\(planted)\"}'}]\n"
        ),
        Way(
            name: "an audit event of a patch",
            text: "objectRef: {resource: secrets}\nrequestObject: [{op: add, path: /stringData/p, value: \(planted)}]\n"
                + "responseObject: {data: {p: \(encoded)}}\n"),
    ]

    @Test(arguments: ways) func `hide the value`(_ way: Way) {
        let reading = Reading(way.text, path: way.path)
        let manifests = DiagnosticCollector()
        _ = ManifestReader(diagnostics: manifests).manifests(in: reading.values)
        for text in reading.values.flatMap(\.allTexts) + [reading.text, manifests.text] + Self.shown(reading.values) {
            for secret in [Self.planted, Self.encoded] { #expect(!text.contains(secret), "\(text)") }
        }
    }

    /// The lines that a diagnostic at any of the values would show.
    private static func shown(_ values: [Value]) -> [String] {
        values.flatMap { value -> [String] in
            let here = [SourceMap.line(at: value.origin)].compactMap { $0 }
            let fields = value.fields
            return here + fields.compactMap { SourceMap.line(at: $0.keyOrigin) } + shown(fields.map(\.value))
                + shown(value.elements)
        }
    }

    @Test func `equal values have equal fingerprints, whichever way they came in`() throws {
        let texts = [
            "kind: Secret\ndata: {p: \(Self.encoded)}", "kind: Secret\nstringData: {p: \(Self.planted)}",
            "kind: secret\npatch: {data: {p: \(Self.encoded)}}",
            "kind: secret\npatch: [{path: /data/p, value: \(Self.encoded)}]",
            "kind: secret\npatch: [{path: /stringData/p, value: \(Self.planted)}]",
        ]
        let fingerprints = texts.flatMap { Reading($0).values.flatMap(\.allTexts) }.filter {
            $0.hasPrefix("fingerprint:")
        }
        #expect(fingerprints.count == texts.count)
        #expect(Set(fingerprints).count == 1)
        #expect(fingerprints.first?.hasSuffix(":\(Self.planted.utf8.count)") ?? false)
    }

    @Test func `what is no Secret stays as it is`() {
        let text = """
            apiVersion: v1
            kind: ConfigMap
            data: {password: \(Self.planted)}
            ---
            apiVersion: v1
            kind: Pod
            spec: {containers: [{env: [{name: PASSWORD, value: \(Self.planted)}]}]}
            ---
            data: {password: \(Self.planted)}
            """
        #expect(Reading(text).values.flatMap(\.allTexts).filter { $0 == Self.planted }.count == 3)
    }

    @Test func `a broken line of a ConfigMap is shown`() {
        let reading = Reading("apiVersion: v1\nkind: ConfigMap\ndata: {a: b\n")
        #expect(reading.text.contains("data: {a: b") || reading.codes == ["yaml-syntax"])
    }
}
