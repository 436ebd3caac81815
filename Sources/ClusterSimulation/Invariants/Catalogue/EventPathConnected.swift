extension Invariant {
    /// I21: an event finds its way from its source to the trigger.
    static let eventPathConnected = Invariant(
        "event-path-connected", .eventually,
        title: "Every Sensor is connected: EventBus, EventSources, its own Pod, and what its triggers may do",
        predicate: "gets no events",
        explainedBy: ["workloads-become-available", "no-stuck-termination"],
        grace: .minutes(15),
        reads: [
            .subjects(EventPath.sensor), .targets(.resource), .targets(.namespaceName),
            .changes(of: EventPath.eventBus, .status) { simulation, bus, body in
                EventPath.sensors(simulation, referringTo: bus, body)
            },
            .changes(of: .kind(.deployment), [.status, .removed], EventPath.sensorsOfDeployment),
            .changes(of: .kind(.endpointSlice), .all, EventPath.sensorsOfNamespace),
        ]
            + EventPath.permissionKinds.map { kind in
                .changes(of: .kind(kind), .exceptStatus) { simulation, _, body in
                    EventPath.forEachSensor(simulation, body)
                }
            } + [
                .changes(of: .kind(.customResourceDefinition), .existence) { simulation, _, body in
                    EventPath.forEachSensor(simulation, body)
                }
            ],
        page: Page(
            rule: """
                EventSource and Sensor meet on one EventBus of their own namespace; a dependency names an EventSource \
                there and one of its events; a trigger writes as the Sensor's ServiceAccount into the namespace that \
                its template names (Argo Events documentation: EventBus, Sensors, Service Accounts).
                """,
            incident: "argoproj/argo-events#2408: after a forced deletion sources and sensors lost their bus.",
            symptom: "Webhooks are accepted and nothing happens; or the trigger is forbidden.",
            remedy: "Move EventBus, EventSource, Sensor and the trigger's Role together; check them in that order.")
    ) { simulation, key in
        guard simulation.state.exists(key), !simulation.state[key].isDeleting,
            let facts = simulation.facts(key, EventClientFacts.self)
        else { return .notApplicable }
        let path = EventPath(simulation: simulation, sensor: key, facts: facts)
        if let gap = path.busGap ?? path.sourceGap ?? path.sensorGap ?? path.triggerGap {
            return .violated(evidence(key, gap))
        }
        return path.unknownTrigger.map { .unknown(evidence(key, $0)) } ?? .holds
    }

    private static func evidence(_ key: ObjectKey, _ gap: EventPath.Gap) -> Evidence {
        Evidence(fingerprint: Symbol(gap.message).stableHash) { simulation in
            var origin = gap.origin
            if origin.isNone { origin = simulation.manifestOrigin(of: key) }
            return Explanation(
                "\(simulation.tables.describe(key)) gets no events through: \(gap.message)", remedy: gap.remedy,
                origin: origin, because: gap.because, theme: gap.theme)
        }
    }
}
