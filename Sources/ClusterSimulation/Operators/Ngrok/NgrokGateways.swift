/// GatewayClasses, Gateways and HTTPRoutes of the ngrok operator.
///
/// Source: ngrok-operator 0.19, `internal/controller/gateway` and `pkg/managerdriver`: the finalizer, the ports and
/// hosts that a listener may have, one Domain a host in the Gateway's namespace, which stays when the Gateway goes,
/// addresses from the Domains' status. HTTPRoutes get no status, as there. Chosen: a listener counts as programmed
/// when its Domain is ready. Left out: endpoints, traffic policies, Ingresses and Services, and that two Domains of one
/// host share what ngrok has reserved.
enum NgrokGateways {
    static let gatewayClass = Operator.controller(
        "ngrok-gatewayclass-controller", program: Ngrok.program,
        watches: [Watch(group: GatewayAPI.group, kind: "GatewayClass", changes: .exceptStatus)]
    ) { simulation, key in
        guard simulation.state.exists(key), !simulation.state[key].isDeleting, isOwn(simulation, key),
            simulation.canWatch(key)
        else { return }
        simulation.setStatus(
            key,
            conditions: [
                OperatorCondition("Accepted", true, "Accepted", "gatewayclass accepted by the ngrok controller")
            ])
    }

    static let gateway = Operator.controller(
        "ngrok-gateway-controller", program: Ngrok.program,
        watches: [
            Watch(group: GatewayAPI.group, kind: "Gateway", changes: .exceptStatus),
            Watch(group: GatewayAPI.group, kind: "GatewayClass", .function(gateways), changes: [.created, .body]),
            Watch(group: Ngrok.domainGroup, kind: "Domain", .function(gatewaysOfDomain), changes: [.status, .removed]),
        ],
        reconcile: reconcile)

    static let route = Operator.controller(
        "ngrok-httproute-controller", program: Ngrok.program,
        watches: [
            Watch(group: GatewayAPI.group, kind: "HTTPRoute", changes: .exceptStatus),
            Watch(group: GatewayAPI.group, kind: "Gateway", .function(routes), changes: [.created, .body]),
        ],
        reconcile: reconcileRoute)

    // MARK: Who looks again when something changes

    private static func gateways(_ simulation: Simulation, _ key: ObjectKey, _ body: (ObjectKey) -> Void) {
        let kind = GatewayAPI.kind(simulation.tables, "Gateway")
        simulation.state.forEachReferrer(of: key) { if simulation.tables.kindID($0.source) == kind { body($0.source) } }
    }

    private static func gatewaysOfDomain(_ simulation: Simulation, _ key: ObjectKey, _ body: (ObjectKey) -> Void) {
        let name = simulation.tables.name(key)
        simulation.forEach(GatewayAPI.kind(simulation.tables, "Gateway")) { gateway in
            let listeners = simulation.facts(gateway, GatewayFacts.self)?.listeners ?? []
            if listeners.contains(where: { Ngrok.domainName($0.hostname) == name }) { body(gateway) }
        }
    }

    private static func routes(_ simulation: Simulation, _ gateway: ObjectKey, _ body: (ObjectKey) -> Void) {
        let kind = GatewayAPI.kind(simulation.tables, "HTTPRoute")
        simulation.state.forEachReferrer(of: gateway) { link in
            if simulation.tables.kindID(link.source) == kind { body(link.source) }
        }
    }

    // MARK: Gateways

    /// Whether a GatewayClass is one of ngrok's.
    private static func isOwn(_ simulation: Simulation, _ gatewayClass: ObjectKey) -> Bool {
        guard simulation.state.exists(gatewayClass) else { return false }
        let body = simulation.tables.body(simulation.state[gatewayClass].body).value
        return body.at("spec", "controllerName")?.symbol == Ngrok.gatewayController
    }

    private static func isOwnGateway(_ simulation: Simulation, _ gateway: ObjectKey) -> Bool {
        guard let facts = simulation.facts(gateway, GatewayFacts.self) else { return false }
        let kind = GatewayAPI.kind(simulation.tables, "GatewayClass")
        return isOwn(simulation, simulation.tables.key(kind, .empty, facts.className))
    }

    private static func reconcile(_ simulation: inout Simulation, _ key: ObjectKey) {
        guard simulation.state.exists(key), let facts = simulation.facts(key, GatewayFacts.self),
            simulation.canWatch(key)
        else { return }
        if simulation.state[key].isDeleting {
            if simulation.hasFinalizer(key, Ngrok.finalizer) { simulation.removeFinalizer(key, Ngrok.finalizer) }
            return
        }
        guard isOwnGateway(simulation, key), simulation.ensureFinalizer(key, Ngrok.finalizer) else { return }
        let namespace = simulation.tables.namespace(key)
        for listener in facts.listeners where problem(listener) == nil && !listener.hostname.isEmpty {
            guard domain(simulation, listener.hostname) == nil else { continue }
            let manifest: Value = [
                "apiVersion": "ingress.k8s.ngrok.com/v1alpha1", "kind": "Domain",
                "metadata": ["name": Value(Ngrok.domainName(listener.hostname)), "namespace": Value(namespace)],
                "spec": ["domain": Value(listener.hostname)],
            ]
            guard simulation.ensureCreated(manifest) != nil else { return }
        }
        report(&simulation, key, facts)
    }

