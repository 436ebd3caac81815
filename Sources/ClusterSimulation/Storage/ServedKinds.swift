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

extension Simulation {
    /// A kind as the API of this cluster serves it now; one that nothing serves as it is guessed from its name.
    @inline(__always)
    package func kind(_ id: KindID) -> Kind { state.kinds[id]?.kind ?? tables.undescribedKind(id) }

    /// The kind of an object that may not be there yet: in the scope in which its key names it.
    func kind(of key: ObjectKey) -> Kind {
        let content = tables.content(key)
        var kind = kind(content.kind)
        kind.namespaced = !content.namespace.isEmpty
        return kind
    }

    /// The kind of that group and resource name (`deployments`); nil where nothing here serves it.
    package func kindID(group: Symbol, plural: Symbol) -> KindID? {
        tables.builtInKindID(group: group, plural: plural) ?? state.kinds.id(group: group, plural: plural)
    }

    /// Every kind that the API serves: what is built in, then custom kinds by group and name.
    package var servedKindIDs: [KindID] {
        Kind.builtIns.indices.dropFirst().map { KindID(index: UInt16($0)) } + state.kinds.ids
    }

    /// The definition that serves a custom kind; `.none` where there is none.
    package func definition(of kind: KindID) -> ObjectKey { state.kinds[kind]?.definition ?? .none }

    /// Serves what a definition says that was written, or no longer what one said that is gone.
    mutating func didChangeDefinition(_ key: ObjectKey) {
        let served = servedKind(of: key)
        let id = served.map { tables.define(group: $0.kind.group, kind: $0.kind.kind) }
        if let free = state.kinds.withdraw(key, keeping: id) { serveOtherwise(free) }
        if let id, let served { state.kinds.serve(id, served) }
    }

    /// Serves a kind by the first other definition that describes it.
    private mutating func serveOtherwise(_ id: KindID) {
        let name = tables.kind(id)
        for other in objects(of: .customResourceDefinition) {
            guard let served = servedKind(of: other), served.kind.group == name.group, served.kind.kind == name.kind
            else { continue }
            state.kinds.serve(id, served)
            return
        }
    }

    private func servedKind(of definition: ObjectKey) -> ServedKinds.Served? {
        guard state.exists(definition), let kind = facts(definition, DefinitionFacts.self)?.servedKind else {
            return nil
        }
        return ServedKinds.Served(kind: kind, definition: definition, body: state[definition].body)
    }

    /// Reads a manifest as this cluster understands it. See `ObjectDraft.init(manifest:tables:kinds:defaultNamespace:)`.
    package func draft(manifest: Value, defaultNamespace: Symbol = .empty) -> ObjectDraft? {
        ObjectDraft(manifest: manifest, tables: tables, kinds: state.kinds, defaultNamespace: defaultNamespace)
    }

    /// The key a reference names, seen from an object in `namespace`.
    package func target(of reference: Reference, from namespace: Symbol) -> ObjectKey {
        let isNamespaced = kind(reference.kind).namespaced
        let target = !isNamespaced ? Symbol.empty : reference.namespace.isEmpty ? namespace : reference.namespace
        return tables.key(reference.kind, target, reference.name)
    }
}
