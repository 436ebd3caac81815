/// Runs the Pods of a Job until enough of them have succeeded, or too many have failed.
///
/// Source: the Job documentation: back-off limit, deadlines, `ttlSecondsAfterFinished`, the tracking finalizer.
enum JobController {
    static let finalizer: Symbol = "batch.kubernetes.io/job-tracking"

    static let controllerName: Symbol = "job-controller"

    static let controller = Controller(
        controllerName,
        watches: [
            Watch(.job, changes: [.created, .body, .deleting, .removed]),
            Watch(.pod, .owner(.job), changes: [.status, .deleting, .removed, .metadata]),
            Watch(.serviceAccount, .function(jobsOfNamespace), changes: .created),
        ],
        reconcile: reconcile)

    /// Lets go of Pods that a Job has left behind: nobody counts them any more.
    static let orphans = Controller(
        "job-controller-orphans", watches: [Watch(.pod, .function(orphan), changes: .metadata)],
        reconcile: { simulation, pod in if isOrphan(simulation, pod) { release(&simulation, pod) } })

    private static let caller = Caller.controller(controllerName)

    private static func jobsOfNamespace(_ simulation: Simulation, _ key: ObjectKey, _ body: (ObjectKey) -> Void) {
        simulation.forEach(.job, in: simulation.tables.namespace(key), body)
    }

    private static func reconcile(_ simulation: inout Simulation, _ key: ObjectKey) {
        let row = simulation.state[key]
        guard row.exists, let facts = simulation.facts(key, WorkloadFacts.self) else {
            releaseOrphans(&simulation, key)
            return
        }
        var status = simulation.jobState(key)
        if status.started == .never, !facts.isSuspended { status.started = simulation.now }
        count(&simulation, key, &status)
        if !row.isDeleting, !status.isFinished {
            finish(&simulation, key, facts, &status)
            if !status.isFinished, interimCondition(status) == nil { advance(&simulation, key, facts, &status) }
        }
        if status.isFinished { end(&simulation, key, facts, &status) }
        let pods = PodControl.pods(simulation, of: key)
        status.active = pods.count { simulation.isPodActive($0) }
        status.ready = pods.count { simulation.isPodReady($0) }
        status.terminating = pods.count {
            simulation.state[$0].isDeleting && !(simulation.podState($0)?.phase.isTerminal ?? false)
        }
        if simulation.state.exists(key), simulation.jobState(key) != status {
            simulation.updateStatus(key, as: caller, JobStatus(status))
        }
    }

    private static func orphan(_ simulation: Simulation, _ pod: ObjectKey, _ body: (ObjectKey) -> Void) {
        if isOrphan(simulation, pod) { body(pod) }
    }

    private static func isOrphan(_ simulation: Simulation, _ pod: ObjectKey) -> Bool {
        simulation.state.exists(pod) && simulation.controllerOwner(pod) == nil
            && simulation.tables.list(simulation.state[pod].finalizers).contains(finalizer)
    }

    /// Pods whose Job is gone are nobody's to count.
    private static func releaseOrphans(_ simulation: inout Simulation, _ key: ObjectKey) {
        var pods: [ObjectKey] = []
        simulation.state.forEachReferrer(of: key) { link in
            if link.type == .owner, simulation.tables.kindID(link.source) == .pod { pods.append(link.source) }
        }
        for pod in pods { release(&simulation, pod) }
    }

    private static func release(_ simulation: inout Simulation, _ pod: ObjectKey) {
        let tables = simulation.tables
        guard tables.list(simulation.state[pod].finalizers).contains(finalizer) else { return }
        simulation.update(pod, as: caller) { $0.finalizers = tables.list($0.finalizers, removing: finalizer) }
    }

    /// Counts the Pods that have ended, each once: the finalizer goes when it is counted.
    private static func count(_ simulation: inout Simulation, _ key: ObjectKey, _ status: inout JobState) {
        for pod in endOrder(simulation, PodControl.pods(simulation, of: key)) {
            guard simulation.tables.list(simulation.state[pod].finalizers).contains(finalizer) else { continue }
            let phase = simulation.podState(pod)?.phase ?? .pending
            if phase == .succeeded {
                status.succeeded += 1
                status.failuresInARow = 0
            } else if phase == .failed {
                status.failed += 1
                status.failuresInARow += 1
                status.lastFailure = simulation.now
            } else if !simulation.state[pod].isDeleting || simulation.isScheduled(pod) {
                continue
            }
            release(&simulation, pod)
        }
    }

    /// Pods in the order in which they have ended.
    private static func endOrder(_ simulation: Simulation, _ pods: [ObjectKey]) -> [ObjectKey] {
        if pods.count < 2 { return pods }
        let ended = pods.map { pod in
            let end = simulation.podState(pod)?.containers.map(\.since).max() ?? .never
            return (pod: pod, uid: simulation.state[pod].uid, end: end)
        }
        return ended.sorted { $0.end != $1.end ? $0.end < $1.end : $0.uid < $1.uid }.map(\.pod)
    }

    /// Why a Job is over.
    private struct End {
        var succeeded: Bool
        var reason: Symbol
        var message: Symbol

        var interim: Symbol { succeeded ? successCriteriaMet : failureTarget }
        var terminal: Symbol { succeeded ? "Complete" : "Failed" }
    }

