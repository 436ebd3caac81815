/// What the model reads of a CronJob besides its pod template. Source: the Kubernetes API reference, batch/v1 CronJobSpec.
package struct CronJobFacts: Sendable {
    package enum Concurrency: Sendable { case allow, forbid, replace }

    /// nil where it cannot be read, or its zone is not known here: then nothing is ever due.
    package let schedule: CronSchedule?
    package let zone: TimeZoneRule
    package let concurrency: Concurrency
    /// So long after its time a Job may still start; nil: for ever.
    package let startingDeadline: SimulationTime.Span?
    package let isSuspended: Bool
    package let successfulJobsHistoryLimit: Int
    package let failedJobsHistoryLimit: Int
    /// `jobTemplate` as it is written, `metadata` and `spec`.
    package let template: Value

    init(_ spec: Value) {
        let zone = TimeZoneRule(spec["timeZone"]?.text ?? "")
        schedule = zone == nil ? nil : CronSchedule(spec["schedule"]?.text ?? "")
        self.zone = zone ?? .utc
        switch spec["concurrencyPolicy"]?.symbol {
        case "Forbid": concurrency = .forbid
        case "Replace": concurrency = .replace
        default: concurrency = .allow
        }
        startingDeadline = spec["startingDeadlineSeconds"]?.int32.map { .seconds(Int64($0)) }
        isSuspended = spec["suspend"]?.boolean ?? false
        successfulJobsHistoryLimit = max(0, spec["successfulJobsHistoryLimit"]?.int32 ?? 3)
        failedJobsHistoryLimit = max(0, spec["failedJobsHistoryLimit"]?.int32 ?? 1)
        template = spec["jobTemplate"] ?? nil
    }

    /// The last moment at which a Job was due and has not been started: after `last`, not after `now`.
    package func due(since last: SimulationTime, at now: SimulationTime) -> SimulationTime? {
        guard let schedule else { return nil }
        var earliest = last
        if let startingDeadline { earliest = max(earliest, now + .milliseconds(-startingDeadline.milliseconds)) }
        guard var due = schedule.next(after: earliest, in: zone), due <= now else { return nil }
        // What lies further back than a day is looked at only where nothing came later.
        let yesterday = now + .minutes(-1440)
        if due < yesterday, let later = schedule.next(after: yesterday, in: zone), later <= now { due = later }
        while let next = schedule.next(after: due, in: zone), next <= now { due = next }
        return due
    }
}
