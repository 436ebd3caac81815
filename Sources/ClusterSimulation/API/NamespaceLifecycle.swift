/// The phase of a namespace and the conditions of its deletion.
package final class NamespaceStatus: Status, @unchecked Sendable {
    package let isTerminating: Bool
    /// In the order in which the namespace controller writes them.
    package let conditions: [Condition]

    /// One of the five deletion conditions.
    package struct Condition: Sendable, Equatable {
        package var type: Symbol
        package var status: Bool
        package var reason: Symbol
        package var message: Symbol
        package var since: SimulationTime

        package init(type: Symbol, status: Bool, reason: Symbol, message: Symbol, since: SimulationTime) {
            self.type = type
            self.status = status
            self.reason = reason
            self.message = message
            self.since = since
        }
    }

    package init(isTerminating: Bool, conditions: [Condition] = []) {
        self.isTerminating = isTerminating
        self.conditions = conditions
    }

    package static let active = NamespaceStatus(isTerminating: false)

    package override var document: Value {
        let conditions = conditions.map {
            condition(type: $0.type, status: $0.status, reason: $0.reason, message: $0.message, at: $0.since)
        }
        let phase: Symbol = isTerminating ? "Terminating" : "Active"
        return .object([
            "conditions": conditions.isEmpty ? nil : Value(.array(conditions)),
            "phase": Value(phase),
        ])
    }
}

extension Simulation {
    /// The NamespaceLifecycle admission plugin: no new content where the namespace is missing or going.
    ///
    /// Source: recordings, families lifecycle and teardown.
    func admitNamespace(_ draft: ObjectDraft, _ kind: Kind) throws(APIError) {
        try admitNamespace(draft.namespace, kind, draft.name)
    }

    /// The same for something that is created in a namespace, or is a subresource of an object there.
    func admitNamespace(_ namespace: Symbol, _ kind: Kind, _ name: Symbol) throws(APIError) {
        guard kind.namespaced else { return }
        let key = tables.key(.namespace, .empty, namespace)
        guard state.exists(key) else { throw APIError.notFound(self.kind(.namespace), namespace) }
        guard state[key].isDeleting else { return }
        throw APIError.forbidden(
            kind, name,
            "unable to create new content in namespace \(namespace) because it is being terminated",
            causes: [
                .init(
                    reason: Self.namespaceTerminating, field: "metadata.namespace",
                    message: "namespace \(namespace) is being terminated")
            ])
    }

    /// The cause of a refusal because the namespace is going.
    static var namespaceTerminating: String { "NamespaceTerminating" }

    /// The namespaces that every cluster has cannot be deleted. Source: recordings, family errors.
    func refuseDeletingSystemNamespace(_ key: ObjectKey) throws(APIError) {
        let content = tables.content(key)
        guard content.kind == .namespace else { return }
        guard content.name == "default" || content.name == "kube-system" || content.name == "kube-public" else {
            return
        }
        throw APIError.forbidden(self.kind(.namespace), content.name, "this namespace may not be deleted")
    }

    /// A deleted namespace is Terminating from the moment of the request.
    mutating func beginTermination(of key: ObjectKey) {
        let conditions = state.status(key, as: NamespaceStatus.self)?.conditions ?? []
        state.statuses[key.offset] = NamespaceStatus(isTerminating: true, conditions: conditions)
    }
}
