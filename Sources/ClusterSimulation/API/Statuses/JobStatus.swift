/// The status of a Job.
package final class JobStatus: Status, @unchecked Sendable {
    package let state: JobState

    package init(_ state: JobState) { self.state = state }

    package override var document: Value {
        func count(_ number: Int) -> Value? { number == 0 ? nil : .integer(number) }
        let conditions = state.conditions.isEmpty ? nil : Value(.array(state.conditions.map(\.document)))
        return .object([
            "active": count(state.active), "ready": .integer(state.ready), "succeeded": count(state.succeeded),
            "failed": count(state.failed), "terminating": .integer(state.terminating), "conditions": conditions,
            "startTime": state.started == .never ? nil : .string(state.started.rfc3339),
            "completionTime": state.completed == .never ? nil : .string(state.completed.rfc3339),
        ])
    }
}

/// What a `JobStatus` says.
package struct JobState: Equatable, Sendable {
    package var active = 0
    package var ready = 0
    package var succeeded = 0
    package var failed = 0
    package var terminating = 0
    package var started: SimulationTime = .never
    package var completed: SimulationTime = .never
    /// When the last Pod failed: from when the back-off counts.
    package var lastFailure: SimulationTime = .never
    /// How many Pods have failed since the last one that succeeded.
    package var failuresInARow = 0
    package var conditions: [WorkloadCondition] = []

    package init() {}

    /// Reads a status of a snapshot.
    package init(_ document: Value) {
        active = document["active"]?.int32 ?? 0
        ready = document["ready"]?.int32 ?? 0
        succeeded = document["succeeded"]?.int32 ?? 0
        failed = document["failed"]?.int32 ?? 0
        failuresInARow = failed
        started = document["startTime"]?.text.flatMap(SimulationTime.init(rfc3339:)) ?? .never
        completed = document["completionTime"]?.text.flatMap(SimulationTime.init(rfc3339:)) ?? .never
        conditions = document["conditions"]?.elements.map(WorkloadCondition.init) ?? []
    }

    package func has(_ type: Symbol) -> Bool { conditions.contains { $0.type == type && $0.status } }

    /// Whether it is over, one way or the other.
    package var isFinished: Bool { has("Complete") || has("Failed") }
}

extension Simulation {
    /// A Job's status, whoever wrote it; all zero where there is none yet.
    package func jobState(_ key: ObjectKey) -> JobState {
        guard let status = state.status(key) else { return JobState() }
        if let status = status as? JobStatus { return status.state }
        return JobState(status.document)
    }
}
