/// What the model keeps of the content of Secrets that operators make: which keys there are, never a value.
enum SecretContent {
    /// Stands for any value, in the encoding of `data`.
    static let placeholder: Symbol = "cmVkYWN0ZWQ="

    /// `data` with these keys.
    static func data(_ keys: [Symbol]) -> Value {
        Value(.object(keys.map { Field($0, Value(placeholder)) }))
    }

    /// A Secret manifest.
    static func manifest(
        _ namespace: Symbol, _ name: Symbol, type: Symbol = "Opaque", keys: [Symbol],
        labels: [(Symbol, Symbol)] = [], annotations: [(Symbol, Symbol)] = [],
        certificates: [(key: Symbol, chain: [CertificateFacts])] = []
    ) -> Value {
        .object([
            "apiVersion": "v1", "kind": "Secret",
            "metadata": .object([
                "name": Value(name), "namespace": Value(namespace),
                "labels": labels.isEmpty ? .none : map(labels),
                "annotations": annotations.isEmpty ? .none : map(annotations),
            ]),
            "type": Value(type), "data": data(keys),
            CertificateFacts.secretField: certificates.isEmpty
                ? .none : .object(of: certificates.map { ($0.key, Value(.array($0.chain.map(\.value)))) }),
        ])
    }

    static func map(_ entries: [(Symbol, Symbol)]) -> Value {
        .object(of: entries.map { ($0.0, Value($0.1)) })
    }
}
