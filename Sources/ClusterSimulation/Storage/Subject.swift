/// An object as a reader names it. `namespace` is nil for cluster-scoped objects.
package struct Subject: Sendable, Hashable {
    package var kind: String
    package var namespace: String?
    package var name: String

    package init(kind: String, namespace: String?, name: String) {
        self.kind = kind
        self.namespace = namespace
        self.name = name
    }
}
