import ClusterSimulation
import Crypto
import Testing

@testable import Manifests

/// What stands for a value of a Secret is never shown, and no digest says anything about the value.
@Suite struct SecretRedactionTests {
    private static let text = SecretFingerprint.text(of: "493817".utf8)

    @Test func `text for people says that there is a value, and how long it is`() {
        #expect(SecretFingerprint.redacted(Self.text) == "(redacted, 6 bytes)")
        #expect(
            SecretFingerprint.redacted("a \(Self.text), b \(Self.text)!")
                == "a (redacted, 6 bytes), b (redacted, 6 bytes)!")
        for text in ["", "f", "fingerprint:", "fingerprint:0123", "fingerprint:0123456789abcdef:", "ffingerprint"] {
            #expect(SecretFingerprint.redacted(text) == text)
        }
        #expect(SecretFingerprint.redacted("fingerprint:\(Self.text)") == "fingerprint:(redacted, 6 bytes)")
    }

    @Test func `the key is no constant of the program`() {
        let key = SymmetricKey(data: Array("rehearse.dev secret fingerprint 1".utf8))
        let known = HMAC<SHA256>.authenticationCode(for: Array("493817".utf8), using: key)
        #expect(!Self.text.contains(Hexadecimal.text(known.prefix(8))))
        #expect(Self.text == SecretFingerprint.text(of: "493817".utf8))
        #expect(Self.text != SecretFingerprint.text(of: "493818".utf8))
    }

    @Test func `a diagnostic that quotes it shows nothing`() {
        let collector = DiagnosticCollector()
        collector.error("code", "no '\(Self.text)'", at: .none, notes: [.init("not \(Self.text)")])
        #expect(collector.text == "error: no '(redacted, 6 bytes)' [code]\nnote: not (redacted, 6 bytes)\n")
    }

    @Test func `outside of a Secret, a template puts nothing of it`() throws {
        func read(_ text: String) -> Value? {
            DocumentReader(diagnostics: DiagnosticCollector()).read(
                text: text, path: "t.yaml", lineMap: LineMap(lines: [])
            ).first
        }
        let pod = try #require(read("kind: Pod\nspec: {env: [{name: A, value: 'pin=\(Self.text)'}]}\n"))
        #expect(pod.at("spec", "env")?[index: 0]?["value"]?.text == "pin=(redacted, 6 bytes)")
        for field in ["data", "stringData"] {
            let secret = try #require(read("apiVersion: v1\nkind: Secret\n\(field): {pin: '\(Self.text)'}\n"))
            #expect(secret.at("data", "pin")?.text == Self.text)
        }
    }

    // MARK: Digests

    private static func digestible(_ text: String, _ path: String = "a.yaml") -> (text: String, classes: [Int]) {
        let read = DigestibleText(Array(text.utf8), path: path)
        var seen: [String] = []
        let classes = read.secrets.map { secret in
            if !seen.contains(secret) { seen.append(secret) }
            return seen.firstIndex(of: secret) ?? -1
        }
        return (String(decoding: read.bytes, as: UTF8.self), classes)
    }

    /// Ways to write a value, with `VALUE` in its place.
    static let ways = [
        "apiVersion: v1\nkind: Secret\nstringData: {p: VALUE}\n",
        "apiVersion: v1\nkind: Secret\nstringData:\n  # VALUE\n  p: |\n    VALUE\n",
        "kind: List\nitems:\n- kind: Secret\n  stringData: {p: VALUE}\n",
        "kind: Secret\nmetadata: {annotations: {kubectl.kubernetes.io/last-applied-configuration: '{\"p\":\"VALUE\"}'}}\n",
        "steps:\n- kubectl: {patch: {kind: secret, name: s, patch: {stringData: {p: VALUE}}}}\n",
        "{\"kind\": \"Secret\", \"stringData\": {\"p\": \"VALUE\"}}",
        "{\"kind\": \"\\u0053ecret\", \"stringData\": {\"p\": \"VALUE\"}}",
        "kind: Secret\nstringData: {p: VALUE}\nq: {{ .Values.q }}\n",
    ]

    @Test(arguments: ways) func `hold the same for values of equal length`(way: String) {
        let first = Self.digestible(way.replacingOccurrences("VALUE", with: "493817"))
        let second = Self.digestible(way.replacingOccurrences("VALUE", with: "800245"))
        #expect(first == second)
        #expect(!first.text.contains("493817"))
        #expect(first != Self.digestible(way.replacingOccurrences("VALUE", with: "12345678")))
    }

    @Test func `tell which values are equal`() {
        func classes(_ values: [String]) -> [Int] {
            Self.digestible(
                values.map { "kind: Secret\nstringData: {p: '\($0)'}\n" }.joined(separator: "---\n")
            ).classes
        }
        #expect(classes(["111111", "222222", "111111"]) == [0, 1, 0])
        #expect(classes(["333333", "222222", "333333"]) == [0, 1, 0])
        #expect(classes(["111111", "222222", "333333"]) == [0, 1, 2])
        // Whichever way it is written.
        #expect(
            Self.digestible("kind: Secret\ndata: {p: NDkzODE3}\nstringData: {q: '493817'}\n").classes == [0, 0])
    }

    @Test func `leave other files as they are`() {
        for (text, path) in [
            ("kind: ConfigMap\ndata: {p: '493817'}\n", "a.yaml"), ("a: 493817", "a.yaml"),
            ("kind: Secret\nstringData: {p: 493817}", "health.lua"), ("", "a.yaml"), ("{", "a.json"),
        ] {
            #expect(Self.digestible(text, path).text == text)
        }
    }
}

extension String {
    fileprivate func replacingOccurrences(_ old: String, with new: String) -> String {
        var result = ""
        var rest = Substring(self)
        while let range = rest.firstRange(of: old) {
            result += rest[..<range.lowerBound] + new
            rest = rest[range.upperBound...]
        }
        return result + rest
    }
}
