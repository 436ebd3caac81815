/// Argo CD's application controller: refreshes, automated syncs, running operations, deletion.
/// Source: specs/argocd.md 9, 10.
enum ApplicationController {
    static let controller = Controller(
        ArgoCD.controllerName, latency: .argocdCompare,
        watches: [
            Watch(group: "argoproj.io", kind: "Application", changes: .exceptStatus),
            Watch(group: "argoproj.io", kind: "AppProject", changes: .exceptStatus),
            // A project that waits for its last Application to go (10.6).
            Watch(
                group: "argoproj.io", kind: "Application",
                .function { simulation, _, enqueue in
                    simulation.forEach(simulation.tables.appProjectKind) { project in
                        if simulation.state[project].isDeleting { enqueue(project) }
                    }
                }, changes: [.removed, .body]),
        ],
        reconcile: { simulation, key in
            if simulation.tables.kindID(key) == simulation.tables.appProjectKind {
                simulation.reconcileProject(key)
            } else {
                simulation.reconcileApplication(key)
            }
        })
}

extension Simulation {
    mutating func reconcileApplication(_ key: ObjectKey) {
        let row = state[key]
        guard row.exists, let facts = facts(key, ApplicationFacts.self) else { return }
        var record = memory.argoCD.records[key.offset]
        if record.uid != row.uid {
            // A sync that was asked for before the first look is still wanted.
            record = ApplicationRecord(uid: row.uid, requested: record.uid == 0 ? record.requested : nil)
            record.pollPeriod = pollPeriod()
            record.refresh = .latest
        }
        if record.pollAt != .never, record.pollAt <= now {
            record.pollAt = .never
            record.refresh = max(record.refresh, .latest)
            if !record.pollCause.isNone { currentCause = record.pollCause }
        }
        memory.argoCD.records[key.offset] = record
        if row.isDeleting {
            finalizeApplication(key, facts)
            return
        }
        if tables.map(row.annotations)[ArgoCD.skipReconcile]?.text == "true" { return }
        takeRefreshAnnotation(key)
        requestRefresh(key, neededRefresh(key, facts))
        startRequestedSync(key, facts)
        if memory.argoCD.records[key.offset].refresh != .none { refreshApplication(key, facts) }
        advanceOperation(key, facts)
        scheduleApplication(key)
    }

    /// 120 s and up to 60 s of jitter: fixed for each Application, so that a quiet cluster needs no events.
    /// Source: specs/argocd.md 9.1.
    private mutating func pollPeriod() -> SimulationTime.Span {
        let jitter = configuration.latencies[.argocdJitter].milliseconds
        let drawn = choices.draw(.jitter, upTo: UInt64(max(0, jitter)))
        return .milliseconds(configuration.latencies[.argocdReconciliation].milliseconds + Int64(drawn))
    }

    /// `argocd.argoproj.io/refresh` asks for a refresh and is taken off.
    private mutating func takeRefreshAnnotation(_ key: ObjectKey) {
        guard tables.map(state[key].annotations)[ArgoCD.refresh] != nil else { return }
        let tables = tables
        update(key, as: ArgoCD.caller, verb: "patch") {
            $0.annotations = tables.map($0.annotations, setting: ArgoCD.refresh, to: nil)
        }
        requestRefresh(key, .forced)
    }

    /// What the Application itself asks for: it was never compared, or its source or destination is another one.
    /// Source: specs/argocd.md 9.1.
    private func neededRefresh(_ key: ObjectKey, _ facts: ApplicationFacts) -> RefreshLevel {
        let status = applicationState(key)
        if !status.wasReconciled { return .forced }
        if status.comparedSources != facts.sources.map(\.value) { return .forced }
        if status.comparedDestination != facts.destination.value { return .latest }
        if !facts.namespaceMetadata.isNull,
            status.operation?.synced?.namespaceMetadata != facts.namespaceMetadata, status.sync == .synced
        {
            return .latest
        }
        // A change of the sync policy or of the project is an update of the object: the informer asks for a refresh.
        return memory.argoCD.records[key.offset].lastRefresh < specChangedAt(key) ? .recent : .none
    }

    /// When the Application's spec or metadata was last written.
    private func specChangedAt(_ key: ObjectKey) -> SimulationTime {
        let write = state[key].lastWrite
        return write.isNone ? .never : trace[Int(write.index)].at
    }

    /// The next moment at which something is to be done without a watch event.
    private mutating func scheduleApplication(_ key: ObjectKey) {
        guard state.exists(key) else { return }
        let record = memory.argoCD.records[key.offset]
        var due: SimulationTime?
        func consider(_ time: SimulationTime) { due = due.map { min($0, time) } ?? time }
        if record.refresh != .none { consider(now + configuration.latencies[.argocdCompare]) }
        if record.pollAt != .never { consider(record.pollAt) }
        if let operation = applicationState(key).operation, operation.phase == .running,
            let notBefore = operation.notBefore
        {
            consider(notBefore)
        }
        guard let due else { return }
        requeue(ArgoCD.controllerName, key, after: due > now ? due - now : .milliseconds(0))
    }

    // MARK: Refresh

