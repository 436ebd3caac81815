/// What a scenario does to git and to Argo CD.
extension Simulation {
    /// Merges a change set into the branch of a repository: a new commit, which each Application that follows the
    /// branch finds at its next poll. Source: specs/argocd.md 9.1.
    ///
    /// - Parameters:
    ///   - repository: an index into `externals.repositories`.
    ///   - origin: the scenario's step.
    @discardableResult
    package mutating func mergeChangeSet(repository: Int, _ name: Symbol, origin: Origin = .none) -> TraceID {
        commit(.merge, repository, name, origin) { $0.merge(name) }
    }

    /// Takes a merged change set back: a new commit too.
    @discardableResult
    package mutating func revertChangeSet(repository: Int, _ name: Symbol, origin: Origin = .none) -> TraceID {
        commit(.revert, repository, name, origin) { $0.revert(name) }
    }

    private mutating func commit(
        _ action: Action, _ repository: Int, _ name: Symbol, _ origin: Origin, change: (inout GitRepository) -> Void
    ) -> TraceID {
        remember(externals.repositories[repository])
        change(&externals.repositories[repository])
        remember(externals.repositories[repository])
        currentCause = .none
        let cause = record(action, .none, by: "git", detail: name, origin: origin)
        currentCause = cause
        for application in objects(of: tables.applicationKind) {
            guard let facts = facts(application, ApplicationFacts.self),
                facts.sources.contains(where: { trackedRepository($0) == repository })
            else { continue }
            refreshAtNextPoll(application, because: cause)
        }
        return cause
    }

    private mutating func remember(_ repository: GitRepository) {
        memory.argoCD.changeSets[repository.revision] = repository.merged
    }

    /// `argocd app sync`: a full sync with hooks; a running operation is terminated for it.
    ///
    /// - Parameters:
    ///   - name: of an Application in Argo CD's own namespace.
    ///   - revision: empty for what the source's `targetRevision` means now.
    /// - Returns: false where there is no such Application.
    @discardableResult
    package mutating func syncApplication(
        _ name: Symbol, prune: Bool = false, force: Bool = false, revision: Symbol = .empty, origin: Origin = .none
    ) -> Bool {
        let key = tables.key(tables.applicationKind, ArgoCD.namespace, name)
        guard state.exists(key) else { return false }
        currentCause = .none
        let cause = record(.step, key, by: "kubernetes-admin", detail: "sync", origin: origin)
        currentCause = cause
        // The API server resolves the revision before there is an operation.
        if let facts = facts(key, ApplicationFacts.self),
            let failure = repositoryFailure(facts, applicationState(key))
        {
            record(.refuse, key, by: "argocd-server", detail: Symbol(failure))
            return true
        }
        memory.argoCD.records[key.offset].requested = RequestedSync(
            prune: prune, force: force, revision: revision, cause: cause)
        requeue(ArgoCD.controllerName, key, after: .milliseconds(0))
        return true
    }

    /// The rows of `argocd app list`, in order of name; those named, or all.
    package func applicationRows(of names: [Symbol]? = nil) -> [ApplicationRow] {
        let keys = objects(of: tables.applicationKind)
            .filter { names?.contains(tables.name($0)) ?? true }
            .sorted { tables.name($0).precedes(tables.name($1)) }
        return keys.compactMap { key in
            guard let facts = facts(key, ApplicationFacts.self) else { return nil }
            let status = applicationState(key)
            return ApplicationRow(
                name: tables.name(key).text, namespace: facts.destination.namespace.text, project: facts.project.text,
                sync: status.sync.text.text, health: status.health.text.text, message: Self.message(status))
        }
    }

    /// The first error condition, or why the last operation failed or is about to be retried; else empty.
    private static func message(_ status: ApplicationState) -> String {
        if let error = status.conditions.first(where: \.kind.isError) { return error.message.text }
        guard let operation = status.operation else { return "" }
        let isRetrying = operation.phase == .running && operation.finishedAt != nil
        return operation.phase == .failed || operation.phase == .error || isRetrying ? operation.message.text : ""
    }
}
