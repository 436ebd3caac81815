/// A reference from one object to another, by name.
package struct Reference: Hashable, Sendable {
    package var type: ReferenceType
    package var kind: KindID
    /// Empty: the namespace of the referring object (or none, for a cluster-scoped kind).
    package var namespace: Symbol
    package var name: Symbol
    /// Whether the referring object does without it.
    package var isOptional: Bool
    package var origin: Origin

    package init(
        _ type: ReferenceType, _ kind: KindID, _ namespace: Symbol, _ name: Symbol, optional: Bool = false,
        origin: Origin = .none
    ) {
        self.type = type
        self.kind = kind
        self.namespace = namespace
        self.name = name
        isOptional = optional
        self.origin = origin
    }
}

/// What a reference means, so that a change of its target wakes the right invariants and controllers.
package enum ReferenceType: UInt8, Sendable, CaseIterable {
    case owner
    /// A volume, env or envFrom of a pod template.
    case secret, configMap, persistentVolumeClaim
    case imagePullSecret
    case serviceAccount
    /// A Service by its DNS name, somewhere in a text.
    case dnsName
    /// A Service that the API server calls: webhook, conversion, APIService.
    case webhookService
    /// A Service behind an Ingress or route.
    case backend
    /// A typed reference of a custom resource: issuerRef, vaultAuthRef, eventBusName, parentRefs.
    case resource
    /// A role or a subject of a binding.
    case role, subject
    /// A namespace named by a label selector, a metric label, a destination.
    case namespaceName
    /// A Secret whose certificate is injected.
    case caInjection
    /// The Argo CD Application whose tracking id the object carries.
    case tracking
    /// The Service an EndpointSlice belongs to.
    case endpointsOf
    /// Any other namespace-like text that the model does not understand.
    case opaque
}