    private static let successCriteriaMet: Symbol = "SuccessCriteriaMet"
    private static let failureTarget: Symbol = "FailureTarget"

    private static func interimCondition(_ status: JobState) -> WorkloadCondition? {
        status.conditions.first { $0.type == successCriteriaMet || $0.type == failureTarget }
    }

    /// Says that a Job is over. From Kubernetes 1.31 on it first says that it will be, stops its Pods, and is over when
    /// they have ended. Source: kubernetes/website#46808.
    private static func finish(
        _ simulation: inout Simulation, _ key: ObjectKey, _ facts: WorkloadFacts, _ status: inout JobState
    ) {
        guard let end = reason(simulation, key, facts, status) else { return }
        if simulation.configuration.versions.has(.jobInterimConditions) {
            if interimCondition(status) == nil { set(&status, end.interim, end, simulation) }
            for pod in PodControl.pods(simulation, of: key) where simulation.isPodActive(pod) {
                simulation.delete(pod, as: caller)
            }
            let runs = PodControl.pods(simulation, of: key).contains { pod in
                !(simulation.podState(pod)?.phase.isTerminal ?? false)
            }
            if runs { return }
        }
        set(&status, end.terminal, end, simulation)
        if end.succeeded { status.completed = simulation.now }
    }

    private static func reason(
        _ simulation: Simulation, _ key: ObjectKey, _ facts: WorkloadFacts, _ status: JobState
    ) -> End? {
        if let interim = interimCondition(status) {
            return End(
                succeeded: interim.type == successCriteriaMet, reason: interim.reason, message: interim.message)
        }
        if status.succeeded >= facts.completions ?? 1 {
            return End(
                succeeded: true, reason: "CompletionsReached", message: "Reached expected number of succeeded pods")
        }
        var failures = status.failed
        if facts.template.restartPolicy == .onFailure {
            for pod in PodControl.pods(simulation, of: key) where simulation.isPodActive(pod) {
                failures += simulation.podState(pod)?.containers.reduce(0) { $0 + Int($1.restartCount) } ?? 0
            }
        }
        if failures > facts.backoffLimit {
            return End(
                succeeded: false, reason: "BackoffLimitExceeded",
                message: "Job has reached the specified backoff limit")
        }
        guard let deadline = facts.activeDeadline, status.started != .never,
            simulation.now >= status.started + deadline
        else { return nil }
        return End(
            succeeded: false, reason: "DeadlineExceeded", message: "Job was active longer than specified deadline")
    }

    private static func set(_ status: inout JobState, _ type: Symbol, _ end: End, _ simulation: Simulation) {
        status.conditions.append(
            WorkloadCondition(
                type: type, status: true, reason: end.reason, message: end.message, since: simulation.now,
                updated: simulation.now))
    }

    /// Makes the Pods that are missing, after the back-off of 10 s doubling to 6 min that failures in a row cost.
    private static func advance(
        _ simulation: inout Simulation, _ key: ObjectKey, _ facts: WorkloadFacts, _ status: inout JobState
    ) {
        let pods = PodControl.pods(simulation, of: key).filter { simulation.isPodActive($0) }
        if facts.isSuspended {
            for pod in pods { simulation.delete(pod, as: caller) }
            return
        }
        if let deadline = facts.activeDeadline {
            simulation.requeue(controllerName, key, after: status.started + deadline - simulation.now)
        }
        let left = min(facts.replicas, (facts.completions ?? facts.replicas) - status.succeeded)
        // Pods that have ended count too: they were made.
        let ended = status.succeeded + status.failed
        let wanted = simulation.bounded(left + ended, podsOf: key) - ended
        guard pods.count < wanted else { return }
        if status.failuresInARow > 0, status.lastFailure != .never {
            let delay = SimulationTime.Span.seconds(min(360, 10 << Int64(min(status.failuresInARow - 1, 6))))
            let next = status.lastFailure + delay
            if simulation.now < next {
                simulation.requeue(controllerName, key, after: next - simulation.now)
                return
            }
        }
        for _ in 0..<(wanted - pods.count) {
            var draft = PodControl.draft(simulation, for: key, facts)
            draft.generateName = Symbol("\(simulation.tables.name(key))-")
            draft.finalizers = simulation.tables.list([finalizer])
            draft.labels = JobStrategy.labels(
                simulation.tables, draft.labels, simulation.tables.name(key), uid: simulation.state[key].uid)
            if case .failure = simulation.create(draft, as: caller) {
                simulation.retry(controllerName, key)
                return
            }
        }
    }

    /// A finished Job stops what still runs, and goes itself when its time to live is over.
    private static func end(
        _ simulation: inout Simulation, _ key: ObjectKey, _ facts: WorkloadFacts, _ status: inout JobState
    ) {
        for pod in PodControl.pods(simulation, of: key) where simulation.isPodActive(pod) {
            simulation.delete(pod, as: caller)
        }
        guard let span = facts.timeToLive, !simulation.state[key].isDeleting,
            let since = status.conditions.last?.since
        else { return }
        if simulation.now >= since + span {
            simulation.delete(key, as: caller, DeleteOptions(propagation: .background))
        } else {
            simulation.requeue(controllerName, key, after: since + span - simulation.now)
        }
    }
}
