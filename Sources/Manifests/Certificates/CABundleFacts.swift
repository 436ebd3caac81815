import ClusterSimulation
import Synchronization

/// Puts the facts of certificates beside the `caBundle` fields of webhook configurations, custom resource
/// definitions and API services.
enum CABundleFacts {
    private static let kinds: [Symbol] = [
        "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration", "CustomResourceDefinition", "APIService",
    ]
    private static let caBundle: Symbol = "caBundle"
    private static let kind: Symbol = "kind"

    /// A watch stream repeats the same bundles over and over.
    private static let known = Mutex<[Symbol: Value]>([:])
    private static let knownMax = 4096

    /// The document with facts added wherever such an object stands in it.
    static func added(to value: Value) -> Value {
        var value = value
        switch value.content {
        case .array(let elements): value.content = .array(elements.map(added))
        case .object(let fields):
            let isConfiguration = fields.contains { field in
                guard field.key == kind, let name = field.value.symbol else { return false }
                return kinds.contains(name)
            }
            value.content = .object(
                isConfiguration
                    ? annotated(fields) : fields.map { Field($0.key, added(to: $0.value), keyOrigin: $0.keyOrigin) })
        default: break
        }
        return value
    }

    private static func annotated(_ fields: [Field]) -> [Field] {
        var result: [Field] = []
        result.reserveCapacity(fields.count + 1)
        for field in fields {
            var field = field
            switch field.value.content {
            case .object(let fields): field.value.content = .object(annotated(fields))
            case .array(let elements): field.value.content = .array(elements.map(annotated))
            case .string(let bundle) where field.key == caBundle && !bundle.isEmpty:
                result.append(field)
                let facts = Value(facts(bundle).content, field.value.origin)
                field = Field(CertificateFacts.bundleField, facts, keyOrigin: field.keyOrigin)
            default: break
            }
            if field.key == CertificateFacts.bundleField {
                result.removeAll { $0.key == CertificateFacts.bundleField }
            }
            result.append(field)
        }
        return result
    }

    private static func annotated(_ value: Value) -> Value {
        var value = value
        switch value.content {
        case .object(let fields): value.content = .object(annotated(fields))
        case .array(let elements): value.content = .array(elements.map(annotated))
        default: break
        }
        return value
    }

    private static func facts(_ bundle: Symbol) -> Value {
        if let facts = known.withLock({ $0[bundle] }) { return facts }
        let facts = Value(CertificateReader.facts(caBundle: bundle.text))
        known.withLock { if $0.count < knownMax { $0[bundle] = facts } }
        return facts
    }
}
