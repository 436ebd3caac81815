/// The EventBus controller of Argo Events: NATS streaming as a StatefulSet with its configuration in a ConfigMap.
///
/// Source: argo-events `controllers/eventbus`: names, labels, the three replicas at least, the finalizer, the refusal
/// to go while clients are there. The StatefulSet does not name the ConfigMap's content: running servers keep what they
/// have read.
enum EventBusController {
    static let finalizer: Symbol = "eventbus-controller"

    static let controllerName: Symbol = "eventbus-controller"

    static let controller = Operator.controller(
        controllerName, program: ArgoEvents.program,
        watches: [
            Watch(group: ArgoEvents.group, kind: "EventBus", changes: .exceptStatus),
            Watch(.statefulSet, .customOwner(group: ArgoEvents.group, kind: "EventBus"), changes: [.body, .removed]),
            Watch(.configMap, .customOwner(group: ArgoEvents.group, kind: "EventBus"), changes: [.body, .removed]),
            Watch(.service, .customOwner(group: ArgoEvents.group, kind: "EventBus"), changes: .removed),
            Watch(group: ArgoEvents.group, kind: "EventSource", .function(buses), changes: [.removed, .body]),
            Watch(group: ArgoEvents.group, kind: "Sensor", .function(buses), changes: [.removed, .body]),
        ],
        reconcile: reconcile)

    /// A bus that waits for its clients to go looks again when one of its namespace goes.
    private static func buses(_ simulation: Simulation, _ client: ObjectKey, _ body: (ObjectKey) -> Void) {
        let kind = ArgoEvents.kind(simulation.tables, "EventBus")
        simulation.forEach(kind, in: simulation.tables.namespace(client)) { key in
            if simulation.state[key].isDeleting { body(key) }
        }
    }

    private static func reconcile(_ simulation: inout Simulation, _ key: ObjectKey) {
        guard simulation.state.exists(key), let facts = simulation.facts(key, EventBusFacts.self) else { return }
        if simulation.state[key].isDeleting {
            finalize(&simulation, key)
            return
        }
        switch facts.backend {
        case .nativeNATS:
            guard simulation.ensureFinalizer(key, finalizer) else { return }
            install(&simulation, key, facts)
        case .exoticNATS, .exoticJetStream, .kafka:
            simulation.setStatus(
                key,
                conditions: [
                    OperatorCondition("Configured", true),
                    OperatorCondition("Deployed", true, "Skipped", "Skip deployment because of using exotic config."),
                ])
        case .jetStream, .none:
            break
        }
    }

    private static func finalize(_ simulation: inout Simulation, _ key: ObjectKey) {
        guard simulation.hasFinalizer(key, finalizer) else { return }
        for (kind, plural) in [("EventSource", "EventSources"), ("Sensor", "Sensors")] as [(Symbol, Symbol)] {
            let count = clients(simulation, of: key, kind)
            if count > 0 {
                simulation.refuse(Symbol("can not delete an EventBus with \(count) \(plural) connected"), key)
                return
            }
        }
        let namespace = simulation.tables.namespace(key)
        for claim in simulation.objects(of: .persistentVolumeClaim, in: namespace)
        where simulation.label(claim, "eventbus-name") == simulation.tables.name(key) {
            guard
                simulation.state[claim].isDeleting
                    || simulation.noted(
                        simulation.delete(claim, as: simulation.operatorCaller), claim) != nil
            else { return }
        }
        simulation.removeFinalizer(key, finalizer)
    }

    private static func clients(_ simulation: Simulation, of bus: ObjectKey, _ kind: Symbol) -> Int {
        let tables = simulation.tables
        var count = 0
        simulation.forEach(ArgoEvents.kind(tables, kind), in: tables.namespace(bus)) { client in
            if simulation.facts(client, EventClientFacts.self)?.eventBusName == tables.name(bus) { count += 1 }
        }
        return count
    }

    private static func install(_ simulation: inout Simulation, _ key: ObjectKey, _ facts: EventBusFacts) {
        let bus = NATSStreamingInstallation(
            name: simulation.tables.name(key), namespace: simulation.tables.namespace(key), native: facts.native,
            images: NATSStreamingInstallation.images(simulation, version: facts.native["version"]?.text))
        var manifests = [bus.service, bus.configMap, bus.serverAuthentication]
        if let secret = bus.clientAuthentication { manifests.append(secret) }
        manifests.append(bus.statefulSet)
        for manifest in manifests where simulation.ensure(manifest, ownedBy: key, exact: ["data"]) == nil {
            let kind = manifest["kind"]?.text ?? ""
            simulation.setStatus(
                key,
                conditions: [
                    OperatorCondition("Configured", true),
                    OperatorCondition(
                        "Deployed", false, Symbol("Create\(kind)Failed"),
                        Symbol("Failed to create a \(kind.lowercased())")),
                ])
            return
        }
        simulation.setStatus(
            key,
            conditions: [
                OperatorCondition("Configured", true),
                OperatorCondition("Deployed", true, "Succeeded", "NATS is deployed"),
            ],
            [
                (
                    "config",
                    [
                        "nats": [
                            "clusterID": .string("eventbus-\(bus.name)"),
                            "url": .string("nats://eventbus-\(bus.name)-stan-svc:4222"),
                        ]
                    ]
                )
            ])
    }
}
