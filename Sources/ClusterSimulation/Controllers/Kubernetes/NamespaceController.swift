/// Empties a Terminating namespace, tells in five conditions what holds it up, and lets it go.
///
/// It is woken by what leaves the namespace; refused deletions and failing discovery it tries again after 5 s, doubling
/// up to the minute after which the real one tries at the latest. Source: recordings, families teardown and discovery;
/// the order of deletion (Pods first, since 1.33) is KEP-5080; `nsControllerRateLimiter`.
enum NamespaceController {
    static let controllerName: Symbol = "namespace-controller"

    static let controller = Controller(
        controllerName,
        watches: [
            Watch(.namespace, changes: [.deleting, .metadata, .body]),
            Watch(.apiService, .function(terminatingNamespaces), changes: [.created, .body, .removed]),
        ],
        reconcile: reconcile)

    static let caller = Caller.controller(controllerName)

    private static func terminatingNamespaces(
        _ simulation: Simulation, _ key: ObjectKey, _ body: (ObjectKey) -> Void
    ) {
        simulation.tables.work.visit(simulation.memory.namespaces.terminating.count)
        simulation.memory.namespaces.terminating.keys.forEach(body)
    }

    private static func reconcile(_ simulation: inout Simulation, _ key: ObjectKey) {
        let row = simulation.state[key]
        guard row.exists, row.isDeleting else {
            simulation.memory.namespaces.forget(key)
            return
        }
        let finalizers = simulation.tables.body(row.body).value.at("spec", "finalizers")?.symbols ?? []
        // Whoever else holds the namespace: as long as somebody does, it is emptied.
        if finalizers.isEmpty { return }
        simulation.memory.namespaces.remember(key)
        var teardown = NamespaceTeardown(namespace: simulation.tables.name(key))
        teardown.failingGroups = failingGroups(simulation)
        teardown.deleteContent(&simulation)
        let isEmpty = teardown.isComplete
        let stays = !isEmpty || finalizers.count > 1 || !row.finalizers.isEmpty
        if stays { write(&simulation, key, teardown) }
        if isEmpty {
            simulation.memory.namespaces.forget(key)
            finalize(&simulation, key, finalizers.filter { $0 != NamespaceStrategy.finalizer })
        } else if !teardown.errors.isEmpty || !teardown.failingGroups.isEmpty {
            let delay = simulation.memory.namespaces.delay(key, simulation.configuration.latencies[.namespaceRetry])
            simulation.requeue(controllerName, key, after: delay)
        }
    }

    /// `group/version` of every API that is served by a Service which cannot be reached.
    private static func failingGroups(_ simulation: Simulation) -> [String] {
        var groups: [String] = []
        for key in simulation.objects(of: .apiService) {
            guard let facts = simulation.facts(key, APIServiceFacts.self) else { continue }
            if simulation.failure(reaching: key) != nil { groups.append("\(facts.group)/\(facts.version)") }
        }
        return groups.sorted()
    }

    /// `PUT …/finalize`: takes the namespace's own finalizer out of its spec.
    private static func finalize(_ simulation: inout Simulation, _ key: ObjectKey, _ finalizers: [Symbol]) {
        var draft = simulation.draft(of: key)
        draft.body = NamespaceStrategy.body(finalizers, simulation.tables)
        _ = simulation.write(draft, key, as: caller, verb: "update", subresource: "finalize")
    }

    private static func write(_ simulation: inout Simulation, _ key: ObjectKey, _ teardown: NamespaceTeardown) {
        let old = simulation.state.status(key, as: NamespaceStatus.self)?.conditions ?? []
        var conditions = teardown.conditions(at: simulation.now)
        for index in conditions.indices {
            guard let before = old.first(where: { $0.type == conditions[index].type }),
                before.status == conditions[index].status
            else { continue }
            conditions[index].since = before.since
        }
        if conditions == old { return }
        simulation.updateStatus(key, as: caller, NamespaceStatus(isTerminating: true, conditions: conditions))
    }
}

/// What the namespace controller remembers besides what it wrote.
package struct NamespaceMemory {
    /// Namespaces that are being emptied, in the order in which that began.
    package private(set) var terminating = OrderedKeys()
    private var attempts: [ObjectKey: Int] = [:]

    mutating func remember(_ key: ObjectKey) { terminating.append(key) }

    mutating func forget(_ key: ObjectKey) {
        terminating.remove(key)
        attempts[key] = nil
    }

    /// The delay before the next attempt: doubles from `first` up to a minute.
    mutating func delay(_ key: ObjectKey, _ first: SimulationTime.Span) -> SimulationTime.Span {
        let attempt = attempts[key] ?? 0
        attempts[key] = attempt + 1
        return min(.milliseconds(first.milliseconds << Int64(min(attempt, 16))), .minutes(1))
    }
}

extension Simulation {
    /// Something in a namespace has gone, or lost a finalizer: a controller that empties it looks again.
    mutating func wakeNamespace(of key: ObjectKey, cause: TraceID) {
        let namespace = tables.namespaceKey(key)
        guard !namespace.isNone, state[namespace].isDeleting,
            let controller = configuration.controllerID(NamespaceController.controllerName)
        else { return }
        enqueue(controller, namespace, because: cause)
    }
}

extension StateSlots {
    private static let namespacesSlot = Slot("namespaces", NamespaceMemory())

    /// What the namespace controller remembers.
    package internal(set) var namespaces: NamespaceMemory {
        _read { yield self[Self.namespacesSlot] }
        _modify { yield &self[Self.namespacesSlot] }
    }
}
