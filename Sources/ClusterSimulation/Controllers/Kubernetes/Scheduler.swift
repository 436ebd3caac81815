/// The scheduler: binds Pods to Nodes.
///
/// Judged are taints, cordons, node selectors, host ports and claims; resource requests and affinities are not.
/// Source: kube-scheduler's filter plugins and their messages.
enum Scheduler {
    static let controller = Controller(
        "scheduler", latency: .schedule,
        watches: [
            Watch(.pod, .function(changedPod), changes: [.created, .body, .removed]),
            Watch(.node, .function(waitingPods), changes: [.created, .body, .labels]),
            Watch(.persistentVolumeClaim, .function(waitingPods), changes: [.created, .status, .removed]),
        ],
        reconcile: reconcile)

    private static let caller = Caller.controller("scheduler")

    /// The Pod itself, or where one has gone, those for which it may have made room.
    private static func changedPod(_ simulation: Simulation, _ key: ObjectKey, _ body: (ObjectKey) -> Void) {
        if simulation.state.exists(key) {
            body(key)
        } else {
            waitingPods(simulation, key, body)
        }
    }

    private static func waitingPods(_ simulation: Simulation, _ key: ObjectKey, _ body: (ObjectKey) -> Void) {
        simulation.memory.scheduler.waiting.forEach(body)
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
        let nodes = simulation.objects(of: .node)
        let judged = nodes.map { ($0, obstacle(simulation, template, key, $0)) }
        let feasible = judged.filter { $0.1 == nil }.map(\.0)
        guard let node = feasible.min(by: { bound(simulation, $0) < bound(simulation, $1) }) else {
            refuse(&simulation, key, message(judged.compactMap(\.1), of: nodes.count))
            return
        }
        if selectNode(&simulation, key, template, node) {
            bind(&simulation, key, simulation.tables.name(node))
        } else {
            simulation.memory.scheduler.remember(key)
        }
    }

    private static func bound(_ simulation: Simulation, _ node: ObjectKey) -> Int {
        simulation.memory.scheduler.bound[node] ?? 0
    }

    private static func bind(_ simulation: inout Simulation, _ key: ObjectKey, _ node: Symbol) {
        simulation.memory.scheduler.forget(key)
        var pod = simulation.podState(key) ?? PodState()
        pod.node = node
        pod.reason = .empty
        pod.message = .empty
        simulation.memory.scheduler.bound[simulation.tables.key(.node, .empty, node), default: 0] += 1
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
        _ simulation: Simulation, _ template: PodTemplateFacts, _ key: ObjectKey, _ node: ObjectKey
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
        let ports = template.hostPorts
        if !ports.isEmpty, hasConflict(simulation, ports, key, simulation.tables.name(node)) {
            return "node(s) didn't have free ports for the requested pod ports"
        }
        return nil
    }

    private static func hasConflict(
        _ simulation: Simulation, _ ports: [ContainerFacts.Port], _ key: ObjectKey, _ node: Symbol
    ) -> Bool {
        var conflict = false
        simulation.forEach(.pod) { other in
            guard !conflict, other != key, let facts = simulation.facts(other, PodTemplateFacts.self) else { return }
            let taken = facts.hostPorts
            guard !taken.isEmpty, let pod = simulation.podState(other), pod.node == node, !pod.phase.isTerminal
            else { return }
            conflict = ports.contains { port in
                taken.contains { $0.hostPort == port.hostPort && $0.transport == port.transport }
            }
        }
        return conflict
    }
}
