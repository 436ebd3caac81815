/// The status of a Deployment, ReplicaSet, StatefulSet or DaemonSet.
package final class WorkloadStatus: Status, @unchecked Sendable {
    package let state: WorkloadState
    private let kind: KindID

    package init(_ state: WorkloadState, kind: KindID) {
        self.state = state
        self.kind = kind
    }

    package override var document: Value {
        let conditions = state.conditions.isEmpty ? nil : Value(.array(state.conditions.map(\.document)))
        func count(_ number: Int) -> Value? { number == 0 ? nil : .integer(number) }
        switch kind {
        case .daemonSet:
            return .object([
                "currentNumberScheduled": .integer(state.replicas), "desiredNumberScheduled": .integer(state.desired),
                "numberAvailable": count(state.available), "numberMisscheduled": 0,
                "numberReady": .integer(state.ready), "numberUnavailable": count(state.desired - state.available),
                "observedGeneration": .integer(Int(state.observedGeneration)),
                "updatedNumberScheduled": count(state.updated), "conditions": conditions,
            ])
        case .statefulSet:
            return .object([
                "availableReplicas": .integer(state.available), "collisionCount": 0,
                "currentReplicas": count(state.current), "currentRevision": Value(state.currentRevision),
                "observedGeneration": .integer(Int(state.observedGeneration)), "readyReplicas": count(state.ready),
                "replicas": .integer(state.replicas), "updateRevision": Value(state.updateRevision),
                "updatedReplicas": count(state.updated), "conditions": conditions,
            ])
        default:
            return .object([
                "availableReplicas": count(state.available), "conditions": conditions,
                "observedGeneration": .integer(Int(state.observedGeneration)), "readyReplicas": count(state.ready),
                "replicas": kind == .deployment ? count(state.replicas) : .integer(state.replicas),
                "unavailableReplicas": kind == .deployment ? count(max(0, state.desired - state.available)) : nil,
                "updatedReplicas": kind == .deployment ? count(state.updated) : nil,
            ])
        }
    }
}

/// What a `WorkloadStatus` says: a value that controllers change and compare.
package struct WorkloadState: Equatable, Sendable {
    /// Pods wanted when the status was written: with surge for a Deployment in its rollout.
    package var desired = 0
    package var replicas = 0
    package var updated = 0
    package var ready = 0
    package var available = 0
    /// Pods of the current revision of a StatefulSet.
    package var current = 0
    package var currentRevision: Symbol = .empty
    package var updateRevision: Symbol = .empty
    package var observedGeneration: UInt32 = 0
    package var conditions: [WorkloadCondition] = []

    package init() {}

    package func condition(_ type: Symbol) -> WorkloadCondition? { conditions.first { $0.type == type } }

    /// Sets a condition; what it already says keeps its times.
    mutating func set(_ type: Symbol, _ status: Bool, _ reason: Symbol, _ message: Symbol, at now: SimulationTime) {
        var condition = WorkloadCondition(
            type: type, status: status, reason: reason, message: message, since: now, updated: now)
        guard let index = conditions.firstIndex(where: { $0.type == type }) else {
            conditions.append(condition)
            return
        }
        let old = conditions[index]
        if old.status == status, old.reason == reason, old.message == message { return }
        if old.status == status { condition.since = old.since }
        conditions[index] = condition
    }

    mutating func remove(_ type: Symbol) { conditions.removeAll { $0.type == type } }

    /// Reads a status of a snapshot.
    package init(_ document: Value) {
        replicas = document["replicas"]?.int32 ?? document["currentNumberScheduled"]?.int32 ?? 0
        desired = document["desiredNumberScheduled"]?.int32 ?? replicas
        updated = document["updatedReplicas"]?.int32 ?? document["updatedNumberScheduled"]?.int32 ?? 0
        ready = document["readyReplicas"]?.int32 ?? document["numberReady"]?.int32 ?? 0
        available = document["availableReplicas"]?.int32 ?? document["numberAvailable"]?.int32 ?? 0
        current = document["currentReplicas"]?.int32 ?? 0
        currentRevision = document["currentRevision"]?.symbol ?? .empty
        updateRevision = document["updateRevision"]?.symbol ?? .empty
        observedGeneration = UInt32(clamping: document["observedGeneration"]?.int32 ?? 0)
        conditions = document["conditions"]?.elements.map(WorkloadCondition.init) ?? []
    }
}

/// A condition of a workload.
package struct WorkloadCondition: Equatable, Sendable {
    package var type: Symbol
    package var status: Bool
    package var reason: Symbol
    package var message: Symbol
    package var since: SimulationTime
    package var updated: SimulationTime

    package init(
        type: Symbol, status: Bool, reason: Symbol, message: Symbol, since: SimulationTime, updated: SimulationTime
    ) {
        self.type = type
        self.status = status
        self.reason = reason
        self.message = message
        self.since = since
        self.updated = updated
    }

    init(_ value: Value) {
        let since = value["lastTransitionTime"]?.text.flatMap(SimulationTime.init(rfc3339:)) ?? .epoch
        self.init(
            type: value["type"]?.symbol ?? .empty, status: value["status"]?.symbol == "True",
            reason: value["reason"]?.symbol ?? .empty, message: value["message"]?.symbol ?? .empty, since: since,
            updated: value["lastUpdateTime"]?.text.flatMap(SimulationTime.init(rfc3339:)) ?? since)
    }

    var document: Value {
        var document = condition(type: type, status: status, reason: reason, message: message, at: since)
        document["lastUpdateTime"] = .string(updated.rfc3339)
        return document
    }
}

extension Simulation {
    /// A workload's status, whoever wrote it; all zero where there is none yet.
    package func workloadState(_ key: ObjectKey) -> WorkloadState {
        guard let status = state.status(key) else { return WorkloadState() }
        if let status = status as? WorkloadStatus { return status.state }
        return WorkloadState(status.document)
    }

    /// Writes a workload's status where it says something new.
    mutating func setWorkloadState(_ key: ObjectKey, _ new: WorkloadState, as caller: Caller) {
        guard state.exists(key) else { return }
        if state.status(key) is WorkloadStatus, workloadState(key) == new { return }
        updateStatus(key, as: caller, WorkloadStatus(new, kind: state[key].kind))
    }
}
