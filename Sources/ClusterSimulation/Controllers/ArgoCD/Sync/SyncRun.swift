/// One evaluation of an operation: the tasks of the moment, and what came of them so far.
struct SyncRun {
    let application: ObjectKey
    let facts: ApplicationFacts
    let project: AppProjectFacts
    let comparison: Comparison
    var operation: OperationState
    /// In the order in which they run.
    var tasks: [SyncTask] = []

    /// Whether the sync has more than one phase or wave. Source: specs/argocd.md 6.3.1.
    var isMultiStep: Bool {
        guard let first = tasks.first, let last = tasks.last else { return false }
        return first.phase != last.phase || first.wave != last.wave
    }

    /// Notes what became of a task, for later evaluations too.
    mutating func set(_ index: Int, _ code: OperationResult.Code, _ phase: OperationPhase, _ message: String) {
        let task = tasks[index]
        let result = OperationResult(
            key: task.key, version: task.version, syncPhase: task.phase, code: code, phase: phase,
            message: Symbol(message), isHook: task.isHook)
        tasks[index].result = result
        if let place = operation.results.firstIndex(where: { $0.key == task.key && $0.syncPhase == task.phase }) {
            operation.results[place] = result
        } else {
            operation.results.append(result)
        }
    }

    /// The operation stays Running, and says on what it waits. Source: specs/argocd.md 6.3.3.
    mutating func wait(for waiting: [SyncTask], _ what: String) {
        guard let first = waiting.first else { return }
        let subject = first.isHook ? "completion of hook" : what
        let more = waiting.count > 1 ? " and \(waiting.count - 1) more \(first.isHook ? "hooks" : "resources")" : ""
        operation.phase = .running
        operation.message = Symbol("waiting for \(subject) \(first.path)\(more)")
    }
}

extension Simulation {
    /// The tasks of an operation, with what this operation did already. Source: specs/argocd.md 6.1, 6.5, 7.5.
    func syncTasks(_ run: SyncRun) -> [SyncTask] {
        var tasks = resourceTasks(run)
        if run.operation.operation.selection == nil { tasks += hookTasks(run) }
        SyncOrder.assignPruneWaves(&tasks, pruneLast: run.operation.operation.options.pruneLast)
        if let task = namespaceTask(run) { tasks.append(task) }
        for index in tasks.indices {
            tasks[index].result = run.operation.results.first {
                $0.key == tasks[index].key && $0.syncPhase == tasks[index].phase
            }
            let target = tasks[index].target.map { run.comparison.targets.objects[$0] }
            tasks[index].version = shownVersion(of: tasks[index].key, target)
        }
        tasks = SyncOrder.sort(tasks)
        SyncOrder.adjustDependencies(&tasks) { task in
            guard let target = task.target else { return nil }
            let body = tables.body(run.comparison.targets.objects[target].draft.body)
            return body.facts(DefinitionFacts.self).map { (group: $0.group, kind: $0.kind) }
        }
        return tasks
    }

    private func task(_ key: ObjectKey, _ phase: SyncPhase, wave: Int, _ run: SyncRun) -> SyncTask {
        let content = tables.content(key)
        let kind = tables.kind(content.kind)
        // Cluster-scoped targets count as living in the destination namespace (6.1.1).
        return SyncTask(
            phase: phase, wave: wave, key: key, group: kind.group, kind: kind.kind,
            namespace: content.namespace.isEmpty ? run.facts.destination.namespace : content.namespace,
            name: content.name)
    }

    private func resourceTasks(_ run: SyncRun) -> [SyncTask] {
        let operation = run.operation.operation
        var tasks: [SyncTask] = []
        for resource in run.comparison.resources {
            guard resource.sync != nil, isSelected(resource.key, operation.selection) else { continue }
            let directives =
                resource.target.map { run.comparison.targets.objects[$0].directives }
                ?? tables.directives(state[resource.key].annotations)
            if operation.options.applyOutOfSyncOnly, resource.target != nil, resource.isLive, resource.sync == .synced,
                !run.operation.results.contains(where: { $0.key == resource.key })
            {
                continue
            }
            var task = task(resource.key, .sync, wave: directives.wave, run)
            task.target = resource.target
            task.isPrune = resource.target == nil
            task.pruneLast = task.isPrune && directives.options.pruneLast
            tasks.append(task)
        }
        return tasks
    }

