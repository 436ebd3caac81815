/// The custom kinds that the stored definitions describe, as the API serves them.
///
/// A value in the cluster's state: what one fork writes to a definition no other fork sees. It follows from the stored
/// CustomResourceDefinitions alone, and from which of two that describe the same kind was there first.
package struct ServedKinds {
    /// What a definition says of its kind.
    package struct Served {
        package var kind: Kind
        /// The definition, and its body when it was read.
        package var definition: ObjectKey
        package var body: BodyID
    }

    /// By custom kind, in the order of their ids.
    private var served: ContiguousArray<Served?> = []
    private var idsByPlural: [ResourceName: KindID] = [:]
    /// By group and kind.
    package private(set) var ids: [KindID] = []

    package init() {}

    /// How the API serves a custom kind; nil where no definition describes it, and for what is built in.
    @inline(__always)
    package subscript(id: KindID) -> Served? {
        let index = Int(id.index) - Kind.builtIns.count
        return served.indices.contains(index) ? served[index] : nil
    }

    /// The custom kind of that group and resource name.
    func id(group: Symbol, plural: Symbol) -> KindID? { idsByPlural[ResourceName(group: group, plural: plural)] }

    /// Serves a kind as a definition says. Where another definition serves it already, that one stays: its names are
    /// taken. Source: "Extend the Kubernetes API with CustomResourceDefinitions", condition NamesAccepted.
    mutating func serve(_ id: KindID, _ new: Served) {
        let index = Int(id.index) - Kind.builtIns.count
        guard index >= 0 else { return }
        while served.count <= index { served.append(nil) }
        if let old = served[index] {
            guard old.definition == new.definition else { return }
            idsByPlural[ResourceName(old.kind)] = nil
        } else {
            let place = ids.firstIndex { new.kind.precedes(self[$0]!.kind) } ?? ids.count
            ids.insert(id, at: place)
        }
        served[index] = new
        idsByPlural[ResourceName(new.kind)] = id
    }

    /// Takes back what a definition said of any kind but `kept`; returns the kind that is no longer served.
    mutating func withdraw(_ definition: ObjectKey, keeping kept: KindID?) -> KindID? {
        guard let place = ids.firstIndex(where: { self[$0]?.definition == definition }), ids[place] != kept else {
            return nil
        }
        let id = ids.remove(at: place)
        let index = Int(id.index) - Kind.builtIns.count
        if let old = served[index] { idsByPlural[ResourceName(old.kind)] = nil }
        served[index] = nil
        return id
    }
}

/// The name of a resource within its group.
struct ResourceName: Hashable {
    var group: Symbol
    var plural: Symbol

    init(group: Symbol, plural: Symbol) {
        self.group = group
        self.plural = plural
    }

    init(_ kind: Kind) { self.init(group: kind.group, plural: kind.plural) }
}

extension Kind {
    /// The order of kinds where one is shown or visited: by group, then by name.
    fileprivate func precedes(_ other: Kind) -> Bool {
        group == other.group ? kind.precedes(other.kind) : group.precedes(other.group)
    }
}