    /// Why ngrok cannot serve a listener; nil where it can.
    private static func problem(_ listener: GatewayFacts.Listener) -> (reason: Symbol, message: Symbol)? {
        switch listener.kind {
        case "HTTP", "HTTPS":
            let port = listener.kind == "HTTP" ? 80 : 443
            if listener.port != port {
                return ("PortUnavailable", Symbol("ngrok only supports \(listener.kind) on port \(port)"))
            }
            if listener.hostname.isEmpty {
                return (
                    "HostnameRequired", Symbol("ngrok does not support \(listener.kind) listeners without a hostname")
                )
            }
            return nil
        case "UDP": return ("UnsupportedProtocol", "ngrok does not currently support UDP listeners")
        default: return nil
        }
    }

    /// The Domain of a host, in whatever namespace: the oldest, one that is ready before others.
    private static func domain(_ simulation: Simulation, _ hostname: Symbol) -> ObjectKey? {
        let all = simulation.objects(of: Ngrok.domainKind(simulation.tables)).filter { key in
            !simulation.state[key].isDeleting && NgrokDomains.hostname(simulation, key) == hostname
        }
        return all.first { simulation.isTrue($0, "Ready") } ?? all.first
    }

    private static func report(_ simulation: inout Simulation, _ key: ObjectKey, _ facts: GatewayFacts) {
        let old = simulation.state.status(key)?.document
        let generation = Value.integer(Int(simulation.state[key].generation))
        var listeners: [Value] = []
        var addresses: [Symbol] = []
        var isAccepted = true
        for listener in facts.listeners {
            let problem = problem(listener)
            let domain = domain(simulation, listener.hostname)
            if problem != nil { isAccepted = false }
            let isReady = domain.map { simulation.isTrue($0, "Ready") } ?? false
            let known = old?["listeners"]?.elements.first { $0["name"]?.symbol == listener.name }
            listeners.append([
                "name": Value(listener.name), "supportedKinds": [], "attachedRoutes": 0,
                "conditions": Value(
                    .array(
                        conditions(problem, isReady: isReady).map { entry in
                            self.condition(entry, generation, after: known?["conditions"], at: simulation.now)
                        })),
            ])
            if let status = domain.flatMap({ simulation.state.status($0)?.document }), problem == nil,
                let address = status["cnameTarget"]?.symbol ?? status["domain"]?.symbol, !addresses.contains(address)
            {
                addresses.append(address)
            }
        }
        let accepted =
            isAccepted
            ? OperatorCondition("Accepted", true, "Accepted", "gateway accepted by the ngrok controller")
            : OperatorCondition("Accepted", false, "ListenersNotValid", "gateway listeners are not valid")
        // Nobody replaces the condition that the API gives every new Gateway.
        let pending = OperatorCondition("Programmed", nil, "Pending", "Waiting for controller")
        simulation.setStatus(
            key, conditions: [accepted, pending],
            [
                (
                    "addresses",
                    Value(.array(addresses.map { ["type": "Hostname", "value": Value($0)] }))
                ),
                ("listeners", Value(.array(listeners))),
            ])
    }

    private static func conditions(
        _ problem: (reason: Symbol, message: Symbol)?, isReady: Bool
    ) -> [OperatorCondition] {
        if let problem {
            return [
                OperatorCondition("Accepted", false, problem.reason, problem.message),
                OperatorCondition("Programmed", false, "Invalid", "listener is not valid"),
            ]
        }
        return [
            OperatorCondition("Accepted", true, "Accepted", "listener accepted by the ngrok operator"),
            isReady
                ? OperatorCondition("Programmed", true, "Programmed")
                : OperatorCondition(
                    "Programmed", false, "Pending", "listener is pending programming by the ngrok operator"),
        ]
    }

    private static func condition(
        _ entry: OperatorCondition, _ generation: Value, after known: Value?, at now: SimulationTime
    ) -> Value {
        var value = ClusterSimulation.condition(
            type: entry.type, status: entry.status, reason: entry.reason, message: entry.message, at: now)
        value["observedGeneration"] = generation
        let before = known?.elements.first { $0["type"]?.symbol == entry.type }
        if let before, before["status"] == value["status"], let since = before["lastTransitionTime"] {
            value["lastTransitionTime"] = since
        }
        return value
    }

    // MARK: Routes

    private static func reconcileRoute(_ simulation: inout Simulation, _ key: ObjectKey) {
        guard simulation.state.exists(key), let facts = simulation.facts(key, RouteFacts.self),
            simulation.canWatch(key)
        else { return }
        if simulation.state[key].isDeleting {
            if simulation.hasFinalizer(key, Ngrok.finalizer) { simulation.removeFinalizer(key, Ngrok.finalizer) }
            return
        }
        let tables = simulation.tables
        let kind = GatewayAPI.kind(tables, "Gateway")
        let isOwn = facts.gateways.contains { parent in
            let namespace = parent.namespace.isEmpty ? tables.namespace(key) : parent.namespace
            return isOwnGateway(simulation, tables.key(kind, namespace, parent.name))
        }
        if isOwn { _ = simulation.ensureFinalizer(key, Ngrok.finalizer) }
    }
}
