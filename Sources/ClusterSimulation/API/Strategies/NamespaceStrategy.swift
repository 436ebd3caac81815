/// Namespaces: their own label, their phase, and the finalizers of their spec.
///
/// Source: `pkg/registry/core/namespace` of Kubernetes; recordings, family subresources. The finalizers of the spec
/// change only through `finalize`.
enum NamespaceStrategy {
    static let finalizer: Symbol = "kubernetes"

    /// The body of a namespace with these finalizers in its spec.
    static func body(_ finalizers: [Symbol], _ tables: ClusterTables) -> BodyID {
        let spec: Value = finalizers.isEmpty ? Value(.object([])) : ["finalizers": .strings(finalizers)]
        return tables.body(kind: .namespace, ["spec": spec])
    }
}

extension Simulation {
    /// What the API server gives every new namespace.
    mutating func prepareNamespace(_ draft: inout ObjectDraft) {
        draft.labels = tables.map(draft.labels, setting: "kubernetes.io/metadata.name", to: draft.name)
        var finalizers = tables.body(draft.body).value.at("spec", "finalizers")?.symbols ?? []
        if !finalizers.contains(NamespaceStrategy.finalizer) { finalizers.append(NamespaceStrategy.finalizer) }
        draft.body = NamespaceStrategy.body(finalizers, tables)
        draft.status = NamespaceStatus.active
    }
}
