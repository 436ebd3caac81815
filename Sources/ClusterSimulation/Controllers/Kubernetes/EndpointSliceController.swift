/// Writes the EndpointSlices of each Service with a selector: the addresses of its Pods, and which are ready.
///
/// One slice always exists, as with real Services, even without endpoints; a slice holds a hundred endpoints at the most,
/// and an endpoint stays in its slice. Source: recordings, family services; `--max-endpoints-per-slice` and the
/// reconciler of the endpointslice controller, which fills slices with room before it makes new ones.
enum EndpointSliceController {
    static let controllerName: Symbol = "endpointslice-controller"

    static let controller = Controller(
        controllerName, latency: .endpoints,
        watches: [
            Watch(.service, changes: [.created, .body, .labels]),
            Watch(.pod, .function(services), changes: [.labels, .status, .deleting, .removed]),
            Watch(.pod, .function(formerServices), changes: .labels),
            Watch(.endpointSlice, .owner(.service), changes: [.body, .deleting, .removed]),
        ],
        reconcile: reconcile)

    private static let caller = Caller.controller(controllerName)
    private static let endpointsMax = 100

    /// Services that select the Pod; where it is gone, any of the namespace may have.
    private static func services(_ simulation: Simulation, _ key: ObjectKey, _ body: (ObjectKey) -> Void) {
        let namespace = simulation.tables.namespace(key)
        guard simulation.state.exists(key) else {
            simulation.forEach(.service, in: namespace) { service in
                if simulation.facts(service, ServiceFacts.self)?.selector.isEmpty == false { body(service) }
            }
            return
        }
        let labels = simulation.tables.map(simulation.state[key].labels)
        let services = simulation.memory.labels.services(in: namespace, selecting: labels, simulation.tables)
            .filter { simulation.facts($0, ServiceFacts.self)?.selects(labels) ?? false }
        simulation.tables.work.visit(services.count)
        services.sorted { simulation.state[$0].uid < simulation.state[$1].uid }.forEach(body)
    }

    /// Services that list a Pod which they do not select any more. A Pod without an address was never listed.
    private static func formerServices(_ simulation: Simulation, _ key: ObjectKey, _ body: (ObjectKey) -> Void) {
        guard simulation.state.exists(key), !(simulation.podState(key)?.address.isEmpty ?? true) else { return }
        simulation.forEach(.service, in: simulation.tables.namespace(key)) { service in
            guard let facts = simulation.facts(service, ServiceFacts.self), !facts.selector.isEmpty else { return }
            if names(simulation, service, key) { body(service) }
        }
    }

    /// Whether a Service's slices list the Pod.
    private static func names(_ simulation: Simulation, _ service: ObjectKey, _ pod: ObjectKey) -> Bool {
        let name = simulation.tables.name(pod)
        return simulation.dependents(of: service, kind: .endpointSlice).contains { slice in
            simulation.facts(slice, EndpointSliceFacts.self)?.endpoints.contains { $0.pod == name } ?? false
        }
    }

    private static func reconcile(_ simulation: inout Simulation, _ key: ObjectKey) {
        guard simulation.state.exists(key), !simulation.state[key].isDeleting,
            let facts = simulation.facts(key, ServiceFacts.self), !facts.selector.isEmpty,
            facts.type != .externalName
        else { return }
        let labels = labels(simulation, key, facts)
        let slices = simulation.dependents(of: key, kind: .endpointSlice)
        let found = endpoints(simulation, key, facts)
        let lists = distribute(simulation, found.endpoints, over: slices)
        let ports = ports(facts, found.example)
        for (index, list) in lists.enumerated() {
            // One slice stays for a Service without endpoints.
            if list.isEmpty, index > 0 {
                if index < slices.count { simulation.delete(slices[index], as: caller) }
                continue
            }
            write(&simulation, key, index < slices.count ? slices[index] : nil, list.map(\.value), ports, labels)
        }
    }

    private struct Endpoint {
        var pod: Symbol
        var value: Value
    }

