/// The status of a PodDisruptionBudget.
package final class DisruptionBudgetStatus: Status, @unchecked Sendable {
    package let state: DisruptionBudgetState

    package init(_ state: DisruptionBudgetState) { self.state = state }

    package override var document: Value {
        let pods = state.disruptedPods.map { ($0.name, Value?.some(.string($0.since.rfc3339))) }
        return .object([
            "conditions": state.condition.map { [$0.document] },
            "currentHealthy": .integer(state.currentHealthy), "desiredHealthy": .integer(state.desiredHealthy),
            "disruptedPods": pods.isEmpty ? nil : .object(of: pods),
            "disruptionsAllowed": .integer(state.disruptionsAllowed), "expectedPods": .integer(state.expectedPods),
            "observedGeneration": .integer(Int(state.observedGeneration)),
        ])
    }
}

/// What a `DisruptionBudgetStatus` says.
package struct DisruptionBudgetState: Equatable, Sendable {
    /// Ready Pods that are not about to go.
    package var currentHealthy = 0
    /// How many of them there have to be.
    package var desiredHealthy = 0
    package var expectedPods = 0
    /// How many Pods may be evicted now.
    package var disruptionsAllowed = 0
    /// Pods whose eviction was allowed and whose deletion the controller has not seen yet, by name.
    package var disruptedPods: [DisruptedPod] = []
    package var observedGeneration: UInt32 = 0
    /// `DisruptionAllowed`; nil until the controller has looked.
    package var condition: Condition?

    /// One entry of `disruptedPods`.
    package struct DisruptedPod: Equatable, Sendable {
        package var name: Symbol
        package var since: SimulationTime
    }

    /// The condition `DisruptionAllowed`.
    package struct Condition: Equatable, Sendable {
        package var status: Bool
        /// `SufficientPods`, `InsufficientPods`, `SyncFailed`.
        package var reason: Symbol
        package var message: Symbol
        package var observedGeneration: UInt32
        package var since: SimulationTime
    }

    package init() {}

    /// Reads a status of a snapshot, or one that a client wrote.
    package init(_ document: Value) {
        currentHealthy = document["currentHealthy"]?.int32 ?? 0
        desiredHealthy = document["desiredHealthy"]?.int32 ?? 0
        expectedPods = document["expectedPods"]?.int32 ?? 0
        disruptionsAllowed = document["disruptionsAllowed"]?.int32 ?? 0
        observedGeneration = UInt32(clamping: document["observedGeneration"]?.integer ?? 0)
        disruptedPods = (document["disruptedPods"]?.fields ?? []).compactMap { field in
            field.value.text.flatMap(SimulationTime.init(rfc3339:)).map { DisruptedPod(name: field.key, since: $0) }
        }.sorted { $0.name.precedes($1.name) }
        condition = document["conditions"]?.elements.first { $0["type"]?.symbol == "DisruptionAllowed" }.map {
            Condition(
                status: $0["status"]?.symbol == "True", reason: $0["reason"]?.symbol ?? .empty,
                message: $0["message"]?.symbol ?? .empty,
                observedGeneration: UInt32(clamping: $0["observedGeneration"]?.integer ?? 0),
                since: $0["lastTransitionTime"]?.text.flatMap(SimulationTime.init(rfc3339:)) ?? .epoch)
        }
    }

    /// Sets the condition by what is allowed; its time changes with its status alone.
    mutating func updateCondition(at now: SimulationTime) {
        let isAllowed = disruptionsAllowed > 0
        setCondition(isAllowed, isAllowed ? "SufficientPods" : "InsufficientPods", .empty, at: now)
    }

    mutating func setCondition(_ status: Bool, _ reason: Symbol, _ message: Symbol, at now: SimulationTime) {
        let since = condition.flatMap { $0.status == status ? $0.since : nil } ?? now
        condition = Condition(
            status: status, reason: reason, message: message, observedGeneration: observedGeneration, since: since)
    }

    /// Adds a Pod that is about to go.
    mutating func add(_ pod: Symbol, at now: SimulationTime) {
        disruptedPods.removeAll { $0.name == pod }
        let place = disruptedPods.firstIndex { pod.precedes($0.name) } ?? disruptedPods.endIndex
        disruptedPods.insert(DisruptedPod(name: pod, since: now), at: place)
    }
}

extension DisruptionBudgetState.Condition {
    fileprivate var document: Value {
        [
            "lastTransitionTime": .string(since.rfc3339), "message": Value(message),
            "observedGeneration": .integer(Int(observedGeneration)), "reason": Value(reason),
            "status": status ? "True" : "False", "type": "DisruptionAllowed",
        ]
    }
}

extension Simulation {
    /// A PodDisruptionBudget's status, whoever wrote it; all zero where there is none yet.
    package func disruptionBudgetState(_ key: ObjectKey) -> DisruptionBudgetState {
        guard let status = state.status(key) else { return DisruptionBudgetState() }
        if let status = status as? DisruptionBudgetStatus { return status.state }
        return DisruptionBudgetState(status.document)
    }

    /// The PodDisruptionBudgets that cover a Pod, oldest first.
    package func disruptionBudgets(of pod: ObjectKey) -> [ObjectKey] {
        let labels = tables.map(state[pod].labels)
        return objects(of: .podDisruptionBudget, in: tables.namespace(pod)).filter {
            facts($0, DisruptionBudgetFacts.self)?.covers(labels) ?? false
        }
    }
}