    private func isSelected(_ key: ObjectKey, _ selection: [SyncOperation.Selection]?) -> Bool {
        guard let selection else { return true }
        let content = tables.content(key)
        let kind = tables.kind(content.kind)
        return selection.contains { $0.name == content.name && $0.kind == kind.kind && $0.group == kind.group }
    }

    private func hookTasks(_ run: SyncRun) -> [SyncTask] {
        var tasks: [SyncTask] = []
        for index in run.comparison.hooks {
            let target = run.comparison.targets.objects[index]
            for phase in target.directives.hook.phases {
                let key = target.key.isNone ? generatedKey(target, phase, run) : target.key
                var task = task(key, phase, wave: target.directives.wave, run)
                task.target = index
                task.isHook = true
                tasks.append(task)
            }
        }
        return tasks
    }

    /// A hook with `generateName`: revision, phase and the operation's start make the name.
    /// Source: specs/argocd.md 5.3.
    private func generatedKey(_ target: TargetObject, _ phase: SyncPhase, _ run: SyncRun) -> ObjectKey {
        let revision = run.operation.operation.revisions.first?.text.prefix(7) ?? ""
        let seconds = run.operation.startedAt.milliseconds / 1000
        let suffix = "\(revision)-\(phase.name.text.lowercased())-\(seconds)"
        return tables.key(
            target.draft.kind, target.draft.namespace, Symbol(target.draft.generateName.text + suffix))
    }

    /// The namespace that `CreateNamespace=true` makes. Source: specs/argocd.md 7.5.
    private func namespaceTask(_ run: SyncRun) -> SyncTask? {
        let namespace = run.facts.destination.namespace
        guard run.operation.operation.options.createNamespace, !namespace.isEmpty else { return nil }
        let key = tables.key(.namespace, .empty, namespace)
        let isTarget = run.comparison.targets.objects.contains { $0.key == key && !$0.directives.hook.isHook }
        if isTarget { return nil }
        let wasTask = run.operation.results.contains { $0.key == key && $0.syncPhase == .preSync }
        guard !state.exists(key) || wasTask || !run.facts.namespaceMetadata.isNull else { return nil }
        var task = task(key, .preSync, wave: 0, run)
        task.isCreateNamespace = true
        return task
    }

    /// The reasons why tasks are not valid, sorted and without repetition. Source: specs/argocd.md 6.2.1, 6.2.2.
    mutating func invalidTasks(_ run: inout SyncRun) -> [String] {
        var reasons: [String] = []
        for index in run.tasks.indices where run.tasks[index].isPending {
            guard let reason = invalidity(run.tasks[index], run) else { continue }
            run.set(index, .syncFailed, .failed, reason)
            if !reasons.contains(reason) { reasons.append(reason) }
        }
        return reasons.sorted()
    }

    private func invalidity(_ task: SyncTask, _ run: SyncRun) -> String? {
        let id = tables.kindID(task.key)
        let kind = kind(of: task.key)
        if !isServed(id) {
            let isDefined = run.comparison.targets.objects.contains { target in
                guard target.draft.kind == .customResourceDefinition,
                    let facts = tables.body(target.draft.body).facts(DefinitionFacts.self)
                else { return false }
                return facts.group == kind.group && facts.kind == kind.kind
            }
            let skips =
                run.operation.operation.options.skipDryRunOnMissingResource
                || (task.target.map {
                    run.comparison.targets.objects[$0].directives.options.skipDryRunOnMissingResource
                } ?? false)
            if !isDefined, !skips { return missingKind(kind, task) }
        }
        if task.isCreateNamespace { return nil }
        guard run.project.permits(kind) else {
            return "resource \(kind.group):\(kind.kind) is not permitted in project \(run.facts.project)"
        }
        let namespace = tables.namespace(task.key)
        guard !namespace.isEmpty, !isPermitted(run.project, run.facts.destination, namespace: namespace) else {
            return nil
        }
        return "namespace \(namespace) is not permitted in project '\(run.facts.project)'"
    }

    /// Source: specs/argocd.md 7.7.
    func missingKind(_ kind: Kind, _ task: SyncTask) -> String {
        "The Kubernetes API could not find \(kind.group)/\(kind.kind) for requested resource "
            + "\(tables.namespace(task.key))/\(task.name). Make sure the \"\(kind.kind)\" CRD is installed on the "
            + "destination cluster."
    }
}
