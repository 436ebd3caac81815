/// One thing that a sync does: apply or prune one object in one phase. Source: specs/argocd.md 6.1.
package struct SyncTask: Sendable {
    package var phase: SyncPhase
    package var wave: Int
    package var key: ObjectKey
    package var group: Symbol
    package var kind: Symbol
    package var namespace: Symbol
    package var name: Symbol
    /// Whether the object is deleted: it is live and no target.
    package var isPrune: Bool
    package var isHook: Bool
    /// The index of the target in the comparison's targets; nil for a prune and for the namespace that
    /// CreateNamespace makes.
    var target: Int?
    /// The version of its kind, as results name it.
    var version: Symbol = .empty
    /// Whether this is the namespace that `CreateNamespace=true` makes.
    var isCreateNamespace = false
    package var pruneLast = false
    /// What this operation did with it so far; nil while it is pending.
    var result: OperationResult?

    package init(
        phase: SyncPhase, wave: Int, key: ObjectKey = .none, group: Symbol = .empty, kind: Symbol,
        namespace: Symbol = .empty, name: Symbol, isPrune: Bool = false, isHook: Bool = false
    ) {
        self.phase = phase
        self.wave = wave
        self.key = key
        self.group = group
        self.kind = kind
        self.namespace = namespace
        self.name = name
        self.isPrune = isPrune
        self.isHook = isHook
    }

    var isPending: Bool { result == nil }
    var isRunning: Bool { result?.phase == .running }
    var isFailed: Bool { result.map { $0.phase == .failed || $0.phase == .error } ?? false }

    /// `group/Kind/name`, as messages about waiting write it.
    var path: String { "\(group)/\(kind)/\(name)" }
}

/// The order of a sync. Pure rules.
package enum SyncOrder {
    /// Kinds in the order in which they are applied; every other kind comes after them. Source: specs/argocd.md 6.1.2.
    package static let kinds: [Symbol] = [
        "Namespace", "NetworkPolicy", "ResourceQuota", "LimitRange", "PodSecurityPolicy", "PodDisruptionBudget",
        "ServiceAccount", "Secret", "SecretList", "ConfigMap", "StorageClass", "PersistentVolume",
        "PersistentVolumeClaim", "CustomResourceDefinition", "ClusterRole", "ClusterRoleList", "ClusterRoleBinding",
        "ClusterRoleBindingList", "Role", "RoleList", "RoleBinding", "RoleBindingList", "Service", "DaemonSet", "Pod",
        "ReplicationController", "ReplicaSet", "Deployment", "HorizontalPodAutoscaler", "StatefulSet", "Job",
        "CronJob", "IngressClass", "Ingress", "APIService",
    ]

    private static let ranks: [Symbol: Int] = {
        var ranks: [Symbol: Int] = [:]
        for (index, kind) in kinds.enumerated() { ranks[kind] = index }
        return ranks
    }()

    /// The place of a kind; unlisted kinds share the last one.
    package static func rank(_ kind: Symbol) -> Int { ranks[kind] ?? kinds.count }

    /// Sorts by phase, wave, kind and name; what is equal in all four keeps its order.
    package static func sort(_ tasks: [SyncTask]) -> [SyncTask] {
        let sorted = tasks.enumerated().sorted { left, right in
            let a = left.element
            let b = right.element
            if a.phase != b.phase { return a.phase < b.phase }
            if a.wave != b.wave { return a.wave < b.wave }
            let rankA = rank(a.kind)
            let rankB = rank(b.kind)
            if rankA != rankB { return rankA < rankB }
            if a.name != b.name { return a.name.precedes(b.name) }
            return left.offset < right.offset
        }
        return sorted.map(\.element)
    }

    /// Mirrors the waves of prunes among themselves and puts PruneLast after everything.
    /// Source: specs/argocd.md 6.5.3, 6.5.4.
    package static func assignPruneWaves(_ tasks: inout [SyncTask], pruneLast: Bool) {
        var waves: [Int] = []
        for task in tasks where task.isPrune && !waves.contains(task.wave) { waves.append(task.wave) }
        waves.sort()
        for index in tasks.indices where tasks[index].isPrune {
            if let place = waves.firstIndex(of: tasks[index].wave) {
                tasks[index].wave = waves[waves.count - 1 - place]
            }
        }
        let last = max(0, tasks.filter { $0.phase == .sync }.map(\.wave).max() ?? 0) + 1
        for index in tasks.indices where tasks[index].isPrune && (pruneLast || tasks[index].pruneLast) {
            tasks[index].wave = last
        }
    }

    /// Moves a Namespace before the first task that lives in it, where it stands after it; it takes over that task's
    /// phase and wave. Likewise a CustomResourceDefinition and its custom resources. Source: specs/argocd.md 6.1.3.
    ///
    /// - Parameter definitions: the group and kind that each CustomResourceDefinition of the tasks defines, by key.
    package static func adjustDependencies(
        _ tasks: inout [SyncTask], definitions: (SyncTask) -> (group: Symbol, kind: Symbol)?
    ) {
        func isNamespace(_ task: SyncTask) -> Bool { task.kind == namespaceKind && task.group.isEmpty && !task.isPrune }
        func isDefinition(_ task: SyncTask) -> Bool { task.kind == definitionKind && !task.isPrune }
        move(&tasks, isNamespace) { namespace, task in
            !task.isPrune && task.namespace == namespace.name && task.kind != namespaceKind
        }
        move(&tasks, isDefinition) { definition, task in
            guard let defined = definitions(definition) else { return false }
            return !task.isPrune && task.group == defined.group && task.kind == defined.kind
        }
    }

    private static let namespaceKind: Symbol = "Namespace"
    private static let definitionKind: Symbol = "CustomResourceDefinition"

    private static func move(
        _ tasks: inout [SyncTask], _ isNeeded: (SyncTask) -> Bool, _ needs: (SyncTask, SyncTask) -> Bool
    ) {
        var index = 0
        while index < tasks.count {
            let task = tasks[index]
            if isNeeded(task), let first = tasks[..<index].firstIndex(where: { needs(task, $0) }) {
                var moved = task
                moved.phase = tasks[first].phase
                moved.wave = tasks[first].wave
                tasks.remove(at: index)
                tasks.insert(moved, at: first)
            }
            index += 1
        }
    }

    /// The waves whose objects go first when an Application is deleted: all of the highest. Source: specs 10.4.
    package static func deletionWave(_ waves: [Int]) -> Int? { waves.max() }
}
