/// What came of running one phase and wave.
enum GroupOutcome { case done, pending, failed }

extension Simulation {
    /// Runs one phase and wave: leftover hooks lose their finalizer, everything to prune is deleted, hooks that are
    /// in the way are deleted, then everything is applied. Source: specs/argocd.md 6.4.
    mutating func runGroup(_ group: [Int], _ run: inout SyncRun) -> GroupOutcome {
        for index in group where run.tasks[index].isHook { removeHookFinalizer(run.tasks[index].key) }
        let prunes = group.filter { run.tasks[$0].isPrune }
        if let waiting = confirmationNeeded(prunes, run) {
            run.operation.message = Symbol("waiting for pruning confirmation of \(waiting)")
            return .pending
        }
        var failed = false
        for index in prunes { failed = !prune(index, &run) || failed }
        if failed { return .failed }
        let applies = group.filter { !run.tasks[$0].isPrune }
        if deleteHooksInTheWay(applies, run) {
            run.wait(for: applies.filter { run.tasks[$0].isHook }.map { run.tasks[$0] }, "deletion of")
            return .pending
        }
        for index in applies { failed = !apply(index, &run) || failed }
        return failed ? .failed : .done
    }

    // MARK: Prune

    /// The first object whose pruning somebody has to confirm. Source: specs/argocd.md 6.5.6.
    private func confirmationNeeded(_ prunes: [Int], _ run: SyncRun) -> String? {
        guard run.operation.operation.prune else { return nil }
        let text = tables.map(state[run.application].annotations)[ArgoCD.deletionApproved]?.text
        let approved = text.flatMap(SimulationTime.init(rfc3339:))
        if let approved, approved >= run.operation.startedAt { return nil }
        let waiting = prunes.map { run.tasks[$0] }.filter { pruneOption($0, run) == .confirm }
        guard let first = waiting.first else { return nil }
        return waiting.count > 1 ? "\(first.path) and \(waiting.count - 1) more resources" : first.path
    }

    /// The object's own option wins over the Application's, which counts from Argo CD 3.4.
    /// Source: specs/argocd.md 6.5.1.
    private func pruneOption(_ task: SyncTask, _ run: SyncRun) -> SyncOptions.Prune? {
        let wide = configuration.versions.has(.applicationWidePrune) ? run.operation.operation.options.prune : nil
        let option = tables.directives(state[task.key].annotations).options.prune ?? wide
        return option == .confirm && !configuration.versions.has(.deletionConfirmation) ? nil : option
    }

    /// Source: specs/argocd.md 6.5.1, 6.5.2.
    private mutating func prune(_ index: Int, _ run: inout SyncRun) -> Bool {
        let task = run.tasks[index]
        if !run.operation.operation.prune {
            run.set(index, .pruneSkipped, .succeeded, "ignored (requires pruning)")
            return true
        }
        if pruneOption(task, run) == .no {
            run.set(index, .pruneSkipped, .succeeded, "ignored (no prune)")
            return true
        }
        if state[task.key].isDeleting {
            run.set(index, .pruned, .succeeded, "pruned")
            return true
        }
        let propagation = run.operation.operation.options.propagation ?? .foreground
        switch delete(task.key, as: ArgoCD.caller, DeleteOptions(propagation: propagation)) {
        case .success:
            run.set(index, .pruned, .succeeded, "pruned")
            return true
        case .failure(let error):
            run.set(index, .syncFailed, .failed, error.message)
            return false
        }
    }

    // MARK: Hooks

    /// Deletes the objects that earlier runs of these hooks left; true while one is still there.
    /// Source: specs/argocd.md 5.5.
    private mutating func deleteHooksInTheWay(_ applies: [Int], _ run: SyncRun) -> Bool {
        var waits = false
        for index in applies where run.tasks[index].isHook {
            let task = run.tasks[index]
            guard state.exists(task.key), let target = task.target,
                run.comparison.targets.objects[target].directives.deletePolicies.contains(.beforeHookCreation)
            else { continue }
            if !state[task.key].isDeleting {
                delete(task.key, as: ArgoCD.caller, DeleteOptions(propagation: .background))
            }
            waits = waits || state.exists(task.key)
        }
        return waits
    }

    /// Source: specs/argocd.md 5.4.
    mutating func removeHookFinalizer(_ key: ObjectKey) {
        guard state.exists(key), tables.list(state[key].finalizers).contains(ArgoCD.hookFinalizer) else { return }
        let tables = tables
        update(key, as: ArgoCD.caller, verb: "patch") {
            $0.finalizers = tables.list($0.finalizers, removing: ArgoCD.hookFinalizer)
        }
    }

    /// Deletes the hooks of this operation that have a policy. Source: specs/argocd.md 5.5.
    mutating func deleteHooks(_ run: SyncRun, _ policy: HookDeletePolicies) {
        for task in run.tasks where task.isHook && task.result != nil {
            guard let target = task.target, state.exists(task.key),
                run.comparison.targets.objects[target].directives.deletePolicies.contains(policy)
            else { continue }
            removeHookFinalizer(task.key)
            delete(task.key, as: ArgoCD.caller, DeleteOptions(propagation: .background))
        }
    }

