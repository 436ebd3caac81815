/// One look at a Pod: what its state becomes, and when to look again.
struct PodRun {
    let key: ObjectKey
    let template: PodTemplateFacts
    var state: PodState
    /// The earliest moment at which something changes by itself.
    var due: SimulationTime?

    init(key: ObjectKey, template: PodTemplateFacts, state: PodState) {
        self.key = key
        self.template = template
        self.state = state
    }

    mutating func wait(until time: SimulationTime) {
        if time != .never { due = min(due ?? time, time) }
    }

    func context(_ index: Int, _ simulation: Simulation) -> ContainerRun {
        ContainerRun(
            pod: key, podName: simulation.tables.name(key), namespace: simulation.tables.namespace(key),
            template: template, container: template.container(at: index))
    }

    /// Moves the Pod as far as it gets now.
    mutating func advance(_ simulation: inout Simulation) {
        if state.phase.isTerminal { return }
        begin(simulation)
        if simulation.now < state.sandboxDue {
            wait(until: state.sandboxDue)
            return
        }
        if !state.volumesAreMounted {
            if let problem = volumeProblem(simulation) {
                state.message = problem
                return
            }
            state.volumesAreMounted = true
            state.message = .empty
        }
        if state.address.isEmpty { state.address = simulation.memory.addresses.nextPod() }
        if advanceInitContainers(&simulation) {
            for index in template.initContainers.count..<state.containers.count { step(index, &simulation) }
        }
        summarise(simulation)
    }

    private mutating func begin(_ simulation: Simulation) {
        let count = template.initContainers.count + template.containers.count
        if state.containers.count != count {
            state.containers = (0..<count).map { _ in
                var container = ContainerState()
                container.reason = template.initContainers.isEmpty ? "ContainerCreating" : "PodInitializing"
                return container
            }
        }
        guard state.started == .never else { return }
        state.started = simulation.now
        state.sandboxDue = simulation.now + simulation.configuration.latencies[.podStart]
        state.reason = .empty
        state.message = .empty
    }

    /// Runs init containers one after the other; true once all have ended well or, as sidecars, are running.
    private mutating func advanceInitContainers(_ simulation: inout Simulation) -> Bool {
        for (index, facts) in template.initContainers.enumerated() {
            step(index, &simulation)
            let container = state.containers[index]
            if facts.isSidecar {
                if container.phase != .running { return false }
            } else if !container.isDone {
                return false
            }
        }
        if !template.initContainers.isEmpty {
            for index in template.initContainers.count..<state.containers.count
            where state.containers[index].phase == .created {
                state.containers[index].reason = "PodInitializing"
            }
        }
        return true
    }

    /// Phase and readiness, from the containers.
    mutating func summarise(_ simulation: Simulation) {
        let initCount = template.initContainers.count
        let initFailed = state.containers.prefix(initCount).contains { $0.phase == .done && $0.exitCode != 0 }
        var isRunning = false
        var allDone = true
        var allReady = true
        var anyFailed = initFailed
        for container in state.containers.dropFirst(initCount) {
            if container.phase == .running || container.phase == .terminated || container.restartCount > 0 {
                isRunning = true
            }
            if container.phase != .done { allDone = false }
            if container.phase == .done, container.exitCode != 0 { anyFailed = true }
            if !container.isReady { allReady = false }
        }
        for (index, facts) in template.initContainers.enumerated() where facts.isSidecar {
            if !state.containers[index].isReady { allReady = false }
        }
        if initFailed || allDone {
            state.phase = anyFailed ? .failed : .succeeded
            allReady = false
            due = nil
        } else if isRunning || state.containers.dropFirst(initCount).contains(where: { $0.phase == .done }) {
            state.phase = .running
        } else {
            state.phase = .pending
        }
        if allReady != state.isReady {
            state.isReady = allReady
            state.readySince = simulation.now
        }
    }
}
