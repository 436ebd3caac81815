/// The way of an event from its source to a Sensor's triggers, and its first gap.
struct EventPath {
    let simulation: Simulation
    let sensor: ObjectKey
    let facts: EventClientFacts

    /// Where the way is broken.
    struct Gap {
        var message: String
        var remedy: String
        var origin = Origin.none
        /// The objects whose trouble may be behind it.
        var because: [ObjectKey] = []
        /// What gaps of several Sensors that are one issue have in common.
        var theme = ""
    }

    private var tables: ClusterTables { simulation.tables }
    private var namespace: Symbol { tables.namespace(sensor) }
    private var spec: Value { tables.body(simulation.state[sensor].body).value["spec"] ?? nil }
    private var bus: ObjectKey { tables.key(ArgoEvents.kind(tables, "EventBus"), namespace, facts.eventBusName) }

    var busGap: Gap? {
        let name = tables.describe(bus)
        let origin = (spec["eventBusName"] ?? spec).origin
        guard simulation.state.exists(bus) else {
            return Gap(message: "\(name) does not exist", remedy: "create \(name)", origin: origin)
        }
        guard ArgoEvents.isReady(simulation, eventBus: bus) else {
            return Gap(
                message: "\(name) is not deployed", remedy: "bring the EventBus controller up: it installs \(name)",
                origin: tables.body(simulation.state[bus].body).value.origin, because: [bus])
        }
        guard let service = ArgoEvents.service(simulation, eventBus: bus) else { return nil }
        if simulation.hasReadyEndpoint(service) { return nil }
        return Gap(
            message: "no server of \(name) is ready", remedy: "repair the Pods behind \(tables.describe(service))",
            origin: tables.body(simulation.state[bus].body).value.at("spec", "nats", "native")?.origin ?? .none,
            because: Blame.withWorkloads(simulation, [bus]))
    }

    /// The first dependency that names no event of an EventSource that runs on the same bus.
    var sourceGap: Gap? {
        for dependency in spec["dependencies"]?.elements ?? [] {
            guard let place = dependency["eventSourceName"], let name = place.symbol else { continue }
            let source = tables.key(ArgoEvents.kind(tables, "EventSource"), namespace, name)
            let text = tables.describe(source)
            guard simulation.state.exists(source) else {
                return Gap(message: "\(text) does not exist", remedy: "create \(text)", origin: place.origin)
            }
            let sourceBus = simulation.facts(source, EventClientFacts.self)?.eventBusName ?? .empty
            if sourceBus != facts.eventBusName {
                return Gap(
                    message: "\(text) publishes to EventBus \(sourceBus), the Sensor listens to \(facts.eventBusName)",
                    remedy: "name the same eventBusName in both", origin: place.origin)
            }
            if let event = dependency["eventName"], let eventName = event.symbol, !has(source, event: eventName) {
                return Gap(
                    message: "\(text) has no event \(eventName)", remedy: "name one of its events",
                    origin: event.origin)
            }
            if !hasReadyPod(source) {
                return Gap(
                    message: "\(text) has no ready Pod", remedy: "repair its Deployment", origin: place.origin,
                    because: Blame.withWorkloads(simulation, [source, bus]))
            }
        }
        return nil
    }

    var sensorGap: Gap? {
        if hasReadyPod(sensor) { return nil }
        return Gap(
            message: "it has no ready Pod", remedy: "repair its Deployment",
            because: Blame.withWorkloads(simulation, [sensor, bus]))
    }

    /// The first trigger whose object has no namespace, no kind, or no permission.
    var triggerGap: Gap? {
        for trigger in triggers {
            let place = tables.key(.namespace, .empty, trigger.namespace)
            if !simulation.state.exists(place) || simulation.state[place].isDeleting {
                return Gap(
                    message: "trigger \(trigger.name) writes into namespace \(trigger.namespace), which "
                        + (simulation.state.exists(place) ? "is Terminating" : "does not exist"),
                    remedy: "name the namespace where the \(trigger.kind) is to run now", origin: trigger.origin,
                    because: [place])
            }
            let kind = tables.kindIDDefiningIfNeeded(apiVersion: trigger.apiVersion, kind: trigger.kind)
            guard simulation.isServed(kind) else {
                return Gap(
                    message: "trigger \(trigger.name) writes a \(trigger.kind) of \(trigger.apiVersion), "
                        + "which the API does not serve",
                    remedy: "install the CustomResourceDefinition of \(trigger.kind), or name the group that has one",
                    origin: trigger.origin,
                    theme: "triggers write \(trigger.apiVersion) \(trigger.kind), which is not served")
            }
            let account = spec.at("template", "serviceAccountName")?.symbol ?? "default"
            let user = Symbol("system:serviceaccount:\(namespace):\(account)")
            if !simulation.isAllowed(user, trigger.verb, kind, trigger.namespace, .empty) {
                let resource = simulation.kind(kind).plural
                return Gap(
                    message: "trigger \(trigger.name): ServiceAccount \(namespace)/\(account) may not \(trigger.verb) "
                        + "\(resource) in namespace \(trigger.namespace)",
                    remedy: "bind a Role with \(trigger.verb) on \(resource) in namespace \(trigger.namespace) to "
                        + "ServiceAccount \(namespace)/\(account)",
                    origin: trigger.origin)
            }
        }
        return nil
    }