    /// The endpoints of each slice, those of new slices last: who is in a slice stays there, who is new goes to the first
    /// with room.
    private static func distribute(
        _ simulation: Simulation, _ endpoints: [Endpoint], over slices: [ObjectKey]
    ) -> [[Endpoint]] {
        // The usual case has nothing to distribute.
        if endpoints.count <= endpointsMax, slices.count <= 1 { return [endpoints] }
        var places: [Symbol: Int] = [:]
        for (index, slice) in slices.enumerated() {
            for endpoint in simulation.facts(slice, EndpointSliceFacts.self)?.endpoints ?? []
            where places[endpoint.pod] == nil {
                places[endpoint.pod] = index
            }
        }
        var counts = [Int](repeating: 0, count: slices.count)
        for endpoint in endpoints { if let place = places[endpoint.pod] { counts[place] += 1 } }
        var lists = [[Endpoint]](repeating: [], count: max(1, slices.count))
        var room = 0
        for endpoint in endpoints {
            if let place = places[endpoint.pod] {
                lists[place].append(endpoint)
                continue
            }
            while room < counts.count, counts[room] >= endpointsMax { room += 1 }
            if room == counts.count { counts.append(0) }
            if room == lists.count { lists.append([]) }
            counts[room] += 1
            lists[room].append(endpoint)
        }
        return lists
    }

    private static func write(
        _ simulation: inout Simulation, _ key: ObjectKey, _ slice: ObjectKey?, _ endpoints: [Value], _ ports: [Value],
        _ labels: MapID
    ) {
        let tables = simulation.tables
        let content = Value.object([
            "addressType": "IPv4",
            "endpoints": endpoints.isEmpty ? nil : Value(.array(endpoints)),
            "ports": ports.isEmpty || endpoints.isEmpty ? nil : Value(.array(ports)),
        ])
        let body = tables.body(kind: .endpointSlice, content)
        if let slice {
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

    /// The endpoints, oldest Pod first, and a Pod's template by which named ports are found.
    private static func endpoints(
        _ simulation: Simulation, _ key: ObjectKey, _ facts: ServiceFacts
    ) -> (endpoints: [Endpoint], example: PodTemplateFacts?) {
        var endpoints: [Endpoint] = []
        var example: PodTemplateFacts?
        let namespace = simulation.tables.namespace(key)
        let pods = simulation.memory.labels.pods(in: namespace, selectedBy: facts.selector, simulation.tables)
            .sorted { simulation.state[$0].uid < simulation.state[$1].uid }
        simulation.tables.work.visit(pods.count)
        for pod in pods where facts.selects(simulation.tables.map(simulation.state[pod].labels)) {
            guard let state = simulation.podState(pod), !state.address.isEmpty, !state.phase.isTerminal else {
                continue
            }
            let node = simulation.tables.key(.node, .empty, state.node)
            let hasNode = !state.node.isEmpty && simulation.state.exists(node)
            guard hasNode || facts.publishNotReadyAddresses else { continue }
            let template = simulation.facts(pod, PodTemplateFacts.self)
            example = example ?? template
            // What an endpoint's document consists of.
            simulation.tables.work.visit(16)
            endpoints.append(
                Endpoint(
                    pod: simulation.tables.name(pod), value: endpoint(simulation, key, facts, pod, state, template)))
        }
        return (endpoints, example)
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

    /// A Service's ports as its Pods serve them, without those whose target's name no container has.
    private static func ports(_ facts: ServiceFacts, _ template: PodTemplateFacts?) -> [Value] {
        let named = template?.containers.flatMap(\.ports).map { ($0.name, $0.containerPort) } ?? []
        let numbers = Dictionary(named, uniquingKeysWith: { first, _ in first })
        return facts.ports.compactMap { port in
            guard let number = port.targetName.isEmpty ? port.targetPort : numbers[port.targetName] else { return nil }
            return .object([
                "name": Value(port.name), "port": .integer(number), "protocol": Value(port.transport),
            ])
        }
    }
}
