extension Invariant {
    /// A drain of a node ends, and leaves the node empty.
    static let drainsComplete = Invariant(
        "drains-complete", .eventually,
        title: "A node that is drained is empty within the bound",
        predicate: "is not drained",
        explainedBy: ["workloads-become-available"],
        grace: .minutes(10),
        reads: [.subjects(.kind(.node))],
        page: Page(
            rule: """
                `kubectl drain` evicts Pods, and asks again every five seconds for one that its PodDisruptionBudget \
                does not let go. A budget that allows no disruption while everything is well never lets one go \
                (Kubernetes documentation, "Safely Drain a Node"; recordings, family disruption).
                """,
            incident: """
                kubernetes/kubernetes#66811: a Deployment of one replica and a budget of `minAvailable: 1` kept every \
                drain from ending.
                """,
            symptom: """
                `kubectl drain` repeats "Cannot evict pod as it would violate the pod's disruption budget"; \
                `kubectl get pdb` says ALLOWED DISRUPTIONS 0.
                """,
            remedy: """
                Run one Pod more than the budget needs, or have the budget allow one to be missing \
                (`maxUnavailable: 1`); make Pods ready that are not; let one budget cover a Pod.
                """)
    ) { simulation, node in
        guard let drain = simulation.memory.drains.drains.last(where: { $0.node == node }) else { return .holds }
        var fingerprint = StableHash()
        fingerprint.combine(drain.failure.stableHash)
        for pod in drain.pods {
            fingerprint.combine(UInt64(pod.key.index))
            fingerprint.combine(pod.refusal.stableHash)
        }
        let isUnderWay = drain.failure.isEmpty && !drain.pods.contains { $0.progress != .going }
        return .violated(
            Evidence(fingerprint: fingerprint.value, isWeak: isUnderWay) { explain($0, drain) })
    }

    private static func explain(_ simulation: Simulation, _ drain: Drain) -> Explanation {
        let node = simulation.tables.name(drain.node)
        guard let pod = drain.pods.first(where: { $0.progress == .refused }) ?? drain.pods.first else {
            return Explanation(
                "node \(node) is not drained: \(drain.failure)", remedy: "give the drain the option that it asks for")
        }
        let name = simulation.tables.describe(pod.key)
        let others = drain.pods.count > 1 ? ", and for \(drain.pods.count - 1) more" : ""
        let waiting = pod.progress == .going ? "the end of \(name)\(others)" : "\(name)\(others): \(pod.refusal)"
        var message = "the drain of node \(node) waits for \(waiting)"
        if !drain.failure.isEmpty {
            message = "node \(node) is not drained: \(drain.failure)"
            if pod.progress != .failed { message += "; it waited for \(waiting)" }
        }
        var explanation = Explanation(
            message,
            remedy: "look at what keeps \(name): its finalizers, its grace period, its kubelet")
        if pod.progress == .going { return explanation }
        explanation.remedy = remedy(simulation, pod)
        explanation.cause = pod.cause
        if let budget = pod.budgets.first, simulation.state.exists(budget) {
            explanation.origin = simulation.manifestOrigin(of: budget)
        }
        for pod in drain.pods where pod.progress != .going {
            guard let workload = WorkloadPods.workload(simulation, of: pod.key),
                !explanation.because.contains(workload)
            else { continue }
            explanation.because.append(workload)
        }
        return explanation
    }

    private static func remedy(_ simulation: Simulation, _ pod: DrainedPod) -> String {
        let budgets = pod.budgets.map { simulation.tables.describe($0) }
        if budgets.isEmpty { return "repair what the refusal names" }
        guard budgets.count == 1 else {
            return "let one PodDisruptionBudget cover \(simulation.tables.describe(pod.key))"
        }
        return "run more Pods than \(budgets[0]) needs, or have it allow one to be missing (maxUnavailable: 1)"
    }
}
