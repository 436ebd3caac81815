import CSimdJSON
import ClusterSimulation

extension ValueBuilder {
    private static let data: Symbol = "data"
    private static let stringData: Symbol = "stringData"

    /// The fingerprint of a secret value, and the facts about certificates in it.
    mutating func buildSecretValue(_ index: Int, _ token: document_token) -> Value {
        let origin = origins.origin(at: Int(token.start))
        let isBase64 = token.tokenMarks.contains(.secretBase64)
        guard token.kind != .DOCUMENT_TOKEN_NULL else { return Value(.null, origin) }
        guard token.kind == .DOCUMENT_TOKEN_STRING else {
            problems.append(
                ParseProblem(
                    code: "invalid-secret", message: "the values of a Secret must be strings",
                    offset: Int(token.start)))
            let text = source[Int(token.start)..<max(Int(token.start), Int(token.end))]
            return Value(.string(Symbol(SecretFingerprint.text(of: text))), origin)
        }
        let text = text(token)
        if SecretFingerprint.isFingerprint(text) {
            return Value(.string(Symbol(utf8: UnsafeRawBufferPointer(text))), origin)
        }
        var secret = Array(text)
        if isBase64 {
            if let decoded = Base64.decode(text) {
                secret = decoded
            } else {
                problems.append(
                    ParseProblem(
                        code: "invalid-secret", message: "the values of 'data' of a Secret must be base64",
                        offset: Int(token.start)))
            }
        }
        if let facts = CertificateReader.facts(inSecret: secret) { certificateFacts[index] = facts }
        return Value(.string(Symbol(SecretFingerprint.text(of: secret))), origin)
    }

    /// An object with the fields of a Secret: `stringData` goes into `data`, as in the API server, and facts about
    /// certificates are added.
    mutating func buildSecretObject(_ index: Int, _ token: document_token) -> Value {
        let origin = origins.origin(at: Int(token.start))
        var fields = buildFields(index, token)
        let isTLS = fields.contains { $0.key == "type" && $0.value.symbol == "kubernetes.io/tls" }
        fold(&fields)
        let facts = secretFacts(index, isTLS: isTLS)
        if !facts.isEmpty {
            fields.removeAll { $0.key == CertificateFacts.secretField }
            fields.append(Field(CertificateFacts.secretField, Value(.object(facts), origin)))
        }
        return Value(.object(fields), origin)
    }

    private func fold(_ fields: inout [Field]) {
        guard let from = fields.firstIndex(where: { $0.key == Self.stringData }),
            case .object(let texts) = fields[from].value.content
        else { return }
        let field = fields.remove(at: from)
        guard let into = fields.firstIndex(where: { $0.key == Self.data }),
            case .object(var entries) = fields[into].value.content
        else {
            fields.removeAll { $0.key == Self.data }
            let place = min(from, fields.count)
            return fields.insert(Field(Self.data, field.value, keyOrigin: field.keyOrigin), at: place)
        }
        for text in texts {
            if let existing = entries.firstIndex(where: { $0.key == text.key }) {
                entries[existing] = text
            } else {
                entries.append(text)
            }
        }
        fields[into].value.content = .object(entries)
    }

    /// Facts by key of `data`, in the order of the keys.
    private func secretFacts(_ object: Int, isTLS: Bool) -> [Field] {
        var facts: [Field] = []
        for (key, value) in children(object) {
            guard isKey(key, "data") || isKey(key, "stringData") else { continue }
            for (key, value) in children(resolved(value)) {
                let name = Symbol(utf8: UnsafeRawBufferPointer(text(tokens[key])))
                var found = certificateFacts[resolved(value)]
                if found == nil, isTLS, name == "tls.crt" || name == "ca.crt" || name == "tls.key" {
                    found = missingFacts(tokens[resolved(value)])
                }
                guard let found else { continue }
                facts.removeAll { $0.key == name }
                facts.append(Field(name, found))
            }
        }
        return facts
    }

    /// A TLS value without anything in PEM is worth a fact of its own, unless it is empty or a fingerprint.
    private func missingFacts(_ token: document_token) -> Value? {
        guard token.kind == .DOCUMENT_TOKEN_STRING, !text(token).isEmpty,
            !SecretFingerprint.isFingerprint(text(token))
        else { return nil }
        return Value([PEMFacts.invalid("no PEM block")])
    }

    private func isKey(_ token: Int, _ name: StaticString) -> Bool {
        let text = text(tokens[token])
        return text.elementsEqual(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    }

    private func children(_ object: Int) -> [(key: Int, value: Int)] {
        guard tokens[object].kind == .DOCUMENT_TOKEN_OBJECT else { return [] }
        var result: [(key: Int, value: Int)] = []
        var child = object + 1
        for _ in 0..<tokens[object].payload {
            result.append((child, child + 1))
            child = Int(tokens[child + 1].next)
        }
        return result
    }
}
