/// What the control plane does about a node whose kubelet has stopped reporting.
///
/// After the grace period its conditions are Unknown, it is tainted and its Pods are not ready; Pods that do not
/// tolerate the taint, or no longer, are deleted. Their kubelet does not answer: they stay Terminating until it does.
/// Source: the Kubernetes documentation, "Nodes" and "Taints and Tolerations"; kubernetes/kubernetes#126287 for the
/// grace period. Evictions are not spread over time.
enum NodeLifecycleController {
    static let name: Symbol = "node-lifecycle-controller"

    /// Woken when a node stops or comes back: the reports in between are not modelled.
    static let controller = Controller(name, watches: [], reconcile: reconcile)

    private static let caller = Caller.controller(name)
    private static let taintKey: Symbol = "node.kubernetes.io/unreachable"
    /// What admission gives to Pods that say nothing of the taint (`DefaultTolerationSeconds`).
    private static let defaultToleration = 300

    /// `--node-monitor-grace-period`.
    private static func gracePeriod(_ versions: Versions) -> SimulationTime.Span {
        .seconds(versions.has(.nodeGraceOfFiftySeconds) ? 50 : 40)
    }

    private static func reconcile(_ simulation: inout Simulation, _ node: ObjectKey) {
        guard simulation.state.exists(node) else { return }
        guard let since = simulation.externals.stopTime(ofNode: simulation.tables.name(node)) else {
            NodeConditions.post(&simulation, node, isKnown: true)
            setTaints(&simulation, node, effects: [])
            return
        }
        let lost = since + gracePeriod(simulation.configuration.versions)
        guard simulation.now >= lost else {
            simulation.requeue(name, node, after: lost - simulation.now)
            return
        }
        NodeConditions.post(&simulation, node, isKnown: false)
        markPods(&simulation, on: node)
        // Where no node reports any more, the fault is taken to be the control plane's, and nothing is evicted.
        let othersReport = simulation.objects(of: .node).contains {
            simulation.externals.stopTime(ofNode: simulation.tables.name($0)) == nil
        }
        setTaints(&simulation, node, effects: othersReport ? ["NoSchedule", "NoExecute"] : ["NoSchedule"])
        if othersReport { evict(&simulation, node) }
    }

    private static func markPods(_ simulation: inout Simulation, on node: ObjectKey) {
        for pod in simulation.pods(onNode: simulation.tables.name(node)) {
            guard var state = simulation.podState(pod), state.isReady else { continue }
            state.isReady = false
            state.readySince = simulation.now
            simulation.updateStatus(pod, as: caller, PodStatus(state))
        }
    }

    // MARK: Taints

    private static func setTaints(_ simulation: inout Simulation, _ node: ObjectKey, effects: [Symbol]) {
        let body = simulation.tables.body(simulation.state[node].body).value
        let all = body.at("spec", "taints")?.elements ?? []
        let own = all.filter { $0["key"]?.symbol == taintKey }
        if own.compactMap({ $0["effect"]?.symbol }) == effects { return }
        let time = simulation.now.rfc3339
        let taints =
            all.filter { $0["key"]?.symbol != taintKey }
            + effects.map { effect in
                own.first { $0["effect"]?.symbol == effect }
                    ?? ["key": Value(taintKey), "effect": Value(effect), "timeAdded": .string(time)]
            }
        let tables = simulation.tables
        simulation.update(node, as: caller, verb: "patch") { draft in
            var body = tables.body(draft.body).value
            var spec = body["spec"] ?? Value(.object([]))
            spec["taints"] = taints.isEmpty ? nil : Value(.array(taints))
            body["spec"] = spec
            draft.body = tables.body(kind: .node, body)
        }
    }

    /// When the taint that evicts was set.
    private static func taintTime(_ simulation: Simulation, _ node: ObjectKey) -> SimulationTime {
        let body = simulation.tables.body(simulation.state[node].body).value
        let taint = body.at("spec", "taints")?.elements.first {
            $0["key"]?.symbol == taintKey && $0["effect"]?.symbol == "NoExecute"
        }
        return taint?["timeAdded"]?.text.flatMap(SimulationTime.init(rfc3339:)) ?? simulation.now
    }

    // MARK: Evictions

