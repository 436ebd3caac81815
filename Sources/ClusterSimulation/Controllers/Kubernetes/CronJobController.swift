/// Starts a Job for every time that a CronJob's schedule names, and removes old ones.
///
/// Source: the CronJob documentation and the CronJob controller's rules (names by the minute, missed times, history).
enum CronJobController {
    private static let name: Symbol = "cronjob-controller"

    static let controller = Controller(
        name,
        watches: [
            Watch(.cronJob, changes: [.created, .body, .deleting]),
            Watch(.job, .owner(.cronJob), changes: [.status, .deleting, .removed]),
        ],
        reconcile: reconcile)

    private static let caller = Caller.controller(name)

    private static func reconcile(_ simulation: inout Simulation, _ key: ObjectKey) {
        let row = simulation.state[key]
        guard row.exists, let facts = simulation.facts(key, WorkloadFacts.self)?.cron else { return }
        var status = simulation.cronJobState(key)
        let jobs = simulation.dependents(of: key, kind: .job)
        count(simulation, jobs, &status)
        removeHistory(&simulation, jobs, facts)
        if !row.isDeleting, !facts.isSuspended { startDue(&simulation, key, facts, jobs, &status) }
        if simulation.state.exists(key), simulation.cronJobState(key) != status {
            simulation.updateStatus(key, as: caller, CronJobStatus(status))
        }
    }

    /// Takes Jobs that have ended, or are gone, out of the list of active ones.
    private static func count(_ simulation: Simulation, _ jobs: [ObjectKey], _ status: inout CronJobState) {
        for job in jobs {
            let state = simulation.jobState(job)
            if state.has("Complete"), state.completed > status.lastSuccessful {
                status.lastSuccessful = state.completed
            }
        }
        if status.active.isEmpty { return }
        let running = Set(jobs.lazy.filter { !simulation.jobState($0).isFinished }.map { simulation.tables.name($0) })
        status.active.removeAll { !running.contains($0.name) }
    }

    /// Keeps the youngest Jobs that ended well, and the youngest that did not.
    private static func removeHistory(_ simulation: inout Simulation, _ jobs: [ObjectKey], _ facts: CronJobFacts) {
        let ended = jobs.filter { !simulation.state[$0].isDeleting && simulation.jobState($0).isFinished }
        let successful = ended.filter { simulation.jobState($0).has("Complete") }
        let failed = ended.filter { !simulation.jobState($0).has("Complete") }
        let old = successful.dropLast(facts.successfulJobsHistoryLimit) + failed.dropLast(facts.failedJobsHistoryLimit)
        for job in old { remove(&simulation, job) }
    }

    private static func remove(_ simulation: inout Simulation, _ job: ObjectKey) {
        simulation.delete(job, as: caller, DeleteOptions(propagation: .background))
    }

    private static func startDue(
        _ simulation: inout Simulation, _ key: ObjectKey, _ facts: CronJobFacts, _ jobs: [ObjectKey],
        _ status: inout CronJobState
    ) {
        let last = status.lastScheduled == .never ? simulation.state[key].created : status.lastScheduled
        defer {
            if let next = facts.schedule?.next(after: simulation.now, in: facts.zone) {
                simulation.requeue(name, key, after: next - simulation.now, isPeriodic: true)
            }
        }
        guard let due = facts.due(since: last, at: simulation.now), due != status.lastScheduled else { return }
        switch facts.concurrency {
        case .allow: break
        case .forbid: if !status.active.isEmpty { return }
        case .replace:
            for job in jobs where status.active.contains(where: { $0.name == simulation.tables.name(job) }) {
                remove(&simulation, job)
            }
            status.active = []
        }
        let draft = job(simulation, key, facts, due)
        switch simulation.create(draft, as: caller) {
        case .success(let job):
            let uid = Symbol(simulation.uidText(simulation.state[job].uid))
            status.active.append(CronJobState.Active(namespace: draft.namespace, name: draft.name, uid: uid))
        case .failure(let error) where error.reason == "AlreadyExists": break
        case .failure:
            simulation.retry(name, key)
            return
        }
        status.lastScheduled = due
    }

    /// The Job of a time: its name ends in the minutes since 1970.
    private static func job(
        _ simulation: Simulation, _ key: ObjectKey, _ facts: CronJobFacts, _ due: SimulationTime
    ) -> ObjectDraft {
        let tables = simulation.tables
        let name = Symbol("\(tables.name(key))-\(due.milliseconds / 60_000)")
        let body = tables.body(kind: .job, .object(["spec": facts.template["spec"]]))
        var draft = ObjectDraft(kind: .job, namespace: tables.namespace(key), name: name, body: body)
        draft.labels = tables.map(of: facts.template.at("metadata", "labels"))
        let annotations = tables.map(tables.map(of: facts.template.at("metadata", "annotations"))).entries
        draft.annotations = tables.map(
            annotations.map { ($0.key, $0.value) } + [
                ("batch.kubernetes.io/cronjob-scheduled-timestamp", Symbol(due.rfc3339))
            ])
        draft.owners = PodControl.ownership(simulation, by: key)
        draft.origin = facts.template.origin
        return draft
    }
}
