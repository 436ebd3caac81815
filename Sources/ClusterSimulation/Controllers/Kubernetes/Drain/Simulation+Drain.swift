/// `kubectl drain`: cordons a node, evicts its Pods, and asks again for what is refused until nothing is left.
///
/// Source: `staging/src/k8s.io/kubectl/pkg/drain/drain.go`, and its words.
extension Simulation {
    /// Between two tries for a Pod that may not go yet.
    private static let drainPeriod = SimulationTime.Span.seconds(5)

    /// Starts to drain a node as its admin.
    ///
    /// - Returns: what `kubectl` complains about at once. That a Pod may not go yet is among it; the drain goes on.
    package mutating func drain(_ node: ObjectKey, _ options: DrainOptions) -> [String] {
        let name = tables.name(node)
        guard state.exists(node) else { return ["Error from server (NotFound): nodes \"\(name)\" not found"] }
        if case .failure(let error) = cordon(node) {
            return ["error: unable to cordon node \"\(name)\": \(error.message)"]
        }
        memory.drains.drains.removeAll { $0.node == node && !$0.failure.isEmpty }
        let (pods, problems) = DrainSelection.pods(self, on: name, options)
        var drain = Drain(
            node: node, options: options, started: now,
            pods: pods.map { DrainedPod(key: $0, uid: state[$0].uid) }, lastTry: now)
        var complaints: [String] = []
        if problems.isEmpty {
            complaints = tryPods(of: &drain)
            finish(&drain)
        } else {
            drain.pods = []
            fail(&drain, problems)
        }
        if !drain.failure.isEmpty {
            complaints.append("error: unable to drain node \"\(name)\" due to error: \(drain.failure)")
        }
        if !drain.pods.isEmpty || !drain.failure.isEmpty { memory.drains.drains.append(drain) }
        schedule(drain)
        touch(node, .node, .status)
        return complaints
    }

    private mutating func cordon(_ node: ObjectKey) -> Result<ObjectKey, APIError> {
        let tables = tables
        return update(node, as: .admin, verb: "patch") { draft in
            var body = tables.body(draft.body).value
            var spec = body["spec"] ?? Value(.object([]))
            if spec["unschedulable"]?.boolean == true { return }
            spec["unschedulable"] = true
            body["spec"] = spec
            draft.body = tables.body(kind: .node, body)
        }
    }

    /// Goes on with the drains of a node after something has changed, or when they try again.
    mutating func continueDrains(of node: ObjectKey) {
        var drains = memory.drains.drains
        for index in drains.indices where drains[index].node == node && drains[index].failure.isEmpty {
            forgetGonePods(of: &drains[index])
            if let deadline = drains[index].deadline, now >= deadline {
                fail(&drains[index], timeouts(of: drains[index]))
            } else if isDue(&drains[index]) {
                _ = tryPods(of: &drains[index])
            }
            finish(&drains[index])
            schedule(drains[index])
        }
        let isCordoned = facts(node, NodeFacts.self)?.isUnschedulable ?? false
        drains.removeAll { $0.failure.isEmpty ? $0.pods.isEmpty : $0.node == node && !isCordoned }
        memory.drains.drains = drains
        touch(node, .node, .status)
    }

    /// Whether the Pods that may not go yet are asked for now. Tries between which nothing has changed are left out:
    /// what wakes the drain has it try at the next multiple of the period.
    private func isDue(_ drain: inout Drain) -> Bool {
        guard drain.pods.contains(where: { $0.progress == .refused }) else { return false }
        if drain.nextTry == .never {
            let period = Self.drainPeriod.milliseconds
            let passed = (now - drain.started).milliseconds + period - 1
            let next = drain.started + .milliseconds(passed / period * period)
            drain.nextTry = max(next, drain.lastTry + Self.drainPeriod)
        }
        return now >= drain.nextTry
    }

    /// Looks at a drain again when it tries next, or gives up.
    private mutating func schedule(_ drain: Drain) {
        guard drain.failure.isEmpty, !drain.pods.isEmpty else { return }
        let times = [drain.nextTry == .never ? nil : drain.nextTry, drain.deadline].compactMap { $0 }
        if let next = times.min() { requeue(NodeDrain.name, drain.node, after: next - now) }
    }

    // MARK: Pods

