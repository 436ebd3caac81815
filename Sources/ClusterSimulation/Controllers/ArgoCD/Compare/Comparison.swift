/// One object of a comparison: desired, live, or both.
struct ComparedResource {
    var key: ObjectKey
    /// The index in `Comparison.targets.objects`.
    var target: Int?
    var isLive: Bool
    /// A live object that is a hook, or a target that is never applied: no part of the Application's health.
    var isHook = false
    /// nil: has no status and does not count.
    var sync: SyncCode?
    var requiresPruning = false
    var countsForApplication = true
    var health: ResourceHealth?
}

/// What comparing an Application found. Source: specs/argocd.md 4.
struct Comparison {
    var targets: TargetSet
    var resources: [ComparedResource] = []
    /// The resources as `status.resources` says them.
    var statuses: [ResourceStatus] = []
    /// Indices of the targets that are hooks.
    var hooks: [Int] = []
    var conditions: [ApplicationCondition] = []
    var sync = SyncCode.synced
    var health = HealthCode.healthy
    var healthMessage = ""
    /// Whether a script said something of an object that it may not say at another time.
    var readsClock = false
    var revisions: [Symbol]

    var hasErrors: Bool { conditions.contains { $0.kind.isError } }
}

/// A comparison and what it was made from: as long as that is so, it would find the same again.
final class KnownComparison {
    let comparison: Comparison
    let facts: ApplicationFacts
    let project: AppProjectFacts
    let objects: [ComparedObject]
    /// Those of `argocd-cm`.
    let scripts: HealthScripts

    init(
        _ comparison: Comparison, _ facts: ApplicationFacts, _ project: AppProjectFacts, _ objects: [ComparedObject],
        _ scripts: HealthScripts
    ) {
        self.scripts = scripts
        self.comparison = comparison
        self.facts = facts
        self.project = project
        self.objects = objects
    }
}

/// One object as a comparison saw it.
struct ComparedObject: Equatable {
    var key: ObjectKey
    /// 0 where it did not exist.
    var version: UInt32
    var applied: AppliedConfiguration
}

extension Simulation {
    /// Compares the desired state at certain revisions with the live state.
    ///
    /// - Parameter failure: why the desired state is not to be had, where that is known already.
    mutating func compare(
        _ application: ObjectKey, _ facts: ApplicationFacts, _ project: AppProjectFacts, revisions: [Symbol],
        failure: String? = nil
    ) -> Comparison {
        let targets =
            failure.map { TargetSet(failure: ManifestFailure($0)) }
            ?? targets(application, facts, revisions: revisions)
        let objects = comparedObjects(application, targets)
        let scripts = customHealthScripts().settings
        var comparison: Comparison
        if let known = memory.argoCD.comparisons[application.offset],
            known.comparison.targets === targets, known.facts === facts, known.project === project,
            known.objects == objects, known.scripts === scripts
        {
            comparison = known.comparison
            comparison.revisions = revisions
        } else {
            comparison = compare(application, facts, project, targets, revisions)
            // Metadata that the operation wrote into the namespace is no part of the objects.
            memory.argoCD.comparisons[application.offset] =
                facts.namespaceMetadata.isNull && !comparison.readsClock
                ? KnownComparison(comparison, facts, project, objects, scripts) : nil
        }
        for target in targets.objects
        where !target.key.isNone && memory.argoCD.targetOf[target.key.offset] != application {
            memory.argoCD.targetOf[target.key.offset] = application
        }
        return comparison
    }

    /// Everything that a comparison looks at: the targets, and the objects that are tracked.
    private func comparedObjects(_ application: ObjectKey, _ targets: TargetSet) -> [ComparedObject] {
        var objects: [ComparedObject] = []
        objects.reserveCapacity(targets.objects.count + 8)
        func add(_ key: ObjectKey) {
            objects.append(
                ComparedObject(
                    key: key, version: state[key].resourceVersion, applied: state.applied[key.offset]))
        }
        for target in targets.objects { add(target.key) }
        state.forEachReferrer(of: application) { link in if link.type == .tracking { add(link.source) } }
        return objects
    }

