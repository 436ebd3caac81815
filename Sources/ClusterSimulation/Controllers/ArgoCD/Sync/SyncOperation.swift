extension Simulation {
    /// Takes a running operation one step further. Source: specs/argocd.md 6.3, 9.8.
    mutating func advanceOperation(_ key: ObjectKey, _ facts: ApplicationFacts) {
        var status = applicationState(key)
        guard var operation = status.operation, operation.phase == .running else { return }
        if let notBefore = operation.notBefore, notBefore > now { return }
        operation.notBefore = nil
        if !operation.trace.isNone { currentCause = operation.trace }
        if operation.finishedAt != nil {
            // A retry starts from scratch.
            operation.finishedAt = nil
            operation.results = []
            operation.message = .empty
        }
        step(key, facts, &operation)
        if operation.phase.isCompleted { complete(key, &operation) }
        status.operation = operation
        writeApplicationState(key, status)
    }

    /// Ends an operation, or announces its retry. Source: specs/argocd.md 9.8.
    private mutating func complete(_ key: ObjectKey, _ operation: inout OperationState) {
        let retry = operation.operation.retry
        operation.finishedAt = now
        if operation.phase != .succeeded, retry.limit < 0 || operation.retryCount < retry.limit {
            operation.retryCount += 1
            let announced = now + retry.announcedDelay(attempt: operation.retryCount)
            operation.phase = .running
            operation.message = Symbol(
                "\(operation.message). Retrying attempt #\(operation.retryCount) at \(announced.kitchenClock).")
            operation.notBefore = now + retry.effectiveDelay(attempt: operation.retryCount)
            return
        }
        if operation.retryCount > 0 {
            operation.message = Symbol("\(operation.message) (retried \(operation.retryCount) times).")
        }
        requestRefresh(key, operation.operation.isAutomated ? .latest : .forced)
    }

    /// One evaluation: compare, make the tasks, see what runs, run the next group.
    private mutating func step(_ key: ObjectKey, _ facts: ApplicationFacts, _ operation: inout OperationState) {
        let errors = specErrors(key, facts)
        guard errors.isEmpty, let project = project(of: key, facts) else {
            operation.end(.error, Self.text(errors))
            return
        }
        guard syncWindowsPermit(key, facts, project, running: operation) else {
            operation.message = "Sync operation blocked by sync window"
            operation.notBefore = nextSyncWindow(
                key, facts, project, isManual: !operation.operation.isAutomated)
            return
        }
        let comparison = compare(key, facts, project, revisions: operation.operation.revisions)
        operation.synced = OperationState.SyncedTo(
            revisions: comparison.revisions, sources: facts.sources.map(\.value),
            namespaceMetadata: facts.namespaceMetadata)
        let failures = comparison.conditions.filter(\.kind.isError)
        if !failures.isEmpty {
            operation.end(.error, Self.text(failures))
            return
        }
        if operation.operation.options.failOnSharedResource,
            let shared = comparison.conditions.first(where: { $0.kind == .sharedResourceWarning })
        {
            operation.end(.failed, "Shared resource found: \(shared.message)")
            return
        }
        var run = SyncRun(
            application: key, facts: facts, project: project, comparison: comparison, operation: operation)
        run.tasks = syncTasks(run)
        advance(&run)
        operation = run.operation
    }

    private static func text(_ conditions: [ApplicationCondition]) -> String {
        conditions.map { "\($0.kind.text): \($0.message)" }.joined(separator: ";")
    }

    /// Source: specs/argocd.md 6.2, 6.3.
    private mutating func advance(_ run: inout SyncRun) {
        let reasons = invalidTasks(&run)
        if !reasons.isEmpty {
            run.operation.end(
                .failed, "one or more synchronization tasks are not valid: \(reasons.joined(separator: "; "))")
            return
        }
        if run.operation.results.isEmpty, let index = run.tasks.firstIndex(where: \.isCreateNamespace),
            case .failure(let error) = applyNamespace(run)
        {
            run.set(index, .syncFailed, .failed, error.message)
            run.operation.end(.failed, "the namespace failed to apply, reason: \(error.message)")
            return
        }
        updateRunning(&run)
        let isMultiStep = run.isMultiStep
        let running = run.tasks.filter { $0.isRunning && ($0.isHook || isMultiStep) }
        if !running.isEmpty {
            run.wait(for: running, "healthy state of")
            return
        }
        let going = run.tasks.filter { $0.result?.code == .pruned && state[$0.key].isDeleting }
        if !going.isEmpty {
            run.wait(for: going, "deletion of")
            return
        }
        if run.tasks.contains(where: { $0.isFailed && $0.phase != .syncFail }) {
            fail(&run, "one or more synchronization tasks completed unsuccessfully")
            return
        }
        runNextGroup(&run)
    }

    /// Source: specs/argocd.md 6.3.6, 6.3.7.
    private mutating func runNextGroup(_ run: inout SyncRun) {
        let ordinary = run.tasks.filter { $0.phase != .syncFail }
        guard let first = ordinary.first(where: \.isPending) else {
            succeed(&run, "successfully synced (no more tasks)")
            return
        }
        let group = run.tasks.indices.filter { index in
            let task = run.tasks[index]
            return task.phase == first.phase && task.wave == first.wave && task.isPending
        }
        let isLast = ordinary.last.map { $0.phase == first.phase && $0.wave == first.wave } ?? true
        let outcome = runGroup(group, &run)
        if !isLast { run.operation.notBefore = now + configuration.latencies[.argocdWaveDelay] }
        switch outcome {
        case .failed:
            run.operation.notBefore = nil
            fail(&run, "one or more objects failed to apply")
        case .pending: break
        case .done:
            if isLast, !group.contains(where: { run.tasks[$0].isHook }) {
                succeed(&run, "successfully synced (all tasks run)")
            } else {
                let waiting = run.tasks.filter { $0.isRunning || $0.isPending }
                run.wait(for: waiting, "healthy state of")
            }
        }
    }

    /// SyncFail hooks run to their end, then the operation has failed. Source: specs/argocd.md 6.3.5.
    private mutating func fail(_ run: inout SyncRun, _ message: String) {
        let hooks = run.tasks.indices.filter { run.tasks[$0].phase == .syncFail }
        let pending = hooks.filter { run.tasks[$0].isPending }
        if !pending.isEmpty { _ = runGroup(pending, &run) }
        let running = hooks.filter { run.tasks[$0].isRunning }.map { run.tasks[$0] }
        if !running.isEmpty {
            run.wait(for: running, "healthy state of")
            return
        }
        var reasons: [String] = []
        for task in run.tasks where task.isFailed {
            if let text = task.result?.message.text, !text.isEmpty, !reasons.contains(text) { reasons.append(text) }
        }
        deleteHooks(run, .hookFailed)
        run.operation.end(
            .failed, reasons.isEmpty ? message : "\(message), reason: \(reasons.joined(separator: ","))")
    }

    private mutating func succeed(_ run: inout SyncRun, _ message: String) {
        deleteHooks(run, .hookSucceeded)
        run.operation.end(.succeeded, message)
    }

    /// What became of the tasks that were applied before. Source: specs/argocd.md 5.7, 6.3.2.
    private mutating func updateRunning(_ run: inout SyncRun) {
        for index in run.tasks.indices where run.tasks[index].isRunning && !run.tasks[index].isPrune {
            let task = run.tasks[index]
            guard state.exists(task.key) else {
                run.set(
                    index, task.result?.code ?? .synced, .error,
                    "Resource \(task.path) is missing, it might have been deleted")
                continue
            }
            let finding = healthFinding(task.key)
            let health = finding.health
            let phase: OperationPhase
            switch finding {
            case .none: phase = .succeeded
            case .empty: phase = task.isHook ? .succeeded : .running
            case .failed: phase = task.isHook ? .error : .running
            case .found(let health): phase = Self.phase(of: health.code, isHook: task.isHook)
            }
            guard phase != .running else { continue }
            let message = health.map(\.message).flatMap { $0.isEmpty ? nil : $0 } ?? task.result?.message.text ?? ""
            run.set(index, task.result?.code ?? .synced, phase, message)
            if task.isHook { removeHookFinalizer(task.key) }
        }
    }

    private static func phase(of health: HealthCode, isHook: Bool) -> OperationPhase {
        switch health {
        case .healthy: .succeeded
        case .degraded: .failed
        case .unknown: isHook ? .failed : .running
        case .progressing, .suspended, .missing: .running
        }
    }
}

extension OperationState {
    mutating func end(_ phase: OperationPhase, _ message: String) {
        self.phase = phase
        self.message = Symbol(message)
    }
}

extension SimulationTime {
    /// `6:05PM`, UTC: how Argo CD announces the time of a retry.
    var kitchenClock: String {
        let minutes = ((milliseconds / 60_000) % 1440 + 1440) % 1440
        let hour = minutes / 60
        let minute = minutes % 60
        let twelve = hour % 12 == 0 ? 12 : hour % 12
        return "\(twelve):\(minute < 10 ? "0" : "")\(minute)\(hour < 12 ? "AM" : "PM")"
    }
}
