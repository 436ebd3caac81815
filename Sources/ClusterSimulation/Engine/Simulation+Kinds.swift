/// Kinds as this cluster knows them: identities from the tables, custom kinds as its own definitions serve them.
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
