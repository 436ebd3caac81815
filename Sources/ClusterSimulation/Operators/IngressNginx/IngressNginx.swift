/// The ingress-nginx controller: serves its admission webhook, and says in each Ingress where it can be reached.
///
/// Every replica answers the webhook; the leader alone writes.
/// Source: kubernetes/ingress-nginx `cmd/nginx`, `internal/ingress/status`, `internal/ingress/controller/ingressclass`.
enum IngressNginx {
    static let name: Symbol = "ingress-nginx-controller"

    static let program = ProgramModel(
        name, start: start,
        watchedNamespace: { _, run in run.option("watch-namespace").map { Symbol($0) } ?? .empty },
        leaderElection: LeaderElection(
            "ingress-controller-leader", nameOption: "election-id",
            isEnabled: { !$0.flag("disable-leader-election") }, identity: .pod,
            periods: LeaderElection.Periods(
                lease: .seconds(30), renewDeadline: .seconds(15), retry: .milliseconds(7500))))

    static let controllerName: Symbol = "ingress-nginx"

    static let controller = Operator.controller(
        controllerName, program: name,
        watches: [
            Watch(.ingress, changes: [.created, .body, .metadata]),
            Watch(.service, .function(published), changes: [.created, .body, .status, .removed]),
            Watch(.ingressClass, .function(ingresses), changes: [.created, .body, .removed]),
        ],
        reconcile: IngressStatuses.reconcile)

    /// The process ends where the Service that it publishes is not there, and loads its certificate otherwise.
    private static func start(_ simulation: inout Simulation, _ run: ContainerRun) -> ContainerStart {
        if let problem = publishedServiceProblem(simulation, run) {
            return .exits(code: 255, message: Symbol(problem))
        }
        if run.option("validating-webhook") != nil, let file = run.option("validating-webhook-certificate") {
            simulation.serveFile(file, run)
        }
        return .runs()
    }

    private static func publishedServiceProblem(_ simulation: Simulation, _ run: ContainerRun) -> String? {
        guard let service = publishedService(simulation, run) else { return nil }
        let content = simulation.tables.content(service)
        if !simulation.isAllowed(run.caller.user, "get", .service, content.namespace, content.name) {
            return "✖ the cluster seems to be running with a restrictive Authorization mode and the Ingress controller "
                + "does not have the required permissions to operate normally"
        }
        if simulation.state.exists(service) { return nil }
        return "no service with name \(content.name) found in namespace \(content.namespace): "
            + "services \"\(content.name)\" not found"
    }

    /// `--publish-service=namespace/name`.
    static func publishedService(_ simulation: Simulation, _ run: ContainerRun) -> ObjectKey? {
        let parts = (run.option("publish-service") ?? "").split(separator: "/")
        guard parts.count == 2 else { return nil }
        return simulation.tables.key(.service, Symbol(parts[0]), Symbol(parts[1]))
    }

    /// Every Ingress, where the Service is one that a running controller publishes.
    private static func published(_ simulation: Simulation, _ service: ObjectKey, _ body: (ObjectKey) -> Void) {
        let isPublished = simulation.programs.instances(of: name).contains { instance in
            simulation.containerRun(of: instance).map { publishedService(simulation, $0) == service } ?? false
        }
        if isPublished { simulation.forEach(.ingress, body) }
    }

    private static func ingresses(_ simulation: Simulation, _ key: ObjectKey, _ body: (ObjectKey) -> Void) {
        simulation.forEach(.ingress, body)
    }
}

/// Which address ingress-nginx writes into an Ingress.
enum IngressStatuses {
    static func reconcile(_ simulation: inout Simulation, _ key: ObjectKey) {
        guard simulation.state.exists(key), !simulation.state[key].isDeleting,
            let run = simulation.currentInstance.flatMap(simulation.containerRun), isOurs(simulation, key, run)
        else { return }
        let due = simulation.state[key].created + simulation.configuration.latencies[.address]
        if simulation.now < due {
            simulation.requeue(IngressNginx.controllerName, key, after: due - simulation.now)
            return
        }
        guard let addresses = addresses(simulation, run) else { return }
        let old = simulation.state.status(key)?.document.at("loadBalancer", "ingress")?.elements ?? []
        if old == addresses { return }
        let balancer: Value = addresses.isEmpty ? .object([:]) : ["ingress": Value(.array(addresses))]
        simulation.setStatus(key, conditions: [], [("loadBalancer", balancer)])
    }

    /// Whether an Ingress is of this controller's class.
    private static func isOurs(_ simulation: Simulation, _ key: ObjectKey, _ run: ContainerRun) -> Bool {
        if let legacy = simulation.annotation(key, "kubernetes.io/ingress.class") {
            return legacy == Symbol(run.option("ingress-class") ?? "nginx")
        }
        guard let facts = simulation.facts(key, IngressFacts.self), !facts.className.isEmpty else {
            return run.flag("watch-ingress-without-class")
        }
        let ingressClass = simulation.tables.key(.ingressClass, .empty, facts.className)
        guard simulation.state.exists(ingressClass) else { return false }
        let controller = simulation.tables.body(simulation.state[ingressClass].body).value.at("spec", "controller")
        return controller?.symbol == Symbol(run.option("controller-class") ?? "k8s.io/ingress-nginx")
    }

    /// What is written into every Ingress; nil where the model does not know it (without a published Service, the
    /// addresses of nodes).
    private static func addresses(_ simulation: Simulation, _ run: ContainerRun) -> [Value]? {
        let fixed = run.options("publish-status-address")
        if !fixed.isEmpty { return fixed.map { address($0) } }
        guard let service = IngressNginx.publishedService(simulation, run),
            simulation.state.exists(service), let facts = simulation.facts(service, ServiceFacts.self)
        else { return nil }
        let external =
            (simulation.tables.body(simulation.state[service].body).value.at("spec", "externalIPs")?.symbols
            ?? []).map { address($0.text) }
        switch facts.type {
        case .externalName: return [["hostname": Value(facts.externalName)]]
        case .clusterIP: return [address(facts.clusterIP.text)]
        case .nodePort: return external.isEmpty ? [address(facts.clusterIP.text)] : external
        case .loadBalancer:
            let own = simulation.state.status(service)?.document.at("loadBalancer", "ingress")?.elements ?? []
            let plain = own.map { entry in
                address(entry["ip"]?.text ?? entry["hostname"]?.text ?? "")
            }
            return plain + external.filter { !plain.contains($0) }
        }
    }

    private static func address(_ text: String) -> Value {
        IPAddress(text) != nil ? ["ip": .string(text)] : ["hostname": .string(text)]
    }
}