    /// A trigger whose object is not in the Sensor, so that nothing is known of it.
    var unknownTrigger: Gap? {
        for trigger in spec["triggers"]?.elements ?? [] {
            for word in ["k8s", "argoWorkflow"] as [Symbol] {
                guard let source = trigger.at("template", word, "source"), source["resource"] == nil else { continue }
                let name = trigger.at("template", "name")?.text ?? ""
                return Gap(
                    message: "trigger \(name) takes its object from elsewhere, and what it writes is not known",
                    remedy: "write the object into source.resource", origin: source.origin)
            }
        }
        return nil
    }

    // MARK: Parts

    private struct Trigger {
        var name: String
        var apiVersion: Symbol
        var kind: Symbol
        var namespace: Symbol
        var verb: Symbol
        var origin: Origin
    }

    private var triggers: [Trigger] {
        var triggers: [Trigger] = []
        for trigger in spec["triggers"]?.elements ?? [] {
            for word in ["k8s", "argoWorkflow"] as [Symbol] {
                guard let template = trigger.at("template", word), let resource = template.at("source", "resource"),
                    let apiVersion = resource["apiVersion"]?.symbol, let kind = resource["kind"]?.symbol
                else { continue }
                let place = resource.at("metadata", "namespace")
                let operation = template["operation"]?.symbol ?? (word == "k8s" ? "create" : "submit")
                triggers.append(
                    Trigger(
                        name: trigger.at("template", "name")?.text ?? "", apiVersion: apiVersion, kind: kind,
                        namespace: place?.symbol ?? namespace, verb: Self.verb(operation),
                        origin: (place ?? resource).origin))
            }
        }
        return triggers
    }

    /// What an operation needs of the API. Source: Argo Events documentation, Kubernetes object and Workflow triggers.
    private static func verb(_ operation: Symbol) -> Symbol {
        switch operation {
        case "create", "update", "patch", "delete": operation
        case "submit", "submit-from": "create"
        default: "update"
        }
    }

    /// Whether an EventSource has an event of that name, of whatever type.
    private func has(_ source: ObjectKey, event: Symbol) -> Bool {
        let spec = tables.body(simulation.state[source].body).value["spec"] ?? nil
        return spec.fields.contains { $0.value[event] != nil }
    }

    private func hasReadyPod(_ client: ObjectKey) -> Bool {
        simulation.dependents(of: client, kind: .deployment).contains { simulation.workloadState($0).ready > 0 }
    }
}

// MARK: - Which Sensors look again

extension EventPath {
    static let sensor = Watch.Target.custom(group: "argoproj.io", kind: "Sensor")
    static let eventBus = Watch.Target.custom(group: "argoproj.io", kind: "EventBus")
    static let permissionKinds: [KindID] = [.role, .roleBinding, .clusterRole, .clusterRoleBinding]

    static func forEachSensor(_ simulation: Simulation, _ body: (ObjectKey) -> Void) {
        simulation.forEach(ArgoEvents.kind(simulation.tables, "Sensor"), body)
    }

    static func sensors(_ simulation: Simulation, referringTo key: ObjectKey, _ body: (ObjectKey) -> Void) {
        let kind = ArgoEvents.kind(simulation.tables, "Sensor")
        simulation.state.forEachReferrer(of: key) { link in
            if link.type == .resource, simulation.tables.kindID(link.source) == kind { body(link.source) }
        }
    }

    static func sensorsOfDeployment(_ simulation: Simulation, _ key: ObjectKey, _ body: (ObjectKey) -> Void) {
        guard let owner = simulation.controllerOwner(key)?.owner else { return }
        let kind = simulation.tables.kindID(owner)
        if kind == ArgoEvents.kind(simulation.tables, "Sensor") { body(owner) }
        if kind == ArgoEvents.kind(simulation.tables, "EventSource") { sensors(simulation, referringTo: owner, body) }
    }

    static func sensorsOfNamespace(_ simulation: Simulation, _ key: ObjectKey, _ body: (ObjectKey) -> Void) {
        simulation.forEach(ArgoEvents.kind(simulation.tables, "Sensor"), in: simulation.tables.namespace(key), body)
    }
}
