/// Keeps one Pod of a DaemonSet on every node that it may run on.
///
/// Source: the DaemonSet documentation. Pods are bound by the scheduler, through an affinity to their node.
enum DaemonSetController {
    static let controllerName: Symbol = "daemonset-controller"

    static let controller = Controller(
        controllerName,
        watches: [
            Watch(.daemonSet, changes: [.created, .body, .labels]),
            Watch(.pod, .owner(.daemonSet), changes: [.created, .labels, .metadata, .status, .deleting, .removed]),
            Watch(.node, .function(allSets), changes: [.created, .body, .labels, .removed]),
            Watch(.serviceAccount, .function(setsOfNamespace), changes: .created),
        ],
        reconcile: reconcile)

    private static let caller = Caller.controller(controllerName)

    private static func allSets(_ simulation: Simulation, _ key: ObjectKey, _ body: (ObjectKey) -> Void) {
        simulation.forEach(.daemonSet, in: nil, body)
    }

    private static func setsOfNamespace(_ simulation: Simulation, _ key: ObjectKey, _ body: (ObjectKey) -> Void) {
        simulation.forEach(.daemonSet, in: simulation.tables.namespace(key), body)
    }

    private static func reconcile(_ simulation: inout Simulation, _ key: ObjectKey) {
        let row = simulation.state[key]
        guard row.exists, let facts = simulation.facts(key, WorkloadFacts.self) else { return }
        let nodes = simulation.objects(of: .node).filter { mayRun(simulation, facts.template, on: $0) }
        if !row.isDeleting { advance(&simulation, key, facts, nodes) }
        var status = simulation.workloadState(key)
        let hash = facts.hashes(simulation).text
        let pods = PodControl.pods(simulation, of: key).filter { simulation.isPodActive($0) }
        status.desired = nodes.count
        status.replicas = pods.count
        status.ready = pods.count { simulation.isPodReady($0) }
        status.available = status.ready
        status.updated = pods.count { simulation.label($0, "controller-revision-hash") == hash }
        status.observedGeneration = simulation.state[key].generation
        simulation.setWorkloadState(key, status, as: caller)
    }

    private static func mayRun(_ simulation: Simulation, _ template: PodTemplateFacts, on node: ObjectKey) -> Bool {
        let labels = simulation.tables.map(simulation.state[node].labels)
        for entry in template.nodeSelector where labels[entry.key] != entry.value { return false }
        // Cordons and node conditions are tolerated by every DaemonSet Pod.
        for taint in simulation.facts(node, NodeFacts.self)?.taints ?? []
        where taint.isHard && !taint.key.text.hasPrefix("node.kubernetes.io/")
            && !template.tolerations.contains(where: { $0.tolerates(taint) })
        {
            return false
        }
        return true
    }

    private static func advance(
        _ simulation: inout Simulation, _ key: ObjectKey, _ facts: WorkloadFacts, _ nodes: [ObjectKey]
    ) {
        let tables = simulation.tables
        let hash = facts.hashes(simulation).text
        var pods = PodControl.pods(simulation, of: key)
        if pods.count < nodes.count {
            PodControl.adopt(&simulation, for: key, facts.selector, as: caller)
            pods = PodControl.pods(simulation, of: key)
        }
        let names = Set(nodes.map { tables.name($0) })
        // A Pod that was just deleted still holds its node, until it is gone.
        var isServed: Set<Symbol> = []
        var outdated: [ObjectKey] = []
        var isUpdating = false
        for pod in pods where !simulation.state[pod].isDeleting {
            let node = simulation.facts(pod, PodTemplateFacts.self)?.requiredNode ?? .empty
            if !names.contains(node) || !simulation.isPodActive(pod) {
                simulation.delete(pod, as: caller)
            } else if simulation.label(pod, "controller-revision-hash") != hash {
                outdated.append(pod)
            } else if !simulation.isPodReady(pod) {
                isUpdating = true
            }
        }
        for pod in pods where simulation.state.exists(pod) {
            if let node = simulation.facts(pod, PodTemplateFacts.self)?.requiredNode { isServed.insert(node) }
        }
        for node in nodes where !isServed.contains(tables.name(node)) {
            if !create(&simulation, key, facts, tables.name(node)) { return }
            isUpdating = true
        }
        guard case .rollingUpdate = facts.strategy, !outdated.isEmpty else { return }
        // Pods that are not ready cost nothing; of the others one at a time goes (maxUnavailable 1).
        for pod in outdated where !simulation.isPodReady(pod) { simulation.delete(pod, as: caller) }
        if !isUpdating, !pods.contains(where: { simulation.state[$0].isDeleting }),
            let pod = outdated.first(where: { simulation.isPodReady($0) })
        {
            simulation.delete(pod, as: caller)
        }
    }

    private static func create(
        _ simulation: inout Simulation, _ key: ObjectKey, _ facts: WorkloadFacts, _ node: Symbol
    ) -> Bool {
        let tables = simulation.tables
        var draft = PodControl.draft(simulation, for: key, facts)
        draft.generateName = Symbol("\(tables.name(key))-")
        draft.labels = tables.map(draft.labels, setting: "controller-revision-hash", to: facts.hashes(simulation).text)
        var spec = facts.templateValue["spec"] ?? Value(.object([]))
        let field: Value = ["key": "metadata.name", "operator": "In", "values": [Value(node)]]
        let terms: Value = ["nodeSelectorTerms": [["matchFields": [field]]]]
        var affinity = spec["affinity"] ?? Value(.object([]))
        affinity["nodeAffinity"] = ["requiredDuringSchedulingIgnoredDuringExecution": terms]
        spec["affinity"] = affinity
        var tolerations = spec["tolerations"]?.elements ?? []
        for name in ["not-ready", "unreachable", "disk-pressure", "memory-pressure", "pid-pressure", "unschedulable"] {
            tolerations.append(["key": .string("node.kubernetes.io/\(name)"), "operator": "Exists"])
        }
        spec["tolerations"] = Value(.array(tolerations))
        draft.body = tables.body(kind: .pod, ["spec": spec])
        if case .failure = simulation.create(draft, as: caller) {
            simulation.retry(controllerName, key)
            return false
        }
        return true
    }
}
