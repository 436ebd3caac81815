/// Health of an Argo Rollouts Rollout.
enum RolloutHealth {
    static let rules: [HealthRule] = [HealthRule("argoproj.io", "Rollout", rollout)]

    private static let workloadGeneration: Symbol = "rollout.argoproj.io/workload-generation"

    private static func rollout(_ input: HealthInput) -> ResourceHealth? {
        guard observesSpec(input), observesWorkload(input) else {
            return ResourceHealth(.progressing, "Waiting for rollout spec update to be observed")
        }
        // From 1.0 on the controller says it itself.
        if let phase = input.status["phase"]?.symbol {
            return .named(phase == "Paused" ? "Suspended" : phase, input.statusText("message") ?? "")
        }
        guard input.hasConditions else { return .scriptFailure }
        for condition in input.reported {
            let hasFailed =
                condition.type == "Progressing"
                && (condition.reason == "RolloutAborted" || condition.reason == "ProgressDeadlineExceeded")
            if condition.type == "InvalidSpec" || hasFailed {
                return ResourceHealth(.degraded, condition.message ?? "")
            }
        }
        if !(input.status["pauseConditions"]?.elements.isEmpty ?? true) || input.spec("paused")?.boolean == true {
            return ResourceHealth(.suspended, "Rollout is paused")
        }
        guard let current = input.status["currentPodHash"]?.symbol else {
            return ResourceHealth(.progressing, "Waiting for rollout to finish: status has not been reconciled.")
        }
        return replicas(input) ?? strategy(input, current) ?? ResourceHealth(.healthy)
    }

    /// Before 0.10 the observed generation was a hash, which is no number or too large a one.
    private static func observesSpec(_ input: HealthInput) -> Bool {
        guard input.hasStatus else { return false }
        guard let observed = number(input.status["observedGeneration"]), observed <= Double(input.generation) else {
            return true
        }
        return observed == Double(input.generation)
    }

    /// The generation of the workload that a Rollout takes its template from, from 1.1 on.
    private static func observesWorkload(_ input: HealthInput) -> Bool {
        guard input.body.at("spec").map({ $0.present("workloadRef") != nil }) ?? false,
            !input.annotations.entries.isEmpty
        else { return true }
        let generation = input.annotations[workloadGeneration].map { Value($0) }
        return number(generation) == number(input.status["workloadObservedGeneration"])
    }

    /// As Lua's `tonumber` reads it.
    private static func number(_ value: Value?) -> Double? {
        value?.number ?? value?.text.flatMap { Double($0) }
    }

    private static func replicas(_ input: HealthInput) -> ResourceHealth? {
        let updated = input.statusNumber("updatedReplicas")
        if updated < input.spec("replicas")?.int32 ?? 1 {
            return ResourceHealth(
                .progressing, "Waiting for roll out to finish: More replicas need to be updated")
        }
        if input.statusNumber("availableReplicas") < updated {
            return ResourceHealth(
                .progressing, "Waiting for roll out to finish: updated replicas are still becoming available")
        }
        return nil
    }

    private static func strategy(_ input: HealthInput, _ current: Symbol) -> ResourceHealth? {
        guard let strategy = input.spec("strategy") else { return .scriptFailure }
        let stable = input.status["stableRS"]?.symbol ?? input.status.at("canary", "stableRS")?.symbol ?? .empty
        if strategy.present("blueGreen") != nil {
            if input.status.at("blueGreen", "activeSelector")?.symbol != current {
                return ResourceHealth(.progressing, "active service cutover pending")
            }
            if !stable.isEmpty, stable != current {
                return ResourceHealth(.progressing, "waiting for analysis to complete")
            }
        } else if strategy.present("canary") != nil {
            if input.statusNumber("replicas") > input.statusNumber("updatedReplicas") {
                return ResourceHealth(
                    .progressing, "Waiting for roll out to finish: old replicas are pending termination")
            }
            if stable != current {
                return ResourceHealth(.progressing, "Waiting for rollout to finish steps")
            }
        }
        return nil
    }
}
