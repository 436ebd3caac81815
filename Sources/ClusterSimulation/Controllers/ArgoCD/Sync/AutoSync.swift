extension Simulation {
    /// Decides on an automated sync and starts it. Source: specs/argocd.md 9.3 to 9.7.
    mutating func autoSync(
        _ key: ObjectKey, _ facts: ApplicationFacts, _ project: AppProjectFacts, _ comparison: Comparison,
        wasSynced: Bool, _ status: inout ApplicationState
    ) {
        let isAutomated = facts.isAutomated(configuration.versions)
        // Windows are asked before anything else (9.2, 11); conditions stay as they are.
        guard syncWindowsPermit(key, facts, project, isManual: false) else {
            if isAutomated, comparison.sync == .outOfSync,
                let opens = nextSyncWindow(key, facts, project, isManual: false)
            {
                refreshAgain(key, after: opens - now)
            }
            return
        }
        var input = AutoSync.Input()
        input.isAutomated = isAutomated
        input.prune = facts.automated?.prune ?? false
        input.selfHeal = facts.automated?.selfHeal ?? false
        input.allowEmpty = facts.automated?.allowEmpty ?? false
        let last = status.operation
        input.isOperationInProgress =
            last?.phase.isCompleted == false
            || memory.argoCD.records[key.offset].requested != nil
        input.isDeleting = state[key].isDeleting
        input.sync = comparison.sync
        input.resources = comparison.resources.filter { $0.sync != nil }.map {
            (isSynced: $0.sync == .synced, requiresPruning: $0.requiresPruning)
        }
        let attempted = AutoSync.isAlreadyAttempted(
            phase: last?.phase, synced: last?.synced?.revisions, desired: comparison.revisions,
            isSourceEqual: last?.synced?.sources == facts.sources.map(\.value))
        if attempted { input.lastAttempt = last?.phase }
        let sinceFinished = last?.finishedAt.map { now - $0 }
        var attempts = last?.operation.selfHealAttempts ?? 0
        if SelfHeal.forgets(sinceFinished, wasSynced: wasSynced, configuration.versions) { attempts = 0 }
        input.backoffRemaining = SelfHeal.remaining(
            attempts: attempts, sinceFinished: sinceFinished, configuration.versions)
        var errors: [ApplicationCondition] = []
        let revision = comparison.revisions.map(\.text).joined(separator: " ")
        switch AutoSync.decide(input) {
        case .failedLastAttempt:
            errors = [
                .init(.syncError, "Failed last sync attempt to [\(revision)]: \(last?.message ?? .empty)")
            ]
        case .wouldWipeOut:
            errors = [
                .init(
                    .syncError,
                    "Skipping sync attempt to [\(revision)]: auto-sync will wipe out all resources")
            ]
        case .selfHealBackoff(let remaining): refreshAgain(key, after: remaining)
        case .sync: status.operation = automatedOperation(facts, comparison, selfHealAttempts: nil)
        case .selfHeal: status.operation = automatedOperation(facts, comparison, selfHealAttempts: attempts + 1)
        default: break
        }
        status.replace([.syncError], with: errors)
        if var operation = status.operation, operation != last {
            announce(&operation, key)
            status.operation = operation
        }
    }

    /// A look at the Application after a while, as if it were a poll.
    private mutating func refreshAgain(_ key: ObjectKey, after delay: SimulationTime.Span) {
        let at = now + delay
        let record = memory.argoCD.records[key.offset]
        if record.pollAt != .never, record.pollAt <= at { return }
        memory.argoCD.records[key.offset].pollAt = at
        memory.argoCD.records[key.offset].pollCause = currentCause
    }

    private func automatedOperation(
        _ facts: ApplicationFacts, _ comparison: Comparison, selfHealAttempts: Int?
    ) -> OperationState {
        var operation = SyncOperation()
        operation.revisions = comparison.revisions
        operation.prune = facts.automated?.prune ?? false
        operation.options = facts.options
        operation.retry = facts.retry ?? .automatedDefault
        operation.isAutomated = true
        if let selfHealAttempts {
            operation.selfHealAttempts = selfHealAttempts
            operation.selection = comparison.resources.filter { $0.sync != nil && $0.sync != .synced }.map { resource in
                let content = tables.content(resource.key)
                let kind = tables.kind(content.kind)
                return SyncOperation.Selection(group: kind.group, kind: kind.kind, name: content.name)
            }
        }
        return OperationState(operation: operation, phase: .running, startedAt: now)
    }

    /// Notes the start of a sync in the trace; what it writes is caused by it.
    mutating func announce(_ operation: inout OperationState, _ key: ObjectKey) {
        let revision = operation.operation.revisions.map { ArgoCD.shortRevision($0.text) }.joined(separator: " ")
        operation.trace = record(.sync, key, by: ArgoCD.controllerName, detail: Symbol(revision))
        currentCause = operation.trace
    }

    /// Starts the sync that a person asked for; one that is running is terminated first.
    mutating func startRequestedSync(_ key: ObjectKey, _ facts: ApplicationFacts) {
        guard let requested = memory.argoCD.records[key.offset].requested else { return }
        memory.argoCD.records[key.offset].requested = nil
        currentCause = requested.cause
        var status = applicationState(key)
        if let running = status.operation, !running.phase.isCompleted { terminate(running, key) }
        var operation = SyncOperation()
        operation.revisions = resolvedRevisions(facts)
        if !requested.revision.isEmpty, !operation.revisions.isEmpty { operation.revisions[0] = requested.revision }
        operation.prune = requested.prune
        operation.force = requested.force
        // The API server of Argo CD takes options and retry of a requested sync from the Application, where the request
        // has none of its own. Source: argo-cd server/application/application.go, Sync.
        operation.options = facts.options
        operation.retry = facts.retry ?? .manualDefault
        var started = OperationState(operation: operation, phase: .running, startedAt: now)
        announce(&started, key)
        status.operation = started
        writeApplicationState(key, status)
    }

    /// Ends a running operation: its running hooks are deleted.
    private mutating func terminate(_ operation: OperationState, _ key: ObjectKey) {
        for result in operation.results where result.isHook && result.phase == .running {
            removeHookFinalizer(result.key)
            guard state.exists(result.key) else { continue }
            delete(result.key, as: ArgoCD.caller, DeleteOptions(propagation: .background))
        }
    }
}
