/// Says in the status of every ResourceQuota how much of it is used.
///
/// The real API server counts what it admits and the controller what goes; here the controller counts all of it, soon
/// after the write. Admission itself counts anew and does not read this. Source: recordings, family quota.
enum ResourceQuotaController {
    fileprivate static let name: Symbol = "resourcequota-controller"

    static let controller = Controller(
        name, watches: [Watch(.resourceQuota, changes: [.created, .body])], reconcile: reconcile)

    /// Any kind can be counted.
    static let observer = Observer(written: { simulation, write in simulation.wakeQuotas(write) })

    private static let caller = Caller.controller(name)

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
    /// Tells the quotas of a namespace that something there has come, gone or changed.
    fileprivate mutating func wakeQuotas(_ write: Write) {
        guard !memory.quotas.isEmpty, let controller = configuration.controllerID(ResourceQuotaController.name) else {
            return
        }
        let (key, kind, changes, cause) = (write.key, write.kind, write.changes, write.cause)
        // Of statuses only a Pod's matters: one that has ended uses nothing.
        let relevant: Changes = kind == .pod ? [.created, .body, .status, .removed] : [.created, .body, .removed]
        guard !changes.isDisjoint(with: relevant) else { return }
        let namespace = tables.namespace(key)
        if kind == .pod { memory.quotas.usage.podChanged(self, key, changes) }
        for quota in memory.quotas.keys(in: namespace) { enqueue(controller, quota, because: cause) }
    }
}
