/// The EventSource and Sensor controllers of Argo Events: one Deployment for each object.
///
/// Source: argo-events `controllers/eventsource` and `controllers/sensor`.
enum EventClientControllers {
    static let eventSource = controller("EventSource", finalizer: "eventsource-controller")
    static let sensor = controller("Sensor", finalizer: "sensor-controller")

    private static func controller(_ kind: Symbol, finalizer: Symbol) -> Controller {
        Operator.controller(
            finalizer, program: ArgoEvents.program,
            watches: [
                Watch(group: ArgoEvents.group, kind: kind, changes: .exceptStatus),
                Watch(.deployment, .customOwner(group: ArgoEvents.group, kind: kind), changes: [.body, .removed]),
                Watch(
                    group: ArgoEvents.group, kind: "EventBus",
                    .function { simulation, bus, body in clients(simulation, of: bus, kind, body) },
                    changes: [.status, .removed]),
            ]
        ) { simulation, key in reconcile(&simulation, key, kind, finalizer) }
    }

    private static func clients(
        _ simulation: Simulation, of bus: ObjectKey, _ kind: Symbol, _ body: (ObjectKey) -> Void
    ) {
        let id = ArgoEvents.kind(simulation.tables, kind)
        simulation.state.forEachReferrer(of: bus) { link in
            if link.type == .resource, simulation.tables.kindID(link.source) == id { body(link.source) }
        }
    }

    private static func reconcile(
        _ simulation: inout Simulation, _ key: ObjectKey, _ kind: Symbol, _ finalizer: Symbol
    ) {
        guard simulation.state.exists(key), let facts = simulation.facts(key, EventClientFacts.self) else { return }
        if simulation.state[key].isDeleting {
            if simulation.hasFinalizer(key, finalizer) { simulation.removeFinalizer(key, finalizer) }
            return
        }
        guard simulation.ensureFinalizer(key, finalizer) else { return }
        let bus = simulation.tables.key(
            ArgoEvents.kind(simulation.tables, "EventBus"), simulation.tables.namespace(key), facts.eventBusName)
        guard simulation.state.exists(bus) else {
            fail(&simulation, key, kind, "GetEventBusFailed", "EventBus not found.")
            return
        }
        guard ArgoEvents.isReady(simulation, eventBus: bus) else {
            fail(&simulation, key, kind, "EventBusNotReady", "EventBus not ready.")
            return
        }
        guard deploy(&simulation, key, kind, facts, bus) else {
            fail(&simulation, key, kind, "CreateDeploymentFailed", "Failed to create a deployment")
            return
        }
        simulation.setStatus(
            key,
            conditions: provided(kind) + [OperatorCondition("Deployed", true, "Succeeded", "Deployment is created")])
    }

    private static func provided(_ kind: Symbol) -> [OperatorCondition] {
        kind == "Sensor"
            ? [OperatorCondition("DependenciesProvided", true), OperatorCondition("TriggersProvided", true)]
            : [OperatorCondition("SourcesProvided", true)]
    }

    private static func fail(
        _ simulation: inout Simulation, _ key: ObjectKey, _ kind: Symbol, _ reason: Symbol, _ message: Symbol
    ) {
        simulation.setStatus(
            key, conditions: provided(kind) + [OperatorCondition("Deployed", false, reason, message)])
    }

    private static func deploy(
        _ simulation: inout Simulation, _ key: ObjectKey, _ kind: Symbol, _ facts: EventClientFacts, _ bus: ObjectKey
    ) -> Bool {
        let access =
            simulation.facts(bus, EventBusFacts.self)?.usesToken ?? false
            ? Symbol("eventbus-\(facts.eventBusName)-client") : nil
        let name = simulation.tables.name(key)
        let namespace = simulation.tables.namespace(key)
        let word = kind == "Sensor" ? "sensor" : "eventsource"
        let labels = Value.object(of: [
            ("controller", .string("\(word)-controller")), (Symbol("\(word)-name"), Value(name)),
            ("owner-name", Value(name)),
        ])
        // The API server makes the end of the name; the Deployment that is there keeps it.
        let existing = simulation.dependents(of: key, kind: .deployment).first { !simulation.state[$0].isDeleting }
        let manifest: Value = [
            "apiVersion": "apps/v1", "kind": "Deployment",
            "metadata": .object([
                "name": existing.map { Value(simulation.tables.name($0)) },
                "generateName": .string("\(name)-\(word)-"), "namespace": Value(namespace), "labels": labels,
            ]),
            "spec": [
                "replicas": .integer(facts.replicas), "selector": ["matchLabels": labels],
                "template": [
                    "metadata": ["labels": labels],
                    "spec": podSpec(facts, word, namespace, ArgoEvents.image(simulation), access: access),
                ],
            ],
        ]
        guard simulation.ensure(manifest, ownedBy: key) != nil else { return false }
        guard let service = facts.service, kind == "EventSource" else { return true }
        return simulation.ensure(
            [
                "apiVersion": "v1", "kind": "Service",
                "metadata": [
                    "name": .string("\(name)-eventsource-svc"), "namespace": Value(namespace), "labels": labels,
                ],
                "spec": .object([
                    "selector": labels, "ports": service["ports"], "clusterIP": service["clusterIP"],
                ]),
            ], ownedBy: key) != nil
    }

    /// - Parameter access: the Secret with the token of the EventBus.
    private static func podSpec(
        _ facts: EventClientFacts, _ word: String, _ namespace: Symbol, _ image: Symbol, access: Symbol?
    ) -> Value {
        var container: Value = [
            "name": "main", "image": Value(image), "args": [.string("\(word)-service")],
            "env": [
                ["name": "EVENTBUS_SUBJECT", "value": .string("eventbus-\(namespace)")],
                ["name": "POD_NAME", "valueFrom": ["fieldRef": ["fieldPath": "metadata.name"]]],
            ],
            "ports": [["name": "metrics", "containerPort": 7777]],
        ]
        if let extra = facts.template["container"] { container = container.merged(with: extra) }
        var volumes = facts.secrets.map { secret -> Value in
            ["name": .string("secret-\(secret)"), "secret": ["secretName": Value(secret)]]
        }
        var mounts = facts.secrets.map { secret -> Value in
            ["name": .string("secret-\(secret)"), "mountPath": .string("/argo-events/secrets/\(secret)")]
        }
        if let access {
            volumes.append(["name": "auth-volume", "secret": ["secretName": Value(access)]])
            mounts.append(["name": "auth-volume", "mountPath": "/etc/eventbus/auth"])
        }
        if !mounts.isEmpty { container["volumeMounts"] = Value(.array(mounts)) }
        volumes += facts.template["volumes"]?.elements ?? []
        return .object([
            "serviceAccountName": facts.template["serviceAccountName"],
            "imagePullSecrets": facts.template["imagePullSecrets"],
            "containers": [container], "volumes": volumes.isEmpty ? .none : Value(.array(volumes)),
        ])
    }
}
