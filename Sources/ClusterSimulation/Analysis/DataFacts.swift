/// Which keys a ConfigMap or Secret holds. Never what is under them.
package final class DataFacts {
    package let keys: [Symbol]
    /// `type` of a Secret.
    package let type: Symbol

    init(_ body: Value, _ fields: [Symbol]) {
        keys = fields.flatMap { body[$0]?.fields.map(\.key) ?? [] }
        type = body["type"]?.symbol ?? .empty
    }

    package func has(_ key: Symbol) -> Bool { keys.contains(key) }

    static func analyseSecret(_ body: Value, _ tables: ClusterTables) -> Analysis.Result {
        Analysis.Result(facts: DataFacts(body, ["data", "stringData"]))
    }

    static func analyseConfigMap(_ body: Value, _ tables: ClusterTables) -> Analysis.Result {
        var collector = ReferenceCollector()
        for field in body["data"]?.fields ?? [] {
            collector.addDNSNames(in: field.value)
            guard let text = field.value.symbol else { continue }
            for namespace in MetricLabelScanner.namespaces(in: text.utf8) {
                collector.add(.namespaceName, .namespace, namespace, origin: field.value.origin)
            }
        }
        return Analysis.Result(
            facts: DataFacts(body, ["data", "binaryData"]), references: collector.references)
    }
}

/// Which Secrets a ServiceAccount gives to its Pods for pulling images.
package final class ServiceAccountFacts {
    package let imagePullSecrets: [Symbol]

    init(_ body: Value) {
        imagePullSecrets = body["imagePullSecrets"]?.elements.compactMap { $0["name"]?.symbol } ?? []
    }

    static func analyse(_ body: Value, _ tables: ClusterTables) -> Analysis.Result {
        let facts = ServiceAccountFacts(body)
        var collector = ReferenceCollector()
        for name in facts.imagePullSecrets { collector.add(.imagePullSecret, .secret, name, optional: true) }
        return Analysis.Result(facts: facts, references: collector.references)
    }
}
