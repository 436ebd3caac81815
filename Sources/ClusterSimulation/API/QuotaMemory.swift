/// The ResourceQuotas there are: most clusters have none, and then no write has to ask.
package struct QuotaMemory {
    /// By namespace, in the order of their creation; looked up only.
    private var byNamespace: [Symbol: [ObjectKey]] = [:]
    /// What the Pods of namespaces with quotas take.
    var usage = QuotaUsage()

    package var isEmpty: Bool { byNamespace.isEmpty }

    package func keys(in namespace: Symbol) -> [ObjectKey] { byNamespace[namespace] ?? [] }

    mutating func note(_ key: ObjectKey, in namespace: Symbol, exists: Bool) {
        var keys = byNamespace[namespace] ?? []
        if !exists { keys.removeAll { $0 == key } } else if !keys.contains(key) { keys.append(key) }
        byNamespace[namespace] = keys.isEmpty ? nil : keys
    }
}

/// What the Pods of a namespace take of a resource: counted once, and kept while Pods only come.
///
/// A Pod that ends, goes or changes has everything of its namespace counted again when somebody asks.
struct QuotaUsage {
    /// By namespace; looked up only.
    private var answers: [Symbol: [(resource: Symbol, sum: Quantity)]] = [:]

    func sum(of resource: Symbol, in namespace: Symbol) -> Quantity? {
        answers[namespace]?.first { $0.resource == resource }?.sum
    }

    mutating func keep(_ sum: Quantity, of resource: Symbol, in namespace: Symbol) {
        answers[namespace, default: []].append((resource, sum))
    }

    mutating func podChanged(_ simulation: Simulation, _ pod: ObjectKey, _ changes: Changes) {
        let namespace = simulation.tables.namespace(pod)
        guard let kept = answers[namespace] else { return }
        if changes.contains(.created), !simulation.isFinished(pod: pod) {
            let draft = simulation.draft(of: pod)
            answers[namespace] = kept.map {
                ($0.resource, $0.sum + (simulation.usage(of: draft, $0.resource) ?? .zero))
            }
        } else if changes != .status || simulation.isFinished(pod: pod) {
            answers[namespace] = nil
        }
    }
}

extension StateSlots {
    private static let quotasSlot = Slot("quotas", QuotaMemory())

    /// The ResourceQuotas there are.
    package internal(set) var quotas: QuotaMemory {
        _read { yield self[Self.quotasSlot] }
        _modify { yield &self[Self.quotasSlot] }
    }
}