    private static func evict(_ simulation: inout Simulation, _ node: ObjectKey) {
        let start = taintTime(simulation, node)
        var next: SimulationTime?
        for pod in simulation.pods(onNode: simulation.tables.name(node)) where !simulation.state[pod].isDeleting {
            guard let template = simulation.facts(pod, PodTemplateFacts.self), let seconds = toleration(template) else {
                continue
            }
            let due = start + .seconds(Int64(seconds))
            if due <= simulation.now {
                simulation.delete(pod, as: caller)
            } else {
                next = min(next ?? due, due)
            }
        }
        if let next { simulation.requeue(name, node, after: next - simulation.now) }
    }

    /// For how many seconds a Pod stays on the node: the least of its matching tolerations; nil: for ever.
    private static func toleration(_ template: PodTemplateFacts) -> Int? {
        let taint = NodeFacts.Taint(key: taintKey, value: .empty, effect: "NoExecute")
        let matching = template.tolerations.filter { $0.tolerates(taint) }
        if matching.isEmpty { return defaultToleration }
        return matching.compactMap(\.seconds).min().map { max(0, $0) }
    }
}

/// The conditions of a node's status as its kubelet posts them, and as the control plane writes them when it does not.
private enum NodeConditions {
    /// Type, status, reason and message of a kubelet that is well. Source: the kubelet's own texts.
    private static let well: [(type: Symbol, status: Bool, reason: Symbol, message: Symbol)] = [
        ("MemoryPressure", false, "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
        ("DiskPressure", false, "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
        ("PIDPressure", false, "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
        ("Ready", true, "KubeletReady", "kubelet is posting ready status"),
    ]

    static func post(_ simulation: inout Simulation, _ node: ObjectKey, isKnown: Bool) {
        var status = simulation.state.status(node)?.document ?? Value(.object([]))
        let old = status["conditions"]?.elements ?? []
        let isPosted = old.contains {
            $0["type"]?.symbol == "Ready" && ($0["status"]?.symbol == "Unknown") != isKnown
        }
        if isPosted { return }
        let types = Set(well.map(\.type))
        let others = old.filter { !types.contains($0["type"]?.symbol ?? .empty) }
        status["conditions"] = Value(
            .array(
                others
                    + well.map { entry in
                        isKnown
                            ? condition(
                                type: entry.type, status: entry.status, reason: entry.reason, message: entry.message,
                                at: simulation.now)
                            : condition(
                                type: entry.type, status: nil, reason: "NodeStatusUnknown",
                                message: "Kubelet stopped posting node status.", at: simulation.now)
                    }))
        let caller: Symbol = isKnown ? "kubelet" : NodeLifecycleController.name
        simulation.updateStatus(node, as: .controller(caller), DocumentStatus(status))
    }
}

extension ExternalSystems {
    /// Since when a node's machine is off; nil where it runs.
    func stopTime(ofNode node: Symbol) -> SimulationTime? {
        if stoppedNodes.isEmpty { return nil }
        return stoppedNodes.first { $0.node == node }?.since
    }
}

extension Simulation {
    /// The Pods that are bound to a node, oldest first within each namespace.
    func pods(onNode node: Symbol) -> [ObjectKey] { objects(of: .pod).filter { podState($0)?.node == node } }

    /// A node's machine goes off: its containers are gone at once, and its kubelet tells nobody.
    package mutating func stopNode(_ node: Symbol) {
        guard externals.stopTime(ofNode: node) == nil else { return }
        externals.stoppedNodes.append((node, now))
        for pod in pods(onNode: node) { stopPrograms(of: pod, uid: state[pod].uid) }
        requeue(NodeLifecycleController.name, tables.key(.node, .empty, node), after: .milliseconds(0))
    }

    /// A node's machine comes back: its kubelet starts the containers again, and ends what was deleted meanwhile.
    package mutating func startNode(_ node: Symbol) {
        guard externals.stopTime(ofNode: node) != nil else { return }
        externals.stoppedNodes.removeAll { $0.node == node }
        for pod in pods(onNode: node) {
            // A container that ran when its machine went off has the exit code of one whose end nobody saw.
            endContainer(of: pod, code: 255, message: .empty)
            lookAtPod(pod)
        }
        for other in [node] + externals.stoppedNodes.map(\.node) {
            requeue(NodeLifecycleController.name, tables.key(.node, .empty, other), after: .milliseconds(0))
        }
    }
}