    /// Conditions, comparison, automated sync, status, in this order. Source: specs/argocd.md 9.2.
    private mutating func refreshApplication(_ key: ObjectKey, _ facts: ApplicationFacts) {
        let level = memory.argoCD.records[key.offset].refresh
        memory.argoCD.records[key.offset].refresh = .none
        var status = applicationState(key)
        let errors = specErrors(key, facts)
        status.replace([.invalidSpecError, .unknownError], with: errors)
        guard errors.isEmpty, let project = project(of: key, facts) else {
            status.sync = .unknown
            setHealth(&status, .unknown, "")
            finishRefresh(key, facts, &status, revisions: status.revisions)
            return
        }
        let reuses = level == .recent && status.revisions.count == facts.sources.count
        let failure = reuses ? nil : repositoryFailure(facts, status)
        let revisions = reuses ? status.revisions : failure == nil ? resolvedRevisions(facts) : []
        let comparison = compare(key, facts, project, revisions: revisions, failure: failure)
        if isSwallowed(comparison, key, level) {
            let period = memory.argoCD.records[key.offset].pollPeriod
            memory.argoCD.records[key.offset].pollAt = now + period
            memory.argoCD.records[key.offset].pollCause = currentCause
            memory.argoCD.records[key.offset].lastRefresh = now
            return
        }
        let wasSynced = status.sync == .synced
        apply(comparison, to: &status)
        autoSync(key, facts, project, comparison, wasSynced: wasSynced, &status)
        finishRefresh(key, facts, &status, revisions: revisions)
    }

    private mutating func finishRefresh(
        _ key: ObjectKey, _ facts: ApplicationFacts, _ status: inout ApplicationState, revisions: [Symbol]
    ) {
        status.wasReconciled = true
        status.comparedSources = facts.sources.map(\.value)
        status.comparedDestination = facts.destination.value
        status.revisions = revisions
        memory.argoCD.records[key.offset].lastRefresh = now
        writeApplicationState(key, status)
    }

    /// Whether a repository error is kept back: within the grace period of 180 s, unless the refresh forces the
    /// revision. Source: specs/argocd.md 8.4; the grace period came with Argo CD 3.0 (16.3).
    private mutating func isSwallowed(
        _ comparison: Comparison, _ key: ObjectKey, _ level: RefreshLevel
    ) -> Bool {
        guard comparison.targets.failure != nil else {
            memory.argoCD.records[key.offset].repoErrorSince = .never
            return false
        }
        let since = memory.argoCD.records[key.offset].repoErrorSince
        if since == .never { memory.argoCD.records[key.offset].repoErrorSince = now }
        guard configuration.versions.has(.repositoryErrorGrace), level != .forced else { return false }
        return since == .never || now - since < .seconds(180)
    }

    /// Takes over what a comparison found. Source: specs/argocd.md 8.7 for the conditions that it replaces.
    private mutating func apply(_ comparison: Comparison, to status: inout ApplicationState) {
        status.replace(
            [.comparisonError, .sharedResourceWarning, .repeatedResourceWarning, .excludedResourceWarning],
            with: comparison.conditions)
        status.sync = comparison.sync
        setHealth(&status, comparison.health, comparison.healthMessage)
        status.resources = comparison.statuses
    }

    private func setHealth(_ status: inout ApplicationState, _ code: HealthCode, _ message: String) {
        if status.health != code || status.healthSince == nil { status.healthSince = now }
        status.health = code
        status.healthMessage = Symbol(message)
    }

    // MARK: Conditions of the spec

    /// The project of an Application; nil where it does not exist. Argo CD makes the project `default` by itself.
    func project(of application: ObjectKey, _ facts: ApplicationFacts) -> AppProjectFacts? {
        let key = tables.key(tables.appProjectKind, ArgoCD.namespace, facts.project)
        if let project = self.facts(key, AppProjectFacts.self), state.exists(key) { return project }
        return facts.project.text == "default" ? .implied : nil
    }

    /// InvalidSpecError conditions. Source: specs/argocd.md 8.1.
    func specErrors(_ key: ObjectKey, _ facts: ApplicationFacts) -> [ApplicationCondition] {
        guard let project = project(of: key, facts) else {
            return [.init(.invalidSpecError, "Application references project \(facts.project) which does not exist")]
        }
        var errors: [String] = []
        let namespace = tables.namespace(key)
        if !project.permits(applicationNamespace: namespace) {
            errors.append(
                "application '\(tables.name(key))' in namespace '\(namespace)' is not permitted to use project "
                    + "'\(facts.project)'")
        }
        for source in facts.sources where !project.permits(source: source.repoURL) {
            errors.append("application repo \(source.repoURL) is not permitted in project '\(facts.project)'")
        }
        if let error = destinationError(facts, project) { errors.append(error) }
        return errors.map { ApplicationCondition(.invalidSpecError, $0) }
    }

    private func destinationError(_ facts: ApplicationFacts, _ project: AppProjectFacts) -> String? {
        let destination = facts.destination
        if destination.server.isEmpty, destination.name.isEmpty { return "Destination server missing from app spec" }
        if !destination.server.isEmpty, !destination.name.isEmpty {
            return "application destination can't have both name and server defined: \(destination.name) "
                + "\(destination.server)"
        }
        if !destination.name.isEmpty, destination.name != ArgoCD.inClusterName {
            return "there are no clusters with this name: \(destination.name)"
        }
        if !destination.server.isEmpty, destination.server != ArgoCD.inClusterServer {
            return "cluster \(destination.server.text.quoted) not found"
        }
        if isPermitted(project, destination, namespace: destination.namespace) { return nil }
        return "application destination server '\(ArgoCD.inClusterServer)' and namespace '\(destination.namespace)' "
            + "do not match any of the allowed destinations in project '\(facts.project)'"
    }
}
