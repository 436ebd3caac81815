/// Says in the status of every ResourceQuota how much of it is used.
///
/// The real API server counts what it admits and the controller what goes; here the controller counts all of it, soon
/// after the write. Admission itself counts anew and does not read this. Source: recordings, family quota.
enum ResourceQuotaController {
    static let controller = Controller(
        "resourcequota-controller", watches: [Watch(.resourceQuota, changes: [.created, .body])], reconcile: reconcile)

    private static let caller = Caller.controller("resourcequota-controller")

    private static func reconcile(_ simulation: inout Simulation, _ key: ObjectKey) {
        guard simulation.state.exists(key), let hard = simulation.hardLimits(of: key) else { return }
        let namespace = simulation.tables.namespace(key)
        let limits = hard.map { field in
            (field.key, Quantity(field.value).map { .string($0.text) } ?? field.value as Value?)
        }
        let used = hard.map { ($0.key, .string(simulation.usage(of: $0.key, in: namespace).text) as Value?) }
        let document: Value = .object(["hard": .object(of: limits), "used": .object(of: used)])
        if document == simulation.state.status(key)?.document { return }
        simulation.updateStatus(key, as: caller, DocumentStatus(document))
    }
}

extension Simulation {
    /// Tells the quotas of a namespace that something there has come, gone or changed: any kind can be counted.
    mutating func wakeQuotas(_ key: ObjectKey, _ kind: KindID, _ changes: Changes, cause: TraceID) {
        guard !memory.quotas.isEmpty, let controller = configuration.quotaController else { return }
        // Of statuses only a Pod's matters: one that has ended uses nothing.
        let relevant: Changes = kind == .pod ? [.created, .body, .status, .removed] : [.created, .body, .removed]
        guard !changes.isDisjoint(with: relevant) else { return }
        let namespace = tables.namespace(key)
        if kind == .pod { memory.quotas.usage.podChanged(self, key, changes) }
        for quota in memory.quotas.keys(in: namespace) { enqueue(controller, quota, because: cause) }
    }
}

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
