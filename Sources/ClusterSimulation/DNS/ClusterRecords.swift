/// What the cluster's state gives for one name: the rows from which answers are made.
///
/// Source of all rules: CoreDNS `plugin/kubernetes`, restated in specs/coredns.md (numbers of its sections below).
struct ClusterRecords {
    let simulation: Simulation
    let settings: CoreDNSSettings

    /// One address and port, or the name that an ExternalName Service stands for.
    struct Row {
        enum Target {
            case address(IPAddress)
            case name(String)
        }

        var target: Target
        /// -1 for a Service or slice without ports: it has addresses and no SRV.
        var port: Int
        /// Labels left of the zone of the name that an SRV record points to.
        var owner: String
    }

    /// The rows of a name; empty where it exists without any; nil where there is no such name.
    func rows(_ name: ClusterName) -> [Row]? {
        guard let branch = name.branch else { return [] }
        if branch == .pod, settings.podMode == .disabled { return nil }
        let namespace = Symbol(name.namespace)
        guard isExposed(namespace) else { return nil }
        if name.service.isEmpty { return [] }
        return branch == .pod ? podRows(name, namespace) : serviceRows(name, namespace)
    }

    /// Whether a namespace's names answer: it exists, Terminating or not, and is one of those that are served (3.1).
    func isExposed(_ namespace: Symbol) -> Bool {
        let exposed = settings.exposedNamespaces
        return simulation.state.exists(simulation.tables.key(.namespace, .empty, namespace))
            && (exposed.isEmpty || exposed.contains(namespace))
    }

    // MARK: Services

    private func serviceRows(_ name: ClusterName, _ namespace: Symbol) -> [Row]? {
        let key = simulation.tables.key(.service, namespace, Symbol(name.service))
        guard simulation.state.exists(key), let facts = simulation.facts(key, ServiceFacts.self) else { return nil }
        let owner = "\(name.service).\(name.namespace).svc"
        if facts.type == .externalName {
            // Neither endpoints nor ports (6.5), and no addresses in the place of a name (6.6).
            guard name.endpoint.isEmpty, name.port.isEmpty, name.transport.isEmpty, name.preference == nil,
                !facts.externalName.isEmpty, IPAddress(facts.externalName.text) == nil
            else { return nil }
            return [Row(target: .name(DNSQuestion(facts.externalName.text, .a).name), port: 0, owner: owner)]
        }
        if facts.isHeadless || !name.endpoint.isEmpty { return endpointRows(name, of: key, owner) }
        if name.preference != nil { return nil }
        if settings.ignoresEmptyServices, !slices(of: key).contains(where: \.hasReady) { return nil }
        var rows: [Row] = []
        var isKnown = false
        for port in facts.ports.isEmpty ? [nil] : facts.ports.map(Optional.init)
        where name.matches(port: port?.name ?? .empty, transport: port?.transport ?? .empty) {
            isKnown = true
            for address in facts.clusterIPs.compactMap({ IPAddress($0.text) }) {
                rows.append(Row(target: .address(address), port: port?.port ?? -1, owner: owner))
            }
        }
        return isKnown ? rows : nil
    }

    /// The EndpointSlices of a Service, oldest first (5.1).
    func slices(of service: ObjectKey) -> [EndpointSliceFacts] {
        var slices: [EndpointSliceFacts] = []
        simulation.state.forEachReferrer(of: service) { link in
            guard link.type == .endpointsOf, let facts = simulation.facts(link.source, EndpointSliceFacts.self) else {
                return
            }
            slices.append(facts)
        }
        return slices.reversed()
    }

    /// Ready endpoints by address and port (5.3, 5.4); nil where there is none.
    private func endpointRows(_ name: ClusterName, of service: ObjectKey, _ owner: String) -> [Row]? {
        var rows: [Row] = []
        var others: [Row] = []
        for slice in slices(of: service) {
            let ports = slice.ports.filter { name.matches(port: $0.name, transport: $0.transport) }.map(\.number)
            let isPortless = slice.ports.isEmpty && name.matches(port: .empty, transport: .empty)
            for endpoint in slice.endpoints where endpoint.isReady {
                for address in endpoint.addresses {
                    let label = self.label(address, endpoint)
                    guard name.endpoint.isEmpty || name.endpoint == label.lowercased() else { continue }
                    let found = (isPortless ? [-1] : ports).map {
                        Row(target: .address(address), port: $0, owner: "\(label).\(owner)")
                    }
                    let isInZone = name.preference == nil || endpoint.zone.text.lowercased() == name.topologyZone
                    if isInZone { rows += found } else { others += found }
                }
            }
        }
        guard !rows.isEmpty || !others.isEmpty else { return nil }
        return rows.isEmpty && name.preference == .prefer ? others : rows
    }

