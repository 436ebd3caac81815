/// What a written definition changes in the kinds that are served.
extension Simulation {
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
}
