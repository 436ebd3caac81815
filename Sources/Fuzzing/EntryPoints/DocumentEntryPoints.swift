import ClusterSimulation
import Manifests

/// YAML, JSON, and what is read out of them.
extension FuzzEntryPoint {
    static let yaml = FuzzEntryPoint(
        "yaml", endings: [".yaml"], samples: ["a: &x [1, {b: *}]\n--- !!str\n? |+\n  k\n: >-\n  v\n<<: *x\n"]
    ) { read($0, .yaml) }

    static let json = FuzzEntryPoint(
        "json", endings: [".json"],
        samples: [#"{"a":[1,-0.5e3,"\u00e9\ud83d\ude00",null,true]} {"kind":"Secret","data":{"k":"djE="}}"#]
    ) { read($0, .json) }

    /// What has no error is read again from our own text of it, and is the same.
    private static func read(_ bytes: [UInt8], _ format: DocumentReader.Format) {
        let diagnostics = DiagnosticCollector()
        let values = DocumentReader(diagnostics: diagnostics).read(bytes: bytes, path: "input", format: format)
        for problem in diagnostics.diagnostics {
            precondition(!problem.text.isEmpty && problem.location != nil, "a problem without text or place")
        }
        if diagnostics.hasErrors { return }
        for value in values where !holdsKind(value) {
            let again = DiagnosticCollector()
            let read = DocumentReader(diagnostics: again).read(text: value.jsonText, path: "again", format: .json)
            precondition(!again.hasErrors && read == [value], "another value is read from the text of a value")
            precondition(read[0].contentHash == value.contentHash, "equal values with other hashes")
        }
        _ = ManifestReader(diagnostics: diagnostics).manifests(in: values)
    }

    /// Whether something in it has a kind: of objects parts are replaced while they are read.
    private static func holdsKind(_ value: Value) -> Bool {
        value.elements.contains(where: holdsKind)
            || value.fields.contains { ["kind", "apiVersion"].contains($0.key) || holdsKind($0.value) }
    }

    /// JSON in annotations and patches, which the engine reads itself.
    static let jsonText = FuzzEntryPoint(
        "json-text", endings: [".json"], samples: [#"{"a":[1,-0.5e3,"\u00e9\ud83d\ude00",null,true]}"#]
    ) { bytes in
        guard let value = Value(parsingJSON: bytes.text) else { return }
        precondition(Value(parsingJSON: value.jsonText) == value, "another value is read from the text of a value")
    }

    static let pem = FuzzEntryPoint(
        "pem", samples: ["-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"]
    ) { bytes in
        precondition(!CertificateReader.facts(pem: bytes).isEmpty, "no facts at all")
        _ = CertificateReader.facts(caBundle: bytes.text)
    }

    /// The bytes of one certificate, and names to hold it against: the fuzzer never has to find base64.
    static let certificates = FuzzEntryPoint("certificates", binary: Samples.certificates) { bytes in
        let text = "-----BEGIN CERTIFICATE-----\n\(base64(bytes))\n-----END CERTIFICATE-----\n"
        guard case .certificate(let facts)? = CertificateReader.facts(pem: Array(text.utf8)).first else { return }
        precondition(CertificateFacts(facts.value) == facts, "other facts are read from the value of facts")
        for name in facts.dnsNames + facts.ipAddresses { _ = facts.verify(name.text) }
        _ = facts.refusal(hostname: "web.shop.svc", intermediates: [facts], roots: [facts], at: facts.notBefore)
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let part = bytes[start..<Swift.min(start + 3, bytes.count)]
            let word = part.reduce(0) { $0 << 8 | UInt32($1) } << (8 * UInt32(3 - part.count))
            for place in 0..<4 {
                text.append(place > part.count ? UInt8(ascii: "=") : digits[Int(word >> (18 - 6 * UInt32(place)) & 63)])
            }
        }
        return text.text
    }
}
