/// What an EventBus says.
package final class EventBusFacts: @unchecked Sendable {
    package enum Backend: Sendable, Equatable { case nativeNATS, exoticNATS, jetStream, exoticJetStream, kafka, none }

    package let backend: Backend
    /// `spec.nats.native`.
    let native: Value
    /// Whether clients need the token that the EventBus' own Secret holds.
    var usesToken: Bool { backend == .nativeNATS && native["auth"]?.symbol == "token" }

    static func analyse(_ body: Value, _ tables: ClusterTables) -> Analysis.Result {
        Analysis.Result(facts: EventBusFacts(body))
    }

    init(_ body: Value) {
        let spec = body["spec"]
        native = spec?.at("nats", "native") ?? nil
        if spec?.at("nats", "native") != nil {
            backend = .nativeNATS
        } else if spec?.at("nats", "exotic") != nil {
            backend = .exoticNATS
        } else if spec?["jetstream"] != nil {
            backend = .jetStream
        } else if spec?["jetstreamExotic"] != nil {
            backend = .exoticJetStream
        } else {
            backend = spec?["kafka"] != nil ? .kafka : .none
        }
    }
}

/// What an EventSource or a Sensor says of its surroundings.
package final class EventClientFacts: @unchecked Sendable {
    /// The EventBus of its own namespace that it uses.
    package let eventBusName: Symbol
    package let replicas: Int
    /// Secrets that it reads: they are mounted into its Pod.
    package let secrets: [Symbol]
    let template: Value
    let service: Value?

    static func analyseEventSource(_ body: Value, _ tables: ClusterTables) -> Analysis.Result {
        analyse(body, tables, isSensor: false)
    }

    static func analyseSensor(_ body: Value, _ tables: ClusterTables) -> Analysis.Result {
        analyse(body, tables, isSensor: true)
    }

    private static func analyse(_ body: Value, _ tables: ClusterTables, isSensor: Bool) -> Analysis.Result {
        let spec = body["spec"] ?? nil
        var references: [Reference] = []
        if !isSensor { collectSecrets(spec, into: &references) }
        let facts = EventClientFacts(spec, secrets: references.map(\.name))
        let eventBus = tables.kindIDDefiningIfNeeded(apiVersion: "argoproj.io/v1alpha1", kind: "EventBus")
        references.append(
            Reference(
                .resource, eventBus, .empty, facts.eventBusName,
                origin: (spec["eventBusName"] ?? spec).origin))
        if let account = spec.at("template", "serviceAccountName"), let name = account.symbol {
            references.append(Reference(.serviceAccount, .serviceAccount, .empty, name, origin: account.origin))
        }
        let eventSource = tables.kindIDDefiningIfNeeded(apiVersion: "argoproj.io/v1alpha1", kind: "EventSource")
        for dependency in spec["dependencies"]?.elements ?? [] {
            guard let source = dependency["eventSourceName"], let name = source.symbol else { continue }
            references.append(Reference(.resource, eventSource, .empty, name, origin: source.origin))
        }
        for trigger in spec["triggers"]?.elements ?? [] {
            for kind in ["k8s", "argoWorkflow"] as [Symbol] {
                let resource = trigger.at("template", kind, "source", "resource")
                guard let place = resource?.at("metadata", "namespace"), let name = place.symbol else { continue }
                references.append(Reference(.namespaceName, .namespace, .empty, name, origin: place.origin))
            }
        }
        return Analysis.Result(facts: facts, references: references)
    }

    /// Every selector of a key of a Secret, wherever the many types of event sources have one: an object of exactly
    /// `name` and `key`. Source: the controller mounts every SecretKeySelector that it finds by reflection.
    private static func collectSecrets(_ value: Value, into references: inout [Reference]) {
        for element in value.elements { collectSecrets(element, into: &references) }
        for field in value.fields {
            let inner = field.value
            if inner.fields.count == 2, let name = inner["name"]?.symbol, inner["key"]?.symbol != nil {
                if field.key.text.lowercased().contains("configmap") { continue }
                if references.contains(where: { $0.name == name }) { continue }
                references.append(
                    Reference(.secret, .secret, .empty, name, origin: inner["name"]?.origin ?? inner.origin))
            } else {
                collectSecrets(inner, into: &references)
            }
        }
    }

    init(_ spec: Value, secrets: [Symbol]) {
        let name = spec["eventBusName"]?.symbol ?? .empty
        eventBusName = name.isEmpty ? "default" : name
        replicas = max(1, spec["replicas"]?.instanceCount ?? 1)
        template = spec["template"] ?? nil
        service = spec["service"]
        self.secrets = secrets
    }
}

/// Names that the Argo Events controllers share.
enum ArgoEvents {
    static let group: Symbol = "argoproj.io"
    static let program: Symbol = "argo-events-controller"

    static func kind(_ tables: ClusterTables, _ name: Symbol) -> KindID {
        tables.kindIDDefiningIfNeeded(apiVersion: "argoproj.io/v1alpha1", kind: name)
    }

    /// The image of event sources and sensors: `ARGO_EVENTS_IMAGE` of the controller.
    static func image(_ simulation: Simulation) -> Symbol {
        guard let instance = simulation.currentInstance else { return "quay.io/argoproj/argo-events:latest" }
        let spec = simulation.tables.body(simulation.state[instance.pod].body).value["spec"]
        for container in spec?["containers"]?.elements ?? [] {
            for variable in container["env"]?.elements ?? [] where variable["name"]?.symbol == "ARGO_EVENTS_IMAGE" {
                if let image = variable["value"]?.symbol { return image }
            }
        }
        return "quay.io/argoproj/argo-events:latest"
    }

    /// Whether an EventBus is set up, which says nothing of its Pods.
    static func isReady(_ simulation: Simulation, eventBus: ObjectKey) -> Bool {
        simulation.isTrue(eventBus, "Deployed") && simulation.isTrue(eventBus, "Configured")
    }

    /// What an EventBus offers its clients; empty where it has no Service of its own.
    static func service(_ simulation: Simulation, eventBus: ObjectKey) -> ObjectKey? {
        guard simulation.facts(eventBus, EventBusFacts.self)?.backend == .nativeNATS else { return nil }
        let name = Symbol("eventbus-\(simulation.tables.name(eventBus))-stan-svc")
        return simulation.tables.key(.service, simulation.tables.namespace(eventBus), name)
    }
}
