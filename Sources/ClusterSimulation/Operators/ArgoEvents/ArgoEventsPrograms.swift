/// The programs of the images of Argo Events and of NATS streaming.
enum ArgoEventsPrograms {
    /// One image with three commands: the controller, and what runs an EventSource or a Sensor.
    ///
    /// Source: argo-events `cmd/commands`: `--namespaced` and `--managed-namespace`, which is `NAMESPACE` unless given,
    /// leader election unless `--leader-election=false`; `controllers/cmd/start.go` for the Lease and the variable.
    static let controller = ProgramModel(
        ArgoEvents.program,
        start: { simulation, run in
            switch command(run) {
            case .eventSource: return startClient(simulation, run, "EventSource", label: "eventsource-name")
            case .sensor: return startClient(simulation, run, "Sensor", label: "sensor-name")
            case .controller:
                if run.container.environment.contains(where: { $0.name == "ARGO_EVENTS_IMAGE" }) { return .runs() }
                return .exits(code: 1, message: "required environment variable 'ARGO_EVENTS_IMAGE' not defined")
            }
        },
        watchedNamespace: { _, run in
            guard run.flag("namespaced") else { return .empty }
            return run.option("managed-namespace").map { Symbol($0) } ?? run.variable("NAMESPACE") ?? "argo-events"
        },
        leaderElection: LeaderElection(
            "argo-events-controller", isEnabled: { $0.option("leader-election") != "false" }))

    private enum Command { case controller, eventSource, sensor }

    private static func command(_ run: ContainerRun) -> Command {
        let words = run.words
        if words.contains("eventsource-service") { return .eventSource }
        return words.contains("sensor-service") ? .sensor : .controller
    }

    /// An EventSource or Sensor connects to its EventBus, and ends where it cannot.
    ///
    /// The five tries of the first seconds are taken together. Once connected it goes on trying whatever happens.
    /// Source: argo-events `eventsources/eventing.go` and `sensors/listener.go`. The real process gets the object and
    /// the EventBus' address in its environment when its Deployment is written; here it looks them up when it starts.
    private static func startClient(
        _ simulation: Simulation, _ run: ContainerRun, _ kind: Symbol, label: Symbol
    ) -> ContainerStart {
        let idle = ContainerStart.runs(controllerPrograms: [])
        guard let name = simulation.label(run.pod, label) else { return idle }
        let tables = simulation.tables
        let object = tables.key(ArgoEvents.kind(tables, kind), run.namespace, name)
        guard let facts = simulation.facts(object, EventClientFacts.self) else { return idle }
        let bus = tables.key(ArgoEvents.kind(tables, "EventBus"), run.namespace, facts.eventBusName)
        guard let service = ArgoEvents.service(simulation, eventBus: bus) else { return idle }
        guard let problem = connectionProblem(simulation, service) else { return idle }
        let action = kind == "Sensor" ? "failed to connect to event bus" : "failed to connect to eventbus"
        return .exits(code: 1, message: Symbol("\(action): \(problem)"))
    }

    /// Why NATS streaming cannot be used under a Service; nil where it can.
    ///
    /// The Service has no address of its own: without ready servers its name has no record. Streaming needs a leader,
    /// whom more than half of the servers elect.
    private static func connectionProblem(_ simulation: Simulation, _ service: ObjectKey) -> String? {
        let ready = simulation.readyEndpoints(service)
        let name = simulation.tables.name(service)
        if ready == 0 { return "dial tcp: lookup \(name): no such host" }
        let servers = Symbol(String(name.text.dropLast("-svc".count)))
        let statefulSet = simulation.tables.key(.statefulSet, simulation.tables.namespace(service), servers)
        let body = simulation.tables.body(simulation.state[statefulSet].body).value
        let replicas = simulation.state.exists(statefulSet) ? body.at("spec", "replicas")?.int32 ?? 1 : ready
        return ready * 2 > replicas ? nil : "stan: connect request timeout"
    }

    /// The server of NATS streaming: it reads its configuration once, when it starts, and ends where that has a fault.
    ///
    /// Source: nats-streaming-server `server/conf.go` for `-sc` and the checks; its main function prints the problem
    /// and exits with 1. Left out: what it finds in its store, and routes to the others, which it tries for ever.
    static let natsStreaming = ProgramModel(
        "nats-streaming",
        start: { simulation, run in
            guard let problem = configurationProblem(simulation, run) else { return .runs() }
            return .exits(code: 1, message: Symbol(problem))
        },
        configurationProblem: configurationProblem)

    private static func configurationProblem(_ simulation: Simulation, _ run: ContainerRun) -> String? {
        guard let path = run.option("sc") ?? run.option("stan_config") else { return nil }
        switch run.file(path, simulation) {
        case .none: return "error opening config file: open \(path): no such file or directory"
        case .secret: return nil
        case .text(let text): return configurationProblem(text, path, simulation, run)
        }
    }

    private static func configurationProblem(
        _ text: String, _ path: String, _ simulation: Simulation, _ run: ContainerRun
    ) -> String? {
        let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        var parser = NATSConfigurationParser(
            text, environment: { run.variable(Symbol($0))?.text },
            include: { included in
                let name = included.hasPrefix("./") ? String(included.dropFirst(2)) : included
                return switch run.file("\(folder)/\(name)", simulation) {
                case .text(let text): text
                // Credentials: nothing of NATS streaming.
                case .secret: ""
                case .none: nil
                }
            })
        do throws(NATSConfigurationParser.Problem) {
            return NATSStreamingOptions.problem(try parser.parse())
        } catch {
            return error.message
        }
    }
}

extension Simulation {
    /// How many ready endpoints a Service has.
    func readyEndpoints(_ service: ObjectKey) -> Int {
        guard state.exists(service) else { return 0 }
        var count = 0
        state.forEachReferrer(of: service) { link in
            guard link.type == .endpointsOf else { return }
            for endpoint in tables.body(state[link.source].body).value["endpoints"]?.elements ?? [] {
                if endpoint.at("conditions", "ready")?.boolean ?? true { count += 1 }
            }
        }
        return count
    }
}
