/// What a StatefulSet's controller knows of its Pods, kept up as they change: an ordered set of thousands is looked at once
/// for each change, and not as a whole.
struct StatefulSetPods {
    /// What one Pod counts for.
    struct Contribution: Equatable {
        var ordinal: Int
        var isActive: Bool
        var isReady: Bool
        var revision: Symbol
    }

    /// Whose Pods these are, and how many are wanted: for others everything is counted anew.
    let uid: UInt32
    let replicas: Int
    /// By Pod; looked up only.
    private var contributions: [ObjectKey: Contribution] = [:]
    /// Pods that run or will, and the ready ones.
    private(set) var active = 0
    private(set) var ready = 0
    /// Pods whose ordinal is not wanted any more.
    private(set) var surplus = 0
    /// By revision: active Pods, and those that are ready too; looked up only.
    private var activeOfRevision: [Symbol: Int] = [:]
    private var readyOfRevision: [Symbol: Int] = [:]
    /// The Pods below this ordinal are there, controlled by the set, and as far as the order wants them.
    var leading = 0

    init(uid: UInt32, replicas: Int) {
        self.uid = uid
        self.replicas = replicas
    }

    func active(of revision: Symbol) -> Int { activeOfRevision[revision] ?? 0 }
    func ready(of revision: Symbol) -> Int { readyOfRevision[revision] ?? 0 }
    func isCounted(_ pod: ObjectKey) -> Bool { contributions[pod] != nil }

    /// Counts a Pod as what it is now; nil: it is gone, or is not the set's.
    mutating func set(_ pod: ObjectKey, _ new: Contribution?) {
        let old = contributions[pod]
        if let ordinal = old?.ordinal { leading = min(leading, ordinal) }
        if let ordinal = new?.ordinal { leading = min(leading, ordinal) }
        if old == new { return }
        if let old { count(old, -1) }
        if let new { count(new, 1) }
        contributions[pod] = new
    }

    private mutating func count(_ pod: Contribution, _ change: Int) {
        if pod.ordinal >= replicas { surplus += change }
        guard pod.isActive else { return }
        active += change
        activeOfRevision[pod.revision, default: 0] += change
        guard pod.isReady else { return }
        ready += change
        readyOfRevision[pod.revision, default: 0] += change
    }
}

extension Simulation {
    /// Brings what is known of a StatefulSet's Pods up to date.
    mutating func refreshStatefulSet(_ key: ObjectKey, replicas: Int) {
        let changed = memory.workloads.changedPods.removeValue(forKey: key)
        let uid = state[key].uid
        let isKnown = memory.workloads.statefulSets[key].map { $0.uid == uid && $0.replicas == replicas } ?? false
        if isKnown {
            for pod in changed ?? [] {
                let contribution = contribution(of: pod, to: key, uid)
                memory.workloads.statefulSets[key]?.set(pod, contribution)
            }
            return
        }
        var pods = StatefulSetPods(uid: uid, replicas: replicas)
        for pod in PodControl.pods(self, of: key) { pods.set(pod, contribution(of: pod, to: key, uid)) }
        memory.workloads.statefulSets[key] = pods
    }

    private func contribution(of pod: ObjectKey, to key: ObjectKey, _ uid: UInt32) -> StatefulSetPods.Contribution? {
        tables.work.visit()
        guard state.exists(pod),
            tables.owners(state[pod].owners).contains(where: { $0.owner == key && $0.uid == uid && $0.controller })
        else { return nil }
        return StatefulSetPods.Contribution(
            ordinal: StatefulSetController.ordinal(self, pod), isActive: isPodActive(pod), isReady: isPodReady(pod),
            revision: label(pod, "controller-revision-hash") ?? .empty)
    }

    /// Notes that a Pod changed, for the StatefulSets among its owners that are known already.
    mutating func noteStatefulPod(_ pod: ObjectKey, owners: OwnersID) {
        if memory.workloads.statefulSets.isEmpty || owners.isEmpty { return }
        for owner in tables.owners(owners) where memory.workloads.statefulSets[owner.owner] != nil {
            memory.workloads.changedPods[owner.owner, default: []].append(pod)
        }
    }
}
