/// How often in a row controllers have failed with an object, as their work queues count it.
///
/// Counted by controller, by process and by object: every controller has a queue of its own, and so has every Pod that
/// runs an operator, as long as its process lives. A reconcile that does not fail is forgotten. Looked up only.
/// Source: `ItemExponentialFailureRateLimiter` of client-go's workqueue.
package struct RetryMemory: Sendable {
    /// One entry of one queue.
    struct Item: Hashable, Sendable {
        var controller: ControllerID
        var key: ObjectKey
    }

    /// The process that reconciles: of a Pod, or of the control plane, which has none.
    struct Process: Hashable, Sendable {
        var pod = ObjectKey.none
        var podUID: UInt32 = 0
    }

    private var failures: [Process: [Item: Int]] = [:]
    /// What is being reconciled, and whether that has failed.
    private var current: (item: Item, process: Process)?
    private var hasFailed = false

    package init() {}

    /// A reconcile begins.
    @inline(__always)
    mutating func begin(_ item: Item, in process: Process) {
        current = (item, process)
        hasFailed = false
    }

    /// The reconcile that began last is over; without a failure its object starts from the first delay again.
    @inline(__always)
    mutating func end() {
        if !hasFailed, !failures.isEmpty, let current { forget(current.item, in: current.process) }
        current = nil
    }

    /// Counts one more failure.
    ///
    /// - Returns: how long the queue waits: 1 s, doubled each time, at most 1000 s. The tries of the first second, of
    ///   which the real queue makes eight (5 ms doubled), are taken together.
    mutating func delayAfterFailure(_ item: Item, in process: Process) -> SimulationTime.Span {
        if let current, current.item == item, current.process == process { hasFailed = true }
        let count = failures[process]?[item] ?? 0
        failures[process, default: [:]][item] = count + 1
        return .seconds(count < 10 ? Int64(1) << Int64(count) : 1000)
    }

    /// An object's next failure is its first.
    mutating func forget(_ item: Item, in process: Process) {
        guard failures[process]?.removeValue(forKey: item) != nil else { return }
        if failures[process]?.isEmpty ?? false { failures[process] = nil }
    }

    /// A process has ended, and its queues with it.
    mutating func forget(_ process: Process) {
        if !failures.isEmpty { failures[process] = nil }
    }
}

extension Simulation {
    /// A controller could not do its work with an object: it looks again after a delay that grows with every failure in
    /// a row.
    mutating func retry(_ name: Symbol, _ key: ObjectKey) {
        guard let controller = configuration.controllerID(name) else { return }
        let delay = retries.delayAfterFailure(RetryMemory.Item(controller: controller, key: key), in: process)
        requeue(controller, key, after: delay)
    }

    /// A controller has done its work with an object other than the one it was asked to look at.
    mutating func forgetFailures(_ name: Symbol, _ key: ObjectKey) {
        guard let controller = configuration.controllerID(name) else { return }
        retries.forget(RetryMemory.Item(controller: controller, key: key), in: process)
    }

    /// Has a controller look at an object, and forgets the failures before where it does not fail.
    ///
    /// - Parameter process: whose work queue it is.
    mutating func reconcile(
        _ id: ControllerID, _ key: ObjectKey, in process: RetryMemory.Process = RetryMemory.Process()
    ) {
        counters.reconciles += 1
        self.process = process
        retries.begin(RetryMemory.Item(controller: id, key: key), in: process)
        configuration.controllers[Int(id.index)].reconcile(&self, key)
        retries.end()
        self.process = RetryMemory.Process()
    }
}