    private mutating func compare(
        _ application: ObjectKey, _ facts: ApplicationFacts, _ project: AppProjectFacts, _ targets: TargetSet,
        _ revisions: [Symbol]
    ) -> Comparison {
        var comparison = Comparison(targets: targets, revisions: revisions)
        comparison.conditions = targets.conditions
        if let failure = targets.failure {
            comparison.conditions.append(
                ApplicationCondition(
                    .comparisonError, "Failed to load target state: \(failure.message)", isUnknown: failure.isUnknown))
        }
        pair(&comparison, application, facts, project)
        for index in comparison.resources.indices {
            judge(&comparison.resources[index], targets, facts, project, failed: targets.failure != nil)
        }
        comparison.sync = applicationSync(comparison, application, facts)
        judgeHealth(&comparison, application)
        comparison.statuses = comparison.resources.map { resource in
            let target = resource.target.map { targets.objects[$0] }
            return ResourceStatus(resource, version: shownVersion(of: resource.key, target))
        }
        return comparison
    }

    /// The version by which Argo CD shows an object: the one that the cluster serves; where it serves none, the target's.
    func shownVersion(of key: ObjectKey, _ target: TargetObject?) -> Symbol {
        let id = tables.kindID(key)
        if let target, !target.draft.version.isEmpty, !isServed(id) { return target.draft.version }
        return kind(id).version
    }

    /// The live objects of an Application by tracking, in any namespace, without those that others own, oldest first.
    /// Source: specs/argocd.md 3.3.
    func trackedObjects(of application: ObjectKey) -> [ObjectKey] {
        var found: [(uid: UInt32, key: ObjectKey)] = []
        state.forEachReferrer(of: application) { link in
            guard link.type == .tracking, link.source != application else { return }
            let row = state[link.source]
            if row.owners.isEmpty { found.append((row.uid, link.source)) }
        }
        return found.sorted { $0.uid < $1.uid }.map(\.key)
    }

    /// Whether the project lets the Application see a live object. Source: specs/argocd.md 3.6.
    func isLivePermitted(_ key: ObjectKey, _ facts: ApplicationFacts, _ project: AppProjectFacts) -> Bool {
        let content = tables.content(key)
        let kind = kind(content.kind)
        guard project.permits(kind) else { return false }
        return !kind.namespaced || isPermitted(project, facts.destination, namespace: content.namespace)
    }

    func isPermitted(
        _ project: AppProjectFacts, _ destination: ApplicationFacts.Destination, namespace: Symbol
    ) -> Bool {
        // The only cluster has a URL and a name; either may be written (8.1).
        project.permits(server: ArgoCD.inClusterServer, name: ArgoCD.inClusterName, namespace: namespace)
    }

    /// Source: specs/argocd.md 4.1, 3.6, 3.7.
    private func pair(
        _ comparison: inout Comparison, _ application: ObjectKey, _ facts: ApplicationFacts,
        _ project: AppProjectFacts
    ) {
        var isTarget: [ObjectKey: Bool] = [:]
        for (index, target) in comparison.targets.objects.enumerated() {
            if target.directives.hook.isHook {
                comparison.hooks.append(index)
                continue
            }
            isTarget[target.key] = true
            let isLive = state.exists(target.key) && isLivePermitted(target.key, facts, project)
            comparison.resources.append(ComparedResource(key: target.key, target: index, isLive: isLive))
            guard isLive, let other = trackingApplication(of: state[target.key]),
                other != application
            else { continue }
            let content = tables.content(target.key)
            let otherName = tables.trackingName(of: other).text.split(separator: "_").joined(separator: "/")
            comparison.conditions.append(
                ApplicationCondition(
                    .sharedResourceWarning,
                    "\(tables.kind(content.kind).kind)/\(content.name) is part of applications "
                        + "\(tables.namespace(application))/\(tables.name(application)) and \(otherName)"))
        }
        for key in trackedObjects(of: application) where isTarget[key] == nil {
            guard isLivePermitted(key, facts, project) else { continue }
            comparison.resources.append(ComparedResource(key: key, target: nil, isLive: true))
        }
    }