    // MARK: Apply

    private mutating func apply(_ index: Int, _ run: inout SyncRun) -> Bool {
        let task = run.tasks[index]
        let existed = state.exists(task.key)
        let version = state[task.key].resourceVersion
        let result = task.isCreateNamespace ? applyNamespace(run) : applyTarget(task, run)
        switch result {
        case .success:
            let verb = !existed ? "created" : state[task.key].resourceVersion == version ? "unchanged" : "configured"
            let kind = task.kind.text.lowercased() + (task.group.isEmpty ? "" : ".\(task.group)")
            run.set(index, .synced, .running, "\(kind)/\(task.name) \(verb)")
            return true
        case .failure(let error):
            let kind = kind(tables.kindID(task.key))
            let message = error == .unknownResource ? missingKind(kind, task) : error.message
            run.set(index, .syncFailed, .failed, message)
            return false
        }
    }

    /// Source: specs/argocd.md 7.
    private mutating func applyTarget(_ task: SyncTask, _ run: SyncRun) -> Result<ObjectKey, APIError> {
        guard let index = task.target else { return .success(task.key) }
        let target = run.comparison.targets.objects[index]
        var draft = target.draft
        draft.name = task.name
        if task.isHook {
            let names = tables.list(draft.finalizers)
            if configuration.versions.has(.hookFinalizer), !names.contains(ArgoCD.hookFinalizer) {
                draft.finalizers = tables.list(names + [ArgoCD.hookFinalizer])
            }
            configuration.argoCD.tracking.track(
                &draft, as: run.application, task.key, destinationNamespace: run.facts.destination.namespace, tables)
        }
        let options = run.operation.operation.options
        if options.respectIgnoreDifferences {
            draft = respecting(run.facts.ignoreDifferences, draft, live: task.key)
        }
        if let error = reconciliationError(draft) { return .failure(error) }
        let live = state.exists(task.key) ? tables.directives(state[task.key].annotations).options : SyncOptions()
        let own = target.directives.options
        let replaces = options.replace || own.replace || live.replace
        let forces = run.operation.operation.force || own.force || live.force
        let serverSide = own.serverSideApply ?? options.serverSideApply ?? false
        let result =
            replaces && state.exists(task.key)
            ? replace(draft, as: ArgoCD.caller) : applyOnce(draft, task.key, serverSide: serverSide)
        guard forces, case .failure(let error) = result, error.reason == "Invalid" || error.reason == "Conflict",
            task.kind.text != "Namespace", draft.kind != .customResourceDefinition, state.exists(task.key)
        else { return result }
        // Force: what cannot be changed is deleted and made again.
        if case .failure(let refused) = delete(task.key, as: ArgoCD.caller, DeleteOptions(propagation: .background)) {
            return .failure(refused)
        }
        return create(draft, as: ArgoCD.caller)
    }

    /// Applies on the client's or the server's side. Either way the manifest is what the next comparison takes as the
    /// one applied last. Source: specs/argocd.md 4.2, 7 (field manager `argocd-controller`, conflicts forced).
    private mutating func applyOnce(
        _ draft: ObjectDraft, _ key: ObjectKey, serverSide: Bool
    ) -> Result<ObjectKey, APIError> {
        guard serverSide else { return apply(draft, as: ArgoCD.caller) }
        let result = apply(draft, as: ArgoCD.caller, fieldManager: "argocd-controller", force: true, serverSide: true)
        if case .success = result, state.exists(key) { rememberApplied(draft, key) }
        return result
    }

    /// RBAC objects are first reconciled, which reads the namespace. Source: specs/argocd.md 7.6.
    private func reconciliationError(_ draft: ObjectDraft) -> APIError? {
        guard draft.kind == .role || draft.kind == .roleBinding,
            !state.exists(tables.key(.namespace, .empty, draft.namespace))
        else { return nil }
        var error = APIError.notFound(kind(.namespace), draft.namespace)
        error.message = "error getting namespace \(draft.namespace): \(error.message)"
        return error
    }

    /// Makes the destination namespace, without tracking; managed metadata is merged into one that exists.
    /// Source: specs/argocd.md 7.5.
    mutating func applyNamespace(_ run: SyncRun) -> Result<ObjectKey, APIError> {
        let namespace = run.facts.destination.namespace
        let key = tables.key(.namespace, .empty, namespace)
        let metadata = run.facts.namespaceMetadata
        if state.exists(key), metadata.isNull { return .success(key) }
        var draft = ObjectDraft(
            kind: .namespace, namespace: .empty, name: namespace,
            body: tables.body(kind: .namespace, Value(.object([]))))
        draft.labels = tables.map(of: metadata["labels"])
        draft.annotations = tables.map(of: metadata["annotations"])
        draft.origin = run.facts.destination.namespaceOrigin
        return apply(draft, as: ArgoCD.caller)
    }
}
