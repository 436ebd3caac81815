extension PodRun {
    /// Moves one container as far as it gets.
    mutating func step(_ index: Int, _ simulation: inout Simulation) {
        let container = state.containers[index]
        switch container.phase {
        case .created: beginPull(index, simulation)
        case .pulling: if isDue(index, simulation) { endPull(index, &simulation) }
        case .pullFailed: retryPull(index, simulation)
        case .configurationFailed: start(index, &simulation)
        case .running: continueRunning(index, &simulation)
        case .terminated:
            if isDue(index, simulation) {
                state.containers[index].restartCount += 1
                let container = template.container(at: index)
                if container.alwaysPulls, !simulation.externals.isRegistryAvailable(for: container.image) {
                    endPull(index, &simulation)
                } else {
                    start(index, &simulation)
                }
            }
        case .done: break
        }
    }

    private mutating func isDue(_ index: Int, _ simulation: Simulation) -> Bool {
        let due = state.containers[index].due
        if due <= simulation.now { return true }
        wait(until: due)
        return false
    }

    // MARK: Images

    private mutating func beginPull(_ index: Int, _ simulation: Simulation) {
        state.containers[index].phase = .pulling
        state.containers[index].due = simulation.now + simulation.configuration.latencies[.imagePull]
        wait(until: state.containers[index].due)
    }

    private mutating func endPull(_ index: Int, _ simulation: inout Simulation) {
        let image = template.container(at: index).image
        guard let problem = pullProblem(index, simulation) else {
            simulation.memory.kubelet.notePull(of: image, on: state.node)
            start(index, &simulation)
            return
        }
        state.containers[index].phase = .pullFailed
        state.containers[index].isReady = false
        state.containers[index].since = simulation.now
        let known = state.pullBackOffs.firstIndex { $0.image == image }
        if let known, simulation.now < state.pullBackOffs[known].due {
            // Another container of the Pod has just asked for the same image in vain.
            setPullBackOff(index, image)
            state.containers[index].due = state.pullBackOffs[known].due
        } else {
            state.containers[index].reason = "ErrImagePull"
            state.containers[index].message = problem
            state.containers[index].due = failPull(of: image, known, at: simulation.now)
        }
        wait(until: state.containers[index].due)
    }

    /// Counts a failed pull; returns when the next is due.
    private mutating func failPull(of image: Symbol, _ known: Int?, at time: SimulationTime) -> SimulationTime {
        guard let known else {
            let backOff = PullBackOff(image, failedAt: time)
            state.pullBackOffs.append(backOff)
            return backOff.due
        }
        state.pullBackOffs[known].fail(at: time)
        return state.pullBackOffs[known].due
    }

    private mutating func setPullBackOff(_ index: Int, _ image: Symbol) {
        state.containers[index].reason = "ImagePullBackOff"
        state.containers[index].message = Symbol("Back-off pulling image \"\(image)\"")
    }

    /// Why an image cannot be had, in the runtime's words; nil where it can: the registry is asked for what the node
    /// does not have, and for everything under `imagePullPolicy: Always`.
    private func pullProblem(_ index: Int, _ simulation: Simulation) -> Symbol? {
        let container = template.container(at: index)
        let isNeeded = container.alwaysPulls || !simulation.memory.kubelet.has(container.image, on: state.node)
        if isNeeded, !simulation.externals.isRegistryAvailable(for: container.image) {
            return ImageRegistry.failure(of: container.image)
        }
        if canPull(container.image, simulation) { return nil }
        return Symbol("failed to pull image \"\(container.image)\": 401 Unauthorized")
    }

    /// A private image needs a pull secret of the Pod that is there and holds a registry's configuration.
    private func canPull(_ image: Symbol, _ simulation: Simulation) -> Bool {
        guard simulation.externals.image(image)?.isPrivate ?? false else { return true }
        let namespace = simulation.tables.namespace(key)
        return template.imagePullSecrets.contains { name in
            let secret = simulation.tables.key(.secret, namespace, name)
            guard simulation.state.exists(secret), let facts = simulation.facts(secret, DataFacts.self) else {
                return false
            }
            return facts.has(".dockerconfigjson") || facts.has(".dockercfg")
        }
    }

    /// Pulls again at the next moment of the back-off at which it can succeed: the failures between change nothing.
    private mutating func retryPull(_ index: Int, _ simulation: Simulation) {
        let image = template.container(at: index).image
        guard simulation.now >= state.containers[index].due else {
            wait(until: state.containers[index].due)
            return
        }
        setPullBackOff(index, image)
        guard pullProblem(index, simulation) == nil else { return }
        var attempt = simulation.now
        // A snapshot does not say how long the kubelet would still have waited.
        if let known = state.pullBackOffs.firstIndex(where: { $0.image == image }) {
            state.pullBackOffs[known].failUntil(simulation.now)
            attempt = state.pullBackOffs[known].due
        }
        state.containers[index].phase = .pulling
        state.containers[index].due = attempt + simulation.configuration.latencies[.imagePull]
        wait(until: state.containers[index].due)
    }

    // MARK: Start and end

    private mutating func start(_ index: Int, _ simulation: inout Simulation) {
        if let problem = configurationProblem(index, simulation) {
            state.containers[index].phase = .configurationFailed
            state.containers[index].isReady = false
            state.containers[index].reason = "CreateContainerConfigError"
            state.containers[index].message = problem
            return
        }
        let started = simulation.startContainer(context(index, simulation))
        state.containers[index].phase = .running
        state.containers[index].since = simulation.now
        state.containers[index].reason = .empty
        state.containers[index].message = .empty
        state.containers[index].due = .never
        state.containers[index].completes = false
        state.containers[index].waits = false
        state.containers[index].program = started.program
        apply(started.start, index, &simulation)
    }

    private mutating func apply(_ start: ContainerStart, _ index: Int, _ simulation: inout Simulation) {
        let latencies = simulation.configuration.latencies
        switch start {
        case .runs(let programs):
            let names = programs ?? [state.containers[index].program]
            state.containers[index].controllerPrograms = simulation.tables.list(names)
            state.containers[index].waits = false
            state.containers[index].message = .empty
            if template.container(at: index).hasReadinessProbe {
                state.containers[index].due = simulation.now + latencies[.containerReady]
                wait(until: state.containers[index].due)
            } else {
                state.containers[index].isReady = true
            }
        case .exits(let code, let message):
            exit(index, ContainerExit(code: code, message: message), &simulation)
        case .completes(let span):
            state.containers[index].completes = true
            state.containers[index].isReady = !template.container(at: index).hasReadinessProbe
            state.containers[index].due = simulation.now + (span ?? latencies[.taskDuration])
            wait(until: state.containers[index].due)
        case .waits(let message):
            state.containers[index].waits = true
            state.containers[index].isReady = false
            state.containers[index].message = message
        }
    }

    private mutating func continueRunning(_ index: Int, _ simulation: inout Simulation) {
        let container = state.containers[index]
        let model = simulation.configuration.programModel(container.program)
        if container.waits {
            if let model { apply(model.start(&simulation, context(index, simulation)), index, &simulation) }
            return
        }
        if container.due == .never { return }
        guard isDue(index, simulation) else { return }
        state.containers[index].due = .never
        if container.completes {
            exit(index, model?.finish(&simulation, context(index, simulation)) ?? .success, &simulation)
        } else {
            state.containers[index].isReady = true
        }
    }

    /// A container has ended: for good, or until its back-off is over.
    mutating func exit(_ index: Int, _ exit: ContainerExit, _ simulation: inout Simulation) {
        let isInit = index < template.initContainers.count && !template.initContainers[index].isSidecar
        var container = state.containers[index]
        container.isReady = false
        container.completes = false
        container.waits = false
        container.exitCode = Int32(clamping: exit.code)
        container.lastMessage = exit.message
        container.message = .empty
        container.reason = exit.code == 0 ? "Completed" : "Error"
        let ran = simulation.now - container.since
        let restarts: Bool
        switch template.restartPolicy {
        case .always: restarts = !(isInit && exit.code == 0)
        case .onFailure: restarts = exit.code != 0
        case .never: restarts = false
        }
        if exit.code != 0 { simulation.record(.exit, key, by: container.program, detail: exit.message) }
        container.since = simulation.now
        container.due = .never
        if restarts {
            restart(&container, index, afterRunning: ran, simulation)
            wait(until: container.due)
        } else {
            container.phase = .done
        }
        state.containers[index] = container
    }

    /// The first restart comes at once; then the delay is 10 s, and doubles up to 5 min.
    private func restart(
        _ container: inout ContainerState, _ index: Int, afterRunning span: SimulationTime.Span,
        _ simulation: Simulation
    ) {
        container.phase = .terminated
        if span > PullBackOff.reset { container.backOff = .milliseconds(0) }
        guard container.backOff.milliseconds > 0 else {
            container.backOff = PullBackOff.first
            container.due = simulation.now + .seconds(1)
            return
        }
        let content = simulation.tables.content(key)
        let seconds = container.backOff.milliseconds / 1000
        let delay = seconds < 60 ? "\(seconds)s" : "\(seconds / 60)m\(seconds % 60)s"
        container.reason = "CrashLoopBackOff"
        container.message = Symbol(
            "back-off \(delay) restarting failed container=\(template.container(at: index).name) "
                + "pod=\(content.name)_\(content.namespace)(\(simulation.uidText(simulation.state[key].uid)))")
        container.due = simulation.now + container.backOff
        container.backOff = PullBackOff.doubled(container.backOff)
    }
}
