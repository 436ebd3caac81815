/// The subresource `eviction` of Pods: a deletion that a PodDisruptionBudget may refuse.
///
/// Source: `pkg/registry/core/pod/storage/eviction.go`; recordings, families disruption and subresources. The condition
/// `DisruptionTarget` of the Pod is left out.
extension Simulation {
    /// The API server itself, which writes into a budget what it has allowed.
    private static let server = Caller(user: "system:apiserver", isTrusted: true)
    /// More evictions than that are not allowed before the controller has seen their deletions.
    private static let disruptedPodsMax = 2000

    /// `POST …/eviction` of a Pod: deletes it where its disruption budget allows that. A refusal is an event.
    @discardableResult
    package mutating func evict(
        _ pod: ObjectKey, as caller: Caller, _ options: DeleteOptions = DeleteOptions()
    ) -> Result<ObjectKey, APIError> {
        do throws(APIError) {
            let content = tables.content(pod)
            let kind = self.kind(.pod)
            try authorize(caller, "create", .pod, content.namespace, content.name, subresource: "eviction")
            try admitNamespace(content.namespace, kind, content.name)
            guard state.exists(pod) else { throw APIError.notFound(kind, content.name) }
            if !ignoresBudgets(pod) { try takeFromBudget(pod, content.name) }
            return try .success(delete(pod, as: caller.trusted, options).get())
        } catch {
            record(.refuse, pod, by: caller.user, detail: Symbol(error.evictionText))
            return .failure(error)
        }
    }

    /// Whether a Pod's end is no further loss: it does not run, or is going already.
    private func ignoresBudgets(_ pod: ObjectKey) -> Bool {
        guard let status = podState(pod) else { return true }
        return status.phase != .running || state[pod].isDeleting
    }

    /// Takes one disruption out of the budget of a running Pod.
    private mutating func takeFromBudget(_ pod: ObjectKey, _ name: Symbol) throws(APIError) {
        let budgets = disruptionBudgets(of: pod)
        guard let budget = budgets.first, let facts = facts(budget, DisruptionBudgetFacts.self) else { return }
        // The registry answers this one itself, without the reason that errors have.
        if budgets.count > 1 {
            throw APIError(
                code: 500, reason: "",
                message: "This pod has more than one PodDisruptionBudget, which the eviction subresource does not "
                    + "support.")
        }
        var counts = disruptionBudgetState(budget)
        if !(podState(pod)?.isReady ?? false) {
            // It is not among the healthy ones: its end costs nothing where enough others are.
            if facts.alwaysAllowsUnhealthy { return }
            if counts.desiredHealthy > 0, counts.currentHealthy >= counts.desiredHealthy { return }
        }
        try requireDisruptionAllowed(budget, counts)
        counts.disruptionsAllowed -= 1
        if counts.disruptionsAllowed == 0 { counts.updateCondition(at: now) }
        counts.add(name, at: now)
        _ = try updateStatus(budget, as: Self.server, DisruptionBudgetStatus(counts)).get()
    }

    private func requireDisruptionAllowed(
        _ budget: ObjectKey, _ counts: DisruptionBudgetState
    ) throws(APIError) {
        let name = tables.name(budget)
        if counts.observedGeneration < state[budget].generation {
            throw APIError.disruptionRefused("The disruption budget \(name) is still being processed by the server.")
        }
        let problem: String?
        if counts.disruptionsAllowed < 0 {
            problem = "pdb disruptions allowed is negative"
        } else if counts.disruptedPods.count > Self.disruptedPodsMax {
            problem = "DisruptedPods map too big - too many evictions not confirmed by PDB controller"
        } else {
            problem = nil
        }
        if let problem {
            throw APIError(
                code: 403, reason: "Forbidden",
                message: "poddisruptionbudget.policy \"\(name)\" is forbidden: \(problem)")
        }
        if counts.disruptionsAllowed > 0 { return }
        throw APIError.disruptionRefused(
            "The disruption budget \(name) needs \(counts.desiredHealthy) healthy pods and has "
                + "\(counts.currentHealthy) currently")
    }
}

extension APIError {
    /// 429 of an eviction that a budget does not allow now.
    fileprivate static func disruptionRefused(_ why: String) -> APIError {
        APIError(
            code: 429, reason: "TooManyRequests",
            message: "Cannot evict pod as it would violate the pod's disruption budget.",
            causes: [.init(reason: "DisruptionBudget", field: "", message: why)])
    }

    /// A refused eviction in one sentence or two: what the budget says is in the cause alone.
    var evictionText: String {
        let causes = causes.filter { $0.reason == "DisruptionBudget" }.map { " \($0.message)" }
        return message + causes.joined()
    }
}
