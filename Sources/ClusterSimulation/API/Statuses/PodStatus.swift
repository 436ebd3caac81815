/// The status of a Pod, and what its kubelet knows of it.
package final class PodStatus: Status, @unchecked Sendable {
    package let state: PodState
    /// `PodState.isIncomplete`, asked with every write to what the Pod refers to.
    let isIncomplete: Bool

    package init(_ state: PodState) {
        self.state = state
        isIncomplete = state.isIncomplete
    }

    package override var document: Value { documentWithoutContainers }
}

/// What a `PodStatus` says: a value that the kubelet changes and compares.
package struct PodState: Equatable, Sendable {
    package enum Phase: UInt8, Sendable {
        case pending, running, succeeded, failed

        package var text: Symbol {
            switch self {
            case .pending: "Pending"
            case .running: "Running"
            case .succeeded: "Succeeded"
            case .failed: "Failed"
            }
        }

        package var isTerminal: Bool { self == .succeeded || self == .failed }
    }

    package var phase: Phase = .pending
    /// The node it is bound to; empty: not scheduled.
    package var node: Symbol = .empty
    /// Empty until the sandbox is there.
    package var address: Symbol = .empty
    /// `Unschedulable` and the like; empty where nothing is to be said.
    package var reason: Symbol = .empty
    /// Why it is not scheduled, or why its volumes are not mounted.
    package var message: Symbol = .empty
    /// When the kubelet took it.
    package var started: SimulationTime = .never
    /// When its sandbox is there.
    package var sandboxDue: SimulationTime = .never
    package var volumesAreMounted = false
    /// When its containers will have ended; `.never` while it is not being stopped.
    package var stopDue: SimulationTime = .never
    /// Whether all containers are ready.
    package var isReady = false
    package var readySince: SimulationTime = .never
    /// Init containers first, in the order of the spec.
    package var containers: [ContainerState] = []
    /// Images that could not be pulled for it, in the order of their first failure: one entry an image.
    package var pullBackOffs: [PullBackOff] = []

    package init() {}
}

/// One container's state.
package struct ContainerState: Equatable, Sendable {
    package enum Phase: UInt8, Sendable {
        /// Not begun: its turn has not come.
        case created
        case pulling
        /// The image could not be pulled.
        case pullFailed
        /// A Secret, ConfigMap or key of the environment is missing.
        case configurationFailed
        case running
        /// Ended, to be started again.
        case terminated
        /// Ended for good.
        case done
    }

    package var phase: Phase = .created
    /// `ContainerCreating`, `CrashLoopBackOff`, `Error`, `Completed`, …; empty while it runs.
    package var reason: Symbol = .empty
    package var message: Symbol = .empty
    package var isReady = false
    package var restartCount: Int32 = 0
    package var exitCode: Int32 = 0
    /// What the program said when it ended last.
    package var lastMessage: Symbol = .empty
    package var since: SimulationTime = .never
    /// When the kubelet looks again; `.never`: something has to happen first.
    package var due: SimulationTime = .never
    /// The next delay of CrashLoopBackOff; zero: none yet.
    package var backOff = SimulationTime.Span(milliseconds: 0)
    /// Whether it ends by itself.
    package var completes = false
    /// Whether its program is up and waits for something.
    package var waits = false
    /// The program that was started.
    package var program: Symbol = .empty
    /// The controller programs that work in it while the Pod is ready.
    package var controllerPrograms: ListID = .empty

    package init() {}

    /// Whether it has ended well, for an init container: the next one may begin.
    package var isDone: Bool { phase == .done && exitCode == 0 }
}

extension PodState {
    /// Whether a Pod on a node has not got everything that it needs to run.
    var isIncomplete: Bool {
        if node.isEmpty || phase.isTerminal { return false }
        return !volumesAreMounted
            || containers.contains {
                $0.phase == .pullFailed || $0.phase == .configurationFailed || $0.waits
            }
    }
}

extension Simulation {
    /// A Pod's state, whoever wrote it; nil where there is none yet.
    package func podState(_ key: ObjectKey) -> PodState? {
        guard let status = state.status(key) else { return nil }
        if let status = status as? PodStatus { return status.state }
        return PodState(status.document, body: tables.body(state[key].body).value)
    }

    /// Whether a Pod is bound to a node.
    package func isScheduled(_ key: ObjectKey) -> Bool {
        // Questions that are asked of every Pod of a list do not copy the whole state.
        if let status = state.status(key, as: PodStatus.self) { return !status.state.node.isEmpty }
        return !(podState(key)?.node.isEmpty ?? true)
    }

    /// Whether a Pod is ready and not being deleted.
    package func isPodReady(_ key: ObjectKey) -> Bool {
        if state[key].isDeleting { return false }
        if let status = state.status(key, as: PodStatus.self) { return status.state.isReady }
        return podState(key)?.isReady ?? false
    }

    /// Whether a Pod has not ended and is not being deleted: what workload controllers count.
    package func isPodActive(_ key: ObjectKey) -> Bool {
        if state[key].isDeleting { return false }
        if let status = state.status(key, as: PodStatus.self) { return !status.state.phase.isTerminal }
        return !(podState(key)?.phase.isTerminal ?? false)
    }

    /// Whether a kubelet has the Pod, so that deleting it takes its grace period. A Pod that has ended needs none.
    func isRunByKubelet(_ key: ObjectKey) -> Bool {
        guard let pod = podState(key) else { return false }
        return !pod.node.isEmpty && !pod.phase.isTerminal
    }

    /// `spec.terminationGracePeriodSeconds` of a Pod.
    func defaultPodGracePeriod(_ key: ObjectKey) -> Int32 {
        facts(key, PodTemplateFacts.self)?.terminationGracePeriodSeconds ?? 30
    }
}
