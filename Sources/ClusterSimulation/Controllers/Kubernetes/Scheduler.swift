/// The scheduler: binds Pods to Nodes.
///
/// Judged are taints, cordons, node selectors, host ports and claims; resource requests and affinities are not.
/// Source: kube-scheduler's filter plugins and their messages.
enum Scheduler {
    static let controllerName: Symbol = "scheduler"

    static let controller = Controller(
        controllerName, latency: .schedule,
        watches: [
            Watch(.pod, .function(changedPod), changes: [.created, .body, .removed]),
            Watch(.node, .function(waitingPods), changes: [.created, .body, .labels]),
            Watch(.persistentVolumeClaim, .function(waitingPods), changes: [.created, .status, .removed]),
        ],
        reconcile: reconcile)

    private static let caller = Caller.controller(controllerName)

    /// The Pod itself, or where one has gone, those for which it may have made room.
    private static func changedPod(_ simulation: Simulation, _ key: ObjectKey, _ body: (ObjectKey) -> Void) {
        if simulation.state.exists(key) {
            body(key)
        } else {
            waitingPods(simulation, key, body)
        }
    }

    private static func waitingPods(_ simulation: Simulation, _ key: ObjectKey, _ body: (ObjectKey) -> Void) {
        simulation.tables.work.visit(simulation.memory.scheduler.waiting.count)
        simulation.memory.scheduler.waiting.keys.forEach(body)
    }

    private static func reconcile(_ simulation: inout Simulation, _ key: ObjectKey) {
        guard simulation.state.exists(key), !simulation.state[key].isDeleting, !simulation.isScheduled(key),
            let template = simulation.facts(key, PodTemplateFacts.self)
        else {
            simulation.memory.scheduler.forget(key)
            return
        }
        if !template.nodeName.isEmpty {
            bind(&simulation, key, template.nodeName)
            return
        }
        if let problem = missingClaim(simulation, key, template) {
            refuse(&simulation, key, problem)
            return
        }
        let ports = template.hostPorts
        // A Pod for one node only, as those of DaemonSets, asks the others for nothing but the words of a refusal.
        if !template.requiredNode.isEmpty {
            let node = simulation.tables.key(.node, .empty, template.requiredNode)
            if simulation.state.exists(node), obstacle(simulation, template, ports, key, node) == nil {
                place(&simulation, key, template, node)
                return
            }
        }
        let nodes = simulation.objects(of: .node)
        // A judgement costs more than a look.
        simulation.tables.work.visit(nodes.count * 4)
        var best: (node: ObjectKey, bound: Int)?
        for node in nodes where obstacle(simulation, template, ports, key, node) == nil {
            let bound = simulation.memory.scheduler.bound[node] ?? 0
            if bound < best?.bound ?? .max { best = (node, bound) }
        }
        guard let node = best?.node else {
            let obstacles = nodes.compactMap { obstacle(simulation, template, ports, key, $0) }
            refuse(&simulation, key, message(obstacles, of: nodes.count))
            return
        }
        place(&simulation, key, template, node)
    }

    /// Binds a Pod to the node that was found, once its claims are bound for that node.
    private static func place(
        _ simulation: inout Simulation, _ key: ObjectKey, _ template: PodTemplateFacts, _ node: ObjectKey
    ) {
        if selectNode(&simulation, key, template, node) {
            bind(&simulation, key, simulation.tables.name(node))
        } else {
            simulation.memory.scheduler.remember(key)
        }
    }

    private static func bind(_ simulation: inout Simulation, _ key: ObjectKey, _ node: Symbol) {
        simulation.memory.scheduler.forget(key)
        var pod = simulation.podState(key) ?? PodState()
        pod.node = node
        pod.reason = .empty
        pod.message = .empty
        simulation.noteBound(key, to: node)
        simulation.updateStatus(key, as: caller, PodStatus(pod))
        simulation.lookAtPod(key)
    }

    private static func refuse(_ simulation: inout Simulation, _ key: ObjectKey, _ message: String) {
        simulation.memory.scheduler.remember(key)
        var pod = simulation.podState(key) ?? PodState()
        let text = Symbol(message)
        if pod.message == text { return }
        pod.reason = "Unschedulable"
        pod.message = text
        simulation.updateStatus(key, as: caller, PodStatus(pod))
    }

    /// `0/3 nodes are available: 1 node(s) …, 2 node(s) ….`
    private static func message(_ obstacles: [String], of count: Int) -> String {
        if count == 0 { return "no nodes available to schedule pods" }
        var counts: [(text: String, count: Int)] = []
        for text in obstacles {
            if let index = counts.firstIndex(where: { $0.text == text }) {
                counts[index].count += 1
            } else {
                counts.append((text, 1))
            }
        }
        let parts = counts.map { "\($0.count) \($0.text)" }.sorted()
        return "0/\(count) nodes are available: \(parts.joined(separator: ", "))."
    }

    /// Why a Pod cannot go to a node; nil where it can.
    private static func obstacle(
        _ simulation: Simulation, _ template: PodTemplateFacts, _ ports: [ContainerFacts.Port], _ key: ObjectKey,
        _ node: ObjectKey
    ) -> String? {
        let labels = simulation.tables.map(simulation.state[node].labels)
        if let facts = simulation.facts(node, NodeFacts.self) {
            if facts.isUnschedulable { return "node(s) were unschedulable" }
            for taint in facts.taints
            where taint.isHard && !template.tolerations.contains(where: { $0.tolerates(taint) }) {
                return "node(s) had untolerated taint {\(taint.key): \(taint.value)}"
            }
        }
        if !template.requiredNode.isEmpty, template.requiredNode != simulation.tables.name(node) {
            return "node(s) didn't match Pod's node affinity/selector"
        }
        for entry in template.nodeSelector where labels[entry.key] != entry.value {
            return "node(s) didn't match Pod's node affinity/selector"
        }
        if !ports.isEmpty, hasConflict(simulation, ports, key, simulation.tables.name(node)) {
            return "node(s) didn't have free ports for the requested pod ports"
        }
        return nil
    }

    private static func hasConflict(
        _ simulation: Simulation, _ ports: [ContainerFacts.Port], _ key: ObjectKey, _ node: Symbol
    ) -> Bool {
        ports.contains { port in
            let holders = simulation.memory.scheduler.holders(of: SchedulerMemory.HostPort(node: node, port))
            return holders.contains { holder in
                guard holder.pod != key, simulation.state[holder.pod].uid == holder.uid,
                    let pod = simulation.podState(holder.pod)
                else { return false }
                return pod.node == node && !pod.phase.isTerminal
            }
        }
    }
}

extension Simulation {
    /// Notes that a Pod has been given a node, with the ports of the node that it takes.
    mutating func noteBound(_ pod: ObjectKey, to node: Symbol) {
        memory.scheduler.bound[tables.key(.node, .empty, node), default: 0] += 1
        let holder = SchedulerMemory.Holder(pod: pod, uid: state[pod].uid)
        for port in facts(pod, PodTemplateFacts.self)?.hostPorts ?? [] {
            let port = SchedulerMemory.HostPort(node: node, port)
            let others = memory.scheduler.holders(of: port).filter { state[$0.pod].uid == $0.uid }
            memory.scheduler.keep(others + [holder], of: port)
        }
    }
}