    /// Asks for the end of every Pod that is not going yet; returns the complaints.
    private mutating func tryPods(of drain: inout Drain) -> [String] {
        drain.lastTry = now
        drain.nextTry = .never
        var complaints: [String] = []
        for index in drain.pods.indices where drain.pods[index].progress == .refused {
            let pod = drain.pods[index].key
            guard state.exists(pod), state[pod].uid == drain.pods[index].uid else { continue }
            let budgets = drain.options.disablesEviction ? [] : disruptionBudgets(of: pod)
            let options = DeleteOptions(gracePeriodSeconds: drain.options.gracePeriodSeconds)
            let result =
                drain.options.disablesEviction ? delete(pod, as: .admin, options) : evict(pod, as: .admin, options)
            drain.pods[index].budgets = []
            drain.pods[index].refusal = .empty
            guard case .failure(let error) = result else {
                drain.pods[index].progress = .going
                continue
            }
            if error.code == 404 { continue }
            drain.pods[index].cause = lastTraceID
            drain.pods[index].budgets = budgets
            drain.pods[index].refusal = Symbol(error.evictionText)
            let name = "pods/\"\(tables.name(pod))\" -n \"\(tables.namespace(pod))\""
            switch progress(after: error, pod) {
            case .going: drain.pods[index].progress = .going
            case .refused: complaints.append("error when evicting \(name) (will retry after 5s): \(error.message)")
            case .failed:
                drain.pods[index].progress = .failed
                drain.pods[index].refusal = Symbol("error when evicting \(name): \(error.message)")
            }
        }
        forgetGonePods(of: &drain)
        return complaints
    }

    /// What a drain does after a refusal: a budget may allow it later; where the namespace goes, so does the Pod.
    private func progress(after error: APIError, _ pod: ObjectKey) -> DrainedPod.Progress {
        if error.code == 429 { return .refused }
        if error.causes.contains(where: { $0.reason == Self.namespaceTerminating }) {
            return state[pod].isDeleting ? .going : .refused
        }
        return .failed
    }

    private func forgetGonePods(of drain: inout Drain) {
        drain.pods.removeAll { pod in
            pod.progress != .failed && (!state.exists(pod.key) || state[pod.key].uid != pod.uid)
        }
    }

    // MARK: The end

    /// Ends a drain of which nothing is left but Pods that will not go.
    private mutating func finish(_ drain: inout Drain) {
        if !drain.failure.isEmpty { return }
        let failed = drain.pods.filter { $0.progress == .failed }
        // Without evictions the first refusal ends it.
        if !failed.isEmpty, failed.count == drain.pods.count || drain.options.disablesEviction {
            fail(&drain, failed.map(\.refusal.text))
        }
    }

    private mutating func fail(_ drain: inout Drain, _ problems: [String]) {
        let text = problems.count == 1 ? problems[0] : "[\(problems.joined(separator: ", "))]"
        drain.failure = Symbol(text)
        drain.nextTry = .never
        record(.refuse, drain.node, by: Caller.admin.user, detail: Symbol("unable to drain: \(text)"))
    }

    private func timeouts(of drain: Drain) -> [String] {
        let timeout = GoDuration.text(drain.options.timeout ?? .milliseconds(0))
        return drain.pods.map { pod in
            let name = tables.name(pod.key)
            let namespace = tables.namespace(pod.key)
            switch pod.progress {
            case .failed: return pod.refusal.text
            case .refused:
                return "error when evicting pods/\"\(name)\" -n \"\(namespace)\": global timeout reached: \(timeout)"
            case .going:
                return "error when waiting for pod \"\(name)\" in namespace \"\(namespace)\" to terminate: "
                    + "global timeout reached: \(timeout)"
            }
        }
    }
}

/// Wakes the drains of nodes: what an eviction is answered depends on the Pod and on the budgets that cover it.
enum NodeDrain {
    static let name: Symbol = "kubectl-drain"

    static let controller = Controller(
        name,
        watches: [
            Watch(.podDisruptionBudget, .function(budgetChanged)),
            Watch(.pod, .function(podChanged), changes: [.labels, .status, .deleting, .removed]),
            Watch(.node, .function(nodeChanged), changes: [.body, .removed]),
        ],
        reconcile: { simulation, node in simulation.continueDrains(of: node) })

    private static func budgetChanged(_ simulation: Simulation, _ budget: ObjectKey, _ body: (ObjectKey) -> Void) {
        let namespace = simulation.tables.namespace(budget)
        for drain in simulation.memory.drains.drains
        where drain.pods.contains(where: { simulation.tables.namespace($0.key) == namespace }) {
            body(drain.node)
        }
    }

    /// A failed drain is forgotten when its node is uncordoned, or gone.
    private static func nodeChanged(_ simulation: Simulation, _ node: ObjectKey, _ body: (ObjectKey) -> Void) {
        if simulation.memory.drains.drains.contains(where: { $0.node == node }) { body(node) }
    }

    private static func podChanged(_ simulation: Simulation, _ pod: ObjectKey, _ body: (ObjectKey) -> Void) {
        for drain in simulation.memory.drains.drains where drain.pods.contains(where: { $0.key == pod }) {
            body(drain.node)
        }
    }
}
