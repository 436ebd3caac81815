/// A kind of object: how the API names it and where it lives.
package struct Kind: Sendable {
    /// `apps`; empty for the core group.
    package var group: Symbol
    /// The version that this cluster prefers, `v1`.
    package var version: Symbol
    /// `Deployment`.
    package var kind: Symbol
    /// `deployments`: the resource name of URLs and messages.
    package var plural: Symbol
    package var namespaced: Bool
    /// Every other version served.
    package var otherVersions: [Symbol] = []
    /// Whether this kind is served by the API server itself rather than by a CustomResourceDefinition.
    package var builtIn: Bool
    /// Whether writes to the object itself leave `status` alone (the kind has a status subresource).
    package var statusSubresource: Bool

    /// `deployments.apps`, or `pods` in the core group: how messages name the resource.
    package var resource: String { group.isEmpty ? plural.text : "\(plural).\(group)" }
    /// `Deployment.apps`, or `Pod` in the core group: how validation messages name the kind.
    package var qualifiedKind: String { group.isEmpty ? kind.text : "\(kind).\(group)" }
    /// `apps/v1`, or `v1` in the core group.
    package var apiVersion: String { group.isEmpty ? version.text : "\(group)/\(version)" }

    package init(
        group: Symbol, version: Symbol, kind: Symbol, plural: Symbol, namespaced: Bool, builtIn: Bool,
        statusSubresource: Bool
    ) {
        self.group = group
        self.version = version
        self.kind = kind
        self.plural = plural
        self.namespaced = namespaced
        self.builtIn = builtIn
        self.statusSubresource = statusSubresource
    }
}
