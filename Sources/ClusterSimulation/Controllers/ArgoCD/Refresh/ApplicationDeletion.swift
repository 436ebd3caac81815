extension Simulation {
    /// Deletes what an Application manages, wave by wave, then lets it go. Source: specs/argocd.md 10.
    mutating func finalizeApplication(_ key: ObjectKey, _ facts: ApplicationFacts) {
        let names = tables.list(state[key].finalizers)
        let own = [ArgoCD.resourcesFinalizer, ArgoCD.foregroundFinalizer, ArgoCD.backgroundFinalizer]
        guard names.contains(where: own.contains) else { return }
        guard destinationIsKnown(facts) else {
            removeFinalizers(key, own)
            return
        }
        guard let project = project(of: key, facts) else {
            deletionFailed(key, "error getting app project \"\(facts.project)\": project does not exist")
            return
        }
        let objects = trackedObjects(of: key).filter { isLivePermitted($0, facts, project) }
        // One object that is on its way out holds everything else up (10.4).
        if objects.contains(where: { state[$0].isDeleting }) { return }
        let deletable = objects.filter { isDeletable($0, key, facts) }
        guard let wave = SyncOrder.deletionWave(deletable.map { tables.directives(state[$0].annotations).wave }) else {
            removeFinalizers(key, own)
            return
        }
        let isBackground = names.contains(ArgoCD.backgroundFinalizer)
        let propagation: DeleteOptions.Propagation = isBackground ? .background : .foreground
        for object in deletable where tables.directives(state[object].annotations).wave == wave {
            if case .failure(let error) = delete(object, as: ArgoCD.caller, DeleteOptions(propagation: propagation)) {
                deletionFailed(key, error.message)
            }
        }
        // Objects that go at once tell nobody but the watch: look again.
        requeue(ArgoCD.controllerName, key, after: configuration.latencies[.argocdCompare])
    }

    private func destinationIsKnown(_ facts: ApplicationFacts) -> Bool {
        facts.destination.server == ArgoCD.inClusterServer || facts.destination.name == ArgoCD.inClusterName
    }

    /// Source: specs/argocd.md 10.3.
    private func isDeletable(_ object: ObjectKey, _ application: ObjectKey, _ facts: ApplicationFacts) -> Bool {
        if object == application || tables.kindID(object) == .customResourceDefinition { return false }
        let directives = tables.directives(state[object].annotations)
        if directives.keepsOnDeletion { return false }
        let wide = configuration.versions.has(.applicationWidePrune) ? facts.options.delete : nil
        if (directives.options.delete ?? wide) == .no { return false }
        guard configuration.versions.has(.deletionConfirmation) else { return true }
        guard directives.options.delete == .confirm || directives.options.prune == .confirm || wide == .confirm else {
            return true
        }
        let text = tables.map(state[application].annotations)[ArgoCD.deletionApproved]?.text
        guard let approved = text.flatMap(SimulationTime.init(rfc3339:)) else { return false }
        return approved >= state[application].deleted
    }

    private mutating func removeFinalizers(_ key: ObjectKey, _ own: [Symbol]) {
        let tables = tables
        update(key, as: ArgoCD.caller, verb: "patch") { draft in
            draft.finalizers = tables.list(tables.list(draft.finalizers).filter { !own.contains($0) })
        }
    }

    /// A refusal is told as DeletionError and tried again.
    private mutating func deletionFailed(_ key: ObjectKey, _ message: String) {
        var status = applicationState(key)
        status.replace([.deletionError], with: [ApplicationCondition(.deletionError, message)])
        writeApplicationState(key, status)
        requeue(ArgoCD.controllerName, key, after: configuration.latencies[.argocdOperation])
    }

    // MARK: AppProject

    /// A project with Argo CD's finalizer goes when no Application refers to it any more (10.6); Applications notice
    /// another project's content at their next poll (9.1).
    mutating func reconcileProject(_ key: ObjectKey) {
        var applications: [ObjectKey] = []
        state.forEachReferrer(of: key) { link in
            if link.type == .resource, tables.kindID(link.source) == tables.applicationKind {
                applications.append(link.source)
            }
        }
        if state[key].isDeleting, applications.isEmpty {
            removeFinalizers(key, [ArgoCD.resourcesFinalizer])
            return
        }
        for application in applications.reversed() { refreshAtNextPoll(application, because: currentCause) }
    }
}
