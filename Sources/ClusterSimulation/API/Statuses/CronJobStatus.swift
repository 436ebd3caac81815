/// The status of a CronJob.
package final class CronJobStatus: Status, @unchecked Sendable {
    package let state: CronJobState

    package init(_ state: CronJobState) { self.state = state }

    package override var document: Value {
        func time(_ time: SimulationTime) -> Value? { time == .never ? nil : .string(time.rfc3339) }
        let active = state.active.map { entry -> Value in
            [
                "apiVersion": "batch/v1", "kind": "Job", "name": Value(entry.name), "namespace": Value(entry.namespace),
                "uid": Value(entry.uid),
            ]
        }
        return .object([
            "active": active.isEmpty ? nil : Value(.array(active)), "lastScheduleTime": time(state.lastScheduled),
            "lastSuccessfulTime": time(state.lastSuccessful),
        ])
    }
}

/// What a `CronJobStatus` says.
package struct CronJobState: Equatable, Sendable {
    /// Jobs that it started and that have not ended, oldest first.
    package var active: [Active] = []
    /// The time of the schedule for which a Job was started last.
    package var lastScheduled: SimulationTime = .never
    package var lastSuccessful: SimulationTime = .never

    package struct Active: Equatable, Sendable {
        package var namespace: Symbol
        package var name: Symbol
        package var uid: Symbol
    }

    package init() {}

    /// Reads a status of a snapshot.
    package init(_ document: Value) {
        active =
            document["active"]?.elements.map {
                Active(
                    namespace: $0["namespace"]?.symbol ?? .empty, name: $0["name"]?.symbol ?? .empty,
                    uid: $0["uid"]?.symbol ?? .empty)
            } ?? []
        lastScheduled = document["lastScheduleTime"]?.text.flatMap(SimulationTime.init(rfc3339:)) ?? .never
        lastSuccessful = document["lastSuccessfulTime"]?.text.flatMap(SimulationTime.init(rfc3339:)) ?? .never
    }
}

extension Simulation {
    /// A CronJob's status, whoever wrote it; empty where there is none yet.
    package func cronJobState(_ key: ObjectKey) -> CronJobState {
        guard let status = state.status(key) else { return CronJobState() }
        if let status = status as? CronJobStatus { return status.state }
        return CronJobState(status.document)
    }
}
