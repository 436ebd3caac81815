/// One `kubectl drain` of a node: what it still waits for.
package struct Drain: Sendable {
    package let node: ObjectKey
    let options: DrainOptions
    let started: SimulationTime
    /// The Pods that have not gone yet, by namespace and name.
    package var pods: [DrainedPod]
    /// When those that were refused were asked for last.
    var lastTry: SimulationTime
    /// When they are asked for again; `.never`: when something changes on which the answer depends.
    var nextTry: SimulationTime = .never
    /// Why it has ended without emptying the node; empty: it goes on.
    package var failure: Symbol = .empty

    /// When it gives up; nil: never.
    var deadline: SimulationTime? { options.timeout.map { started + $0 } }
}

/// A Pod that a drain wants gone.
package struct DrainedPod: Sendable {
    package let key: ObjectKey
    let uid: UInt32
    package var progress = Progress.refused
    /// What the API server said last; empty: nothing, or that the Pod goes.
    package var refusal: Symbol = .empty
    /// The event of that refusal.
    package var cause: TraceID = .none
    /// The disruption budgets that covered it then.
    package var budgets: [ObjectKey] = []

    package enum Progress: Sendable {
        /// Its eviction is asked for again and again.
        case refused
        /// It is going; only its end is waited for.
        case going
        /// Its eviction was refused in a way that is not tried again.
        case failed
    }
}

/// The options of `kubectl drain`, by the names that it gives them.
package struct DrainOptions: Sendable {
    /// `--force`: Pods that no controller makes anew go too.
    package var force = false
    /// `--ignore-daemonsets`: Pods of DaemonSets stay; without it they keep the drain from beginning.
    package var ignoresDaemonSets = true
    /// `--delete-emptydir-data`: Pods with an `emptyDir` go too.
    package var deletesEmptyDirData = true
    /// `--disable-eviction`: Pods are deleted, whatever budgets say.
    package var disablesEviction = false
    /// `--grace-period` in seconds; nil: each Pod's own.
    package var gracePeriodSeconds: Int32?
    /// `--timeout`; nil: it never gives up.
    package var timeout: SimulationTime.Span?

    package init() {}
}

/// The drains that go on, and those that have failed while their node is still cordoned, oldest first; few.
package struct DrainMemory: Sendable {
    package internal(set) var drains: [Drain] = []

    package init() {}
}

extension StateSlots {
    private static let drainsSlot = Slot("drains", DrainMemory())

    /// The drains that are going on.
    package internal(set) var drains: DrainMemory {
        _read { yield self[Self.drainsSlot] }
        _modify { yield &self[Self.drainsSlot] }
    }
}
