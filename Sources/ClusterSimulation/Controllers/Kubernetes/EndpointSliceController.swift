/// Writes one EndpointSlice for each Service with a selector: the addresses of its Pods, and which are ready.
///
/// The slice always exists, as with real Services, even without endpoints. Services with more than a hundred Pods have
/// one slice here and several there. Source: recordings, family services.
enum EndpointSliceController {
    static let controller = Controller(
        "endpointslice-controller", latency: .endpoints,
        watches: [
            Watch(.service, changes: [.created, .body, .labels]),
            Watch(.pod, .function(services), changes: [.labels, .status, .deleting, .removed]),
            Watch(.endpointSlice, .owner(.service), changes: [.body, .deleting, .removed]),
        ],
        reconcile: reconcile)

    private static let caller = Caller.controller("endpointslice-controller")

    /// Services that select the Pod; where it is gone, or was relabelled, any of the namespace may have.
    private static func services(_ simulation: Simulation, _ key: ObjectKey, _ body: (ObjectKey) -> Void) {
        let labels = simulation.tables.map(simulation.state[key].labels)
        let exists = simulation.state.exists(key)
        simulation.forEach(.service, in: simulation.tables.namespace(key)) { service in
            guard let facts = simulation.facts(service, ServiceFacts.self), !facts.selector.isEmpty else { return }
            if !exists || facts.selects(labels) || names(simulation, service, key) { body(service) }
        }
    }

    /// Whether a Service's slice lists the Pod.
    private static func names(_ simulation: Simulation, _ service: ObjectKey, _ pod: ObjectKey) -> Bool {
        let name = simulation.tables.name(pod)
        for slice in simulation.dependents(of: service, kind: .endpointSlice) {
            let endpoints = simulation.tables.body(simulation.state[slice].body).value["endpoints"]?.elements ?? []
            if endpoints.contains(where: { $0.at("targetRef", "name")?.symbol == name }) { return true }
        }
        return false
    }

    private static func reconcile(_ simulation: inout Simulation, _ key: ObjectKey) {
        guard simulation.state.exists(key), !simulation.state[key].isDeleting,
            let facts = simulation.facts(key, ServiceFacts.self), !facts.selector.isEmpty,
            facts.type != .externalName
        else { return }
        let tables = simulation.tables
        let body = tables.body(kind: .endpointSlice, content(simulation, key, facts))
        let labels = labels(simulation, key, facts)
        if let slice = simulation.dependents(of: key, kind: .endpointSlice).first {
            simulation.update(slice, as: caller) { draft in
                if !tables.sameContent(draft.body, body) { draft.body = body }
                draft.labels = labels
            }
            return
        }
        var draft = ObjectDraft(kind: .endpointSlice, namespace: tables.namespace(key), name: .empty, body: body)
        draft.generateName = Symbol("\(tables.name(key))-")
        draft.labels = labels
        draft.owners = PodControl.ownership(simulation, by: key)
        simulation.create(draft, as: caller)
    }

    private static func labels(_ simulation: Simulation, _ key: ObjectKey, _ facts: ServiceFacts) -> MapID {
        var labels = simulation.tables.map(simulation.state[key].labels).entries.map { ($0.key, $0.value) }
        labels.append(("endpointslice.kubernetes.io/managed-by", "endpointslice-controller.k8s.io"))
        labels.append(("kubernetes.io/service-name", simulation.tables.name(key)))
        if facts.isHeadless { labels.append(("service.kubernetes.io/headless", .empty)) }
        return simulation.tables.map(labels)
    }

    private static func content(_ simulation: Simulation, _ key: ObjectKey, _ facts: ServiceFacts) -> Value {
        var endpoints: [Value] = []
        var example: PodTemplateFacts?
        for pod in simulation.objects(of: .pod, in: simulation.tables.namespace(key))
        where facts.selects(simulation.tables.map(simulation.state[pod].labels)) {
            guard let state = simulation.podState(pod), !state.address.isEmpty, !state.phase.isTerminal else {
                continue
            }
            let node = simulation.tables.key(.node, .empty, state.node)
            let hasNode = !state.node.isEmpty && simulation.state.exists(node)
            guard hasNode || facts.publishNotReadyAddresses else { continue }
            let template = simulation.facts(pod, PodTemplateFacts.self)
            example = example ?? template
            endpoints.append(endpoint(simulation, key, facts, pod, state, template))
        }
        let ports = facts.ports.compactMap { port(of: $0, example) }
        return .object([
            "addressType": "IPv4",
            "endpoints": endpoints.isEmpty ? nil : Value(.array(endpoints)),
            "ports": ports.isEmpty || endpoints.isEmpty ? nil : Value(.array(ports)),
        ])
    }

    private static func endpoint(
        _ simulation: Simulation, _ service: ObjectKey, _ facts: ServiceFacts, _ pod: ObjectKey, _ state: PodState,
        _ template: PodTemplateFacts?
    ) -> Value {
        let isTerminating = simulation.state[pod].isDeleting
        let serves = state.isReady
        let isReady = facts.publishNotReadyAddresses || (serves && !isTerminating)
        let reference: Value = [
            "kind": "Pod", "name": Value(simulation.tables.name(pod)),
            "namespace": Value(simulation.tables.namespace(pod)),
        ]
        // A Pod's own name in DNS: only below the Service that its spec names as its subdomain.
        let hasName = template?.subdomain == simulation.tables.name(service) && !(template?.hostname.isEmpty ?? true)
        return .object([
            "addresses": [Value(state.address)],
            "conditions": [
                "ready": Value(.boolean(isReady)), "serving": Value(.boolean(serves)),
                "terminating": Value(.boolean(isTerminating)),
            ],
            "hostname": hasName ? template.map { Value($0.hostname) } : nil,
            "nodeName": state.node.isEmpty ? nil : Value(state.node), "targetRef": reference,
        ])
    }

    /// A Service's port as its Pods serve it; nil where no container has a port of the target's name.
    private static func port(of port: ServiceFacts.Port, _ template: PodTemplateFacts?) -> Value? {
        var number = port.targetPort
        if !port.targetName.isEmpty {
            let named = template?.containers.lazy.flatMap(\.ports).first { $0.name == port.targetName }
            guard let named else { return nil }
            number = named.containerPort
        }
        return .object([
            "name": Value(port.name), "port": .integer(number), "protocol": Value(port.transport),
        ])
    }
}