    /// The sync status of one resource. Source: specs/argocd.md 4.5, 4.7.
    private func judge(
        _ resource: inout ComparedResource, _ targets: TargetSet, _ facts: ApplicationFacts,
        _ project: AppProjectFacts, failed: Bool
    ) {
        let row = state[resource.key]
        guard let target = resource.target else {
            let directives = tables.directives(row.annotations)
            resource.isHook = directives.hook.isHook
            guard !resource.isHook, !directives.hook.isSkipped,
                configuration.argoCD.tracking.isSelfReferenced(
                    resource.key, annotations: row.annotations, tables)
            else { return }
            resource.sync = failed ? .unknown : .outOfSync
            resource.requiresPruning = !failed
            resource.countsForApplication = !directives.ignoresExtraneous
            return
        }
        let object = targets.objects[target]
        resource.isHook = resource.isLive && tables.directives(row.annotations).hook.isHook
        if object.directives.hook.isSkipped {
            resource.isHook = true
            return
        }
        var kind = kind(object.draft.kind)
        kind.namespaced = !object.draft.namespace.isEmpty
        if !project.permits(kind) {
            resource.sync = .unknown
            resource.countsForApplication = false
        } else if !resource.isLive || isModified(object.draft, resource.key, ignoring: facts.ignoreDifferences)
            || hasOtherStatus(object.draft, resource.key)
        {
            resource.sync = .outOfSync
        } else {
            resource.sync = .synced
        }
    }

    /// Source: specs/argocd.md 4.6.
    private func applicationSync(
        _ comparison: Comparison, _ application: ObjectKey, _ facts: ApplicationFacts
    ) -> SyncCode {
        if comparison.hasErrors { return .unknown }
        if comparison.resources.contains(where: { $0.countsForApplication && $0.sync == .outOfSync }) {
            return .outOfSync
        }
        if !facts.namespaceMetadata.isNull,
            applicationState(application).operation?.synced?.namespaceMetadata != facts.namespaceMetadata
        {
            return .outOfSync
        }
        return .synced
    }

    /// Source: specs/argocd.md 12, 16.3.
    private mutating func judgeHealth(_ comparison: inout Comparison, _ application: ObjectKey) {
        var inputs: [ApplicationHealth.Resource] = []
        var failure: String?
        for index in comparison.resources.indices {
            let resource = comparison.resources[index]
            let content = tables.content(resource.key)
            let kind = tables.kind(content.kind)
            let finding = resource.isLive ? healthFinding(resource.key) : .none
            comparison.resources[index].health = resource.isLive ? finding.health : ResourceHealth(.missing)
            var input = ApplicationHealth.Resource(
                group: kind.group, kind: kind.kind, namespace: content.namespace, name: content.name,
                isLive: resource.isLive, health: finding.health?.code)
            input.isHook = resource.isHook
            input.isSelf = resource.key == application
            if resource.isLive {
                let flag = tables.map(state[resource.key].annotations)[ArgoCD.ignoreHealthcheck]
                input.ignoresHealthcheck = flag?.text == "true"
                comparison.readsClock = comparison.readsClock || isHealthOfNow(resource.key)
            } else {
                let settings = customHealthScripts().settings
                input.hasSettingsCheck = settings.script(group: kind.group, kind: kind.kind) != nil
            }
            if failure == nil, input.counts, let message = finding.failure {
                failure =
                    "failed to get resource health for \(kind.kind.text.quoted) with name "
                    + "\(content.name.text.quoted) in namespace \(content.namespace.text.quoted): \(message)"
            }
            inputs.append(input)
        }
        let result = ApplicationHealth.aggregate(inputs, configuration.versions)
        comparison.health = result.code
        if configuration.versions.has(.healthCauses) {
            comparison.healthMessage = ApplicationHealth.message(inputs, causes: result.causes)
        }
        if let failure {
            comparison.conditions.append(
                ApplicationCondition(.comparisonError, "error setting app health: \(failure)"))
        }
    }
}
