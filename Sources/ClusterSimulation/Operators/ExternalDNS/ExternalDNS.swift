/// external-dns: writes a record at its provider for each host that its sources ask for.
///
/// Source: external-dns v0.15, `source`, `plan`, `registry/txt.go` and its flags. At each multiple of `--interval` it
/// compares; here only where something has changed. Left out: what the provider refuses, `--txt-prefix`, other
/// registries than txt and noop, source types beside those below.
enum ExternalDNS {
    static let name: Symbol = "external-dns"

    static let model = ProgramModel(
        name,
        start: { simulation, run in
            for source in sources(run) {
                for kind in source.kinds(simulation.tables) {
                    if let problem = problem(simulation, kind, run) { return .exits(code: 1, message: problem) }
                }
            }
            return .runs()
        },
        watchedNamespace: { _, run in Symbol(run.option("namespace") ?? "") })

    static let controller = Operator.controller(
        name, program: name,
        watches: [
            Watch(.service, changes: [.created, .body, .metadata, .status, .removed]),
            Watch(.ingress, changes: [.created, .body, .metadata, .status, .removed]),
            Watch(
                group: GatewayAPI.group, kind: "HTTPRoute", changes: [.created, .body, .metadata, .status, .removed]),
            Watch(
                group: GatewayAPI.group, kind: "GRPCRoute", changes: [.created, .body, .metadata, .status, .removed]),
            Watch(group: GatewayAPI.group, kind: "Gateway", .function(routes), changes: [.body, .metadata, .status]),
        ],
        reconcile: reconcile)

    /// What `--source` names.
    enum Source: CaseIterable {
        case service, ingress, httpRoute, grpcRoute

        var flag: String {
            switch self {
            case .service: "service"
            case .ingress: "ingress"
            case .httpRoute: "gateway-httproute"
            case .grpcRoute: "gateway-grpcroute"
            }
        }

        /// The kinds whose informers it starts.
        func kinds(_ tables: ClusterTables) -> [KindID] {
            switch self {
            case .service: [.service]
            case .ingress: [.ingress]
            case .httpRoute: [GatewayAPI.kind(tables, "Gateway"), .namespace, GatewayAPI.kind(tables, "HTTPRoute")]
            case .grpcRoute: [GatewayAPI.kind(tables, "Gateway"), .namespace, GatewayAPI.kind(tables, "GRPCRoute")]
            }
        }
    }

    private static func sources(_ run: ContainerRun) -> [Source] {
        Source.allCases.filter { values(run, "source").contains($0.flag) }
    }

    /// The values of an option that may be given several times.
    private static func values(_ run: ContainerRun, _ name: String) -> [String] {
        run.words.compactMap { $0.hasPrefix("--\(name)=") ? String($0.dropFirst(name.count + 3)) : nil }
    }

    /// Informers that do not start end the process.
    private static func problem(_ simulation: Simulation, _ kind: KindID, _ run: ContainerRun) -> Symbol? {
        let resource = simulation.kind(kind)
        guard simulation.isServed(kind) else { return Symbol("the server could not find the requested resource") }
        do throws(APIError) {
            let namespace = resource.namespaced ? Symbol(run.option("namespace") ?? "") : .empty
            try simulation.authorize(run.caller, "list", kind, namespace, .empty)
            return nil
        } catch {
            return Symbol("failed to sync \(resource.plural): \(error.message)")
        }
    }

    private static func routes(_ simulation: Simulation, _ gateway: ObjectKey, _ body: (ObjectKey) -> Void) {
        simulation.state.forEachReferrer(of: gateway) { if $0.type == .resource { body($0.source) } }
    }

    // MARK: Comparing

    /// The options of the instance that is reconciling.
    private static func run(_ simulation: Simulation) -> ContainerRun? {
        guard let pod = simulation.currentInstance?.pod, simulation.state.exists(pod),
            let template = simulation.facts(pod, PodTemplateFacts.self),
            let container = template.containers.first(where: { container in
                container.arguments.contains { $0.text.hasPrefix("--source=") }
            })
        else { return nil }
        return ContainerRun(
            pod: pod, podName: simulation.tables.name(pod), namespace: simulation.tables.namespace(pod),
            template: template, container: container)
    }

    private static func reconcile(_ simulation: inout Simulation, _ key: ObjectKey) {
        guard let run = run(simulation) else { return }
        let kind = simulation.tables.kindID(key)
        guard let source = sources(run).first(where: { $0.kinds(simulation.tables).last == kind }) else { return }
        let interval = max(1000, GoDuration(run.option("interval") ?? "1m")?.span.milliseconds ?? 60_000)
        let elapsed = simulation.now.milliseconds % interval
        guard elapsed == 0 else {
            simulation.requeue(name, key, after: .milliseconds(interval - elapsed))
            return
        }
        let filters = values(run, "domain-filter")
        let wanted = ExternalDNSSources.hostnames(simulation, key, source).filter { host in
            filters.isEmpty || filters.contains { host.text == $0 || host.text.hasSuffix(".\($0)") }
        }
        let owner = run.option("registry") == "noop" ? Symbol.empty : Symbol(run.option("txt-owner-id") ?? "default")
        write(&simulation, key, wanted, owner: owner)
        if (run.option("policy") ?? "sync") == "sync" { remove(&simulation, key, wanted, owner: owner) }
    }

    /// Writes what is missing. A record of another owner is left alone, and one that another living source asks for.
    private static func write(
        _ simulation: inout Simulation, _ key: ObjectKey, _ wanted: [Symbol], owner: Symbol
    ) {
        for host in wanted {
            let place = simulation.memory.operators.dnsRecords.firstIndex { $0.hostname == host }
            guard let place else {
                simulation.memory.operators.dnsRecords.append(
                    DNSRecord(hostname: host, owner: owner, source: key, since: simulation.now))
                simulation.record(.write, key, by: name, detail: Symbol("DNS record \(host)"))
                NgrokDomains.recordsChanged(&simulation, host)
                continue
            }
            let record = simulation.memory.operators.dnsRecords[place]
            if record.owner == owner, record.source != key, !simulation.state.exists(record.source) {
                simulation.memory.operators.dnsRecords[place].source = key
                simulation.record(.write, key, by: name, detail: Symbol("DNS record \(host)"))
            }
        }
    }

    private static func remove(
        _ simulation: inout Simulation, _ key: ObjectKey, _ wanted: [Symbol], owner: Symbol
    ) {
        let gone = simulation.memory.operators.dnsRecords.filter {
            $0.source == key && $0.owner == owner && !wanted.contains($0.hostname)
        }
        for record in gone {
            simulation.memory.operators.dnsRecords.removeAll { $0 == record }
            simulation.record(.remove, key, by: name, detail: Symbol("DNS record \(record.hostname)"))
            NgrokDomains.recordsChanged(&simulation, record.hostname)
        }
    }
}
