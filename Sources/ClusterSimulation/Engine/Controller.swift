/// A controller: what it watches, and what it does for one object.
///
/// Level-based: the key says which object to look at, never what changed. Reconciling twice without a change between
/// writes nothing the second time.
package struct Controller: Sendable {
    /// The name by which traces, latencies and scenarios know it, `deployment-controller`.
    package var name: Symbol
    /// The program (`facts.images[].program`) whose running, ready Pod this controller needs; nil for the controllers
    /// of the control plane, which always run.
    package var program: Symbol?
    package var watches: [Watch]
    /// How long after a watch event the controller gets to it.
    package var latency: Latency
    package var reconcile: @Sendable (inout Simulation, ObjectKey) -> Void

    package init(
        _ name: Symbol, program: Symbol? = nil, latency: Latency = .watch, watches: [Watch],
        reconcile: @escaping @Sendable (inout Simulation, ObjectKey) -> Void
    ) {
        self.name = name
        self.program = program
        self.latency = latency
        self.watches = watches
        self.reconcile = reconcile
    }
}

/// One kind a controller watches, and which objects it looks at when one of that kind changes.
package struct Watch: Sendable {
    package enum Target: Sendable {
        /// `("", "Pod")`: group and kind.
        case kind(KindID)
        case custom(group: Symbol, kind: Symbol)
    }

    package enum Mapping: Sendable {
        /// The object itself.
        case itself
        /// Every owner of that kind named in the object's owner references.
        case owner(KindID)
        case customOwner(group: Symbol, kind: Symbol)
        /// Every object that refers to it by this type of reference.
        case referrers(ReferenceType)
        /// Whatever the function enqueues; it is called with the changed object's key, which may be gone already.
        case function(@Sendable (Simulation, ObjectKey, (ObjectKey) -> Void) -> Void)
    }

    package var target: Target
    package var mapping: Mapping
    /// Changes that are passed on; others are filtered out.
    package var changes: Changes

    package init(_ kind: KindID, _ mapping: Mapping = .itself, changes: Changes = .all) {
        target = .kind(kind)
        self.mapping = mapping
        self.changes = changes
    }

    package init(group: Symbol, kind: Symbol, _ mapping: Mapping = .itself, changes: Changes = .all) {
        target = .custom(group: group, kind: kind)
        self.mapping = mapping
        self.changes = changes
    }
}

/// What a write changed.
package struct Changes: OptionSet, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let created = Changes(rawValue: 1)
    /// Anything but metadata and status.
    package static let body = Changes(rawValue: 2)
    package static let labels = Changes(rawValue: 4)
    /// Annotations, finalizers, owner references.
    package static let metadata = Changes(rawValue: 8)
    package static let status = Changes(rawValue: 16)
    /// The deletionTimestamp was set.
    package static let deleting = Changes(rawValue: 32)
    /// The object is gone from storage.
    package static let removed = Changes(rawValue: 64)

    package static let all = Changes(rawValue: 0xFF)
    package static let existence: Changes = [.created, .deleting, .removed]
    package static let exceptStatus: Changes = [.created, .body, .labels, .metadata, .deleting, .removed]
}