    /// The name of an endpoint's address below its Service.
    func label(_ address: IPAddress, _ endpoint: EndpointSliceFacts.Endpoint) -> String {
        EndpointName.of(
            address, hostname: endpoint.hostname, pod: endpoint.pod, byPod: settings.namesEndpointsByPod)
    }

    // MARK: Pods

    /// A Pod by its address (11).
    private func podRows(_ name: ClusterName, _ namespace: Symbol) -> [Row]? {
        guard let address = EndpointName.address(name.service) else { return nil }
        let row = Row(target: .address(address), port: -1, owner: "\(name.service).\(name.namespace).pod")
        if settings.podMode == .insecure { return [row] }
        for pod in simulation.objects(of: .pod, in: namespace) where !simulation.state[pod].isDeleting {
            guard let state = simulation.podState(pod), !state.phase.isTerminal,
                IPAddress(state.address.text) == address
            else { continue }
            return [row]
        }
        return nil
    }

    // MARK: Names of addresses

    /// Labels left of the zone of the names that an address has (8.2): of the first Service with that cluster IP, else of
    /// every ready endpoint.
    func names(of address: IPAddress) -> [String] {
        let tables = simulation.tables
        var names: [String] = []
        simulation.forEach(.service) { key in
            guard names.isEmpty, isServed(tables.namespace(key)), let facts = simulation.facts(key, ServiceFacts.self),
                facts.clusterIPs.contains(where: { IPAddress($0.text) == address })
            else { return }
            names.append("\(tables.name(key)).\(tables.namespace(key)).svc")
        }
        if !names.isEmpty { return names }
        simulation.forEach(.endpointSlice) { key in
            guard isServed(tables.namespace(key)), let service = simulation.label(key, "kubernetes.io/service-name"),
                let facts = simulation.facts(key, EndpointSliceFacts.self)
            else { return }
            for endpoint in facts.endpoints where endpoint.isReady && endpoint.addresses.contains(address) {
                let name = "\(label(address, endpoint)).\(service).\(tables.namespace(key)).svc"
                if !names.contains(name) { names.append(name) }
            }
        }
        return names
    }

    /// Reverse answers look at the `namespaces` option alone (8.3).
    private func isServed(_ namespace: Symbol) -> Bool {
        settings.exposedNamespaces.isEmpty || isExposed(namespace)
    }

    /// Names and addresses of the Services in front of CoreDNS; where it is no endpoint of any, its own (9.3).
    func nameServers() -> [(name: String, address: IPAddress)] {
        let tables = simulation.tables
        var servers: [(name: String, address: IPAddress)] = []
        var isEndpoint = false
        for local in settings.localAddresses {
            for slice in simulation.objects(of: .endpointSlice) {
                guard let facts = simulation.facts(slice, EndpointSliceFacts.self),
                    facts.endpoints.contains(where: { $0.isReady && $0.addresses.contains(local) }),
                    let name = simulation.label(slice, "kubernetes.io/service-name")
                else { continue }
                isEndpoint = true
                let key = tables.key(.service, tables.namespace(slice), name)
                guard let service = simulation.facts(key, ServiceFacts.self) else { continue }
                let owner = "\(name).\(tables.namespace(slice)).svc"
                if service.isHeadless {
                    for endpoint in facts.endpoints where endpoint.isReady {
                        servers += endpoint.addresses.map { ("\(label($0, endpoint)).\(owner)", $0) }
                    }
                } else {
                    servers += service.clusterIPs.compactMap { IPAddress($0.text) }.map { (owner, $0) }
                }
            }
        }
        return !isEndpoint ? settings.localAddresses.map { ("ns.dns", $0) } : servers
    }
}
