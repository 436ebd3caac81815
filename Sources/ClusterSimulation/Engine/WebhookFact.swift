/// What the program behind an admission webhook answers to some requests. To all others it says yes and changes nothing.
///
/// A webhook's code is in an image, where no manifest shows it: a scenario says what is known of it.
package struct WebhookFact: Sendable {
    /// The `name` of the webhook within its configuration.
    package var webhook: Symbol
    /// `CREATE`, `UPDATE`, `DELETE`; empty: all that the webhook is called for.
    package var operations: [Symbol]
    /// Kinds as manifests write them; empty: all.
    package var kinds: [Symbol]
    /// Namespaces of the objects; empty: all, and cluster-scoped objects.
    package var namespaces: [Symbol]
    /// Why it refuses; nil where it allows.
    package var denial: Symbol?
    /// The JSON patch (RFC 6902) that a mutating webhook answers with; nil for none.
    package var patch: Value?
    package var origin: Origin

    package init(
        webhook: Symbol, operations: [Symbol] = [], kinds: [Symbol] = [], namespaces: [Symbol] = [],
        denial: Symbol? = nil, patch: Value? = nil, origin: Origin = .none
    ) {
        self.webhook = webhook
        self.operations = operations
        self.kinds = kinds
        self.namespaces = namespaces
        self.denial = denial
        self.patch = patch
        self.origin = origin
    }

    /// Whether it says what the webhook answers to a request.
    func covers(_ name: Symbol, _ operation: Symbol, kind: Symbol, namespace: Symbol) -> Bool {
        webhook == name && (operations.isEmpty || operations.contains(operation))
            && (kinds.isEmpty || kinds.contains(kind)) && (namespaces.isEmpty || namespaces.contains(namespace))
    }
}
