/// The kubelets of all nodes: they start, watch, restart and stop the containers of bound Pods.
///
/// Each look moves a Pod as far as it gets and notes when to look again. Nothing is looked at periodically but a
/// container in CrashLoopBackOff: what waits for an object is woken when that object comes.
/// Source: the Pod lifecycle documentation; messages are the kubelet's own.
enum Kubelet {
    fileprivate static let name: Symbol = "kubelet"

    static let controller = Controller(
        name,
        watches: [
            Watch(.pod, changes: [.body, .deleting]),
            Watch(.secret, .function(waitingPods), changes: [.created, .body]),
            Watch(.configMap, .function(waitingPods), changes: [.created, .body]),
            Watch(.persistentVolumeClaim, .function(waitingPods), changes: [.status]),
        ],
        reconcile: reconcile)

    static let caller = Caller.controller(name)

    /// Pods that refer to the object and have not got everything they need.
    private static func waitingPods(_ simulation: Simulation, _ key: ObjectKey, _ body: (ObjectKey) -> Void) {
        simulation.state.forEachReferrer(of: key) { link in
            guard simulation.tables.kindID(link.source) == .pod else { return }
            let status = simulation.state.status(link.source, as: PodStatus.self)
            if status?.isIncomplete ?? simulation.podState(link.source)?.isIncomplete ?? false { body(link.source) }
        }
    }

    private static func reconcile(_ simulation: inout Simulation, _ key: ObjectKey) {
        let row = simulation.state[key]
        guard row.exists, let template = simulation.facts(key, PodTemplateFacts.self),
            let old = simulation.podState(key), !old.node.isEmpty,
            simulation.state.exists(simulation.tables.key(.node, .empty, old.node)),
            simulation.externals.stopTime(ofNode: old.node) == nil
        else { return }
        if row.isDeleting {
            stop(&simulation, key, old)
            return
        }
        var run = PodRun(key: key, template: template, state: old)
        run.advance(&simulation)
        finish(&simulation, run, old)
    }

    /// Writes what has changed, and lets programs begin or end with the Pod's readiness.
    private static func finish(_ simulation: inout Simulation, _ run: PodRun, _ old: PodState) {
        let key = run.key
        if run.state != old || !(simulation.state.status(key) is PodStatus) {
            simulation.updateStatus(key, as: caller, PodStatus(run.state))
        }
        if let due = run.due {
            simulation.requeue(name, key, after: max(due - simulation.now, .milliseconds(0)))
        }
        if run.state.isReady {
            if !old.isReady { startPrograms(&simulation, run) }
        } else if old.isReady {
            simulation.stopPrograms(of: key, uid: simulation.state[key].uid)
        }
    }

    /// The controller programs of a Pod that has become ready.
    ///
    /// - Parameter areResumed: they ran already when a snapshot was taken.
    static func startPrograms(_ simulation: inout Simulation, _ run: PodRun, areResumed: Bool = false) {
        for (index, container) in run.state.containers.enumerated() where container.phase == .running {
            let context = run.context(index, simulation)
            for name in simulation.tables.list(container.controllerPrograms) {
                let model =
                    simulation.configuration.programModel(name)
                    ?? simulation.configuration.programModel(container.program)
                // Servers that nothing depends on are not kept: every question who serves what goes through the rest.
                guard simulation.configuration.hasControllers(of: name) || model?.leaderElection != nil else {
                    continue
                }
                let instance = ProgramInstance(
                    program: name, pod: run.key, podUID: simulation.state[run.key].uid,
                    namespace: model?.watchedNamespace(simulation, context) ?? .empty, caller: context.caller,
                    candidacy: model?.leaderElection?.candidacy(simulation, context, startedAt: container.since))
                simulation.startProgram(areResumed ? simulation.resumed(instance) : instance)
            }
        }
    }

    /// SIGTERM, then the containers' end, at the latest when the grace is over.
    private static func stop(_ simulation: inout Simulation, _ key: ObjectKey, _ old: PodState) {
        guard !old.phase.isTerminal else { return }
        var pod = old
        let grace = SimulationTime.Span.seconds(Int64(simulation.state[key].deletionGraceSeconds))
        if old.stopDue == .never {
            pod.stopDue = simulation.now + min(simulation.configuration.latencies[.podTermination], grace)
            pod.isReady = false
            for index in pod.containers.indices { pod.containers[index].isReady = false }
            simulation.stopPrograms(of: key, uid: simulation.state[key].uid, isTold: true)
        }
        guard simulation.now >= pod.stopDue else {
            if pod != old { simulation.updateStatus(key, as: caller, PodStatus(pod)) }
            simulation.requeue(name, key, after: pod.stopDue - simulation.now)
            return
        }
        pod.phase = .failed
        for index in pod.containers.indices where pod.containers[index].phase == .running {
            pod.containers[index].phase = .done
            pod.containers[index].reason = "Completed"
        }
        // Finalizers may keep the object, whose containers have ended all the same.
        if !simulation.state[key].finalizers.isEmpty {
            simulation.updateStatus(key, as: caller, PodStatus(pod))
        }
        simulation.finishDeletion(key, as: caller)
    }
}

extension Simulation {
    /// A container of a running Pod ends: its program has met something it cannot go on with.
    ///
    /// - Parameter index: the container's place in `PodState.containers`; nil: every running one.
    package mutating func endContainer(of pod: ObjectKey, at index: Int? = nil, code: Int, message: Symbol) {
        guard state.exists(pod), !state[pod].isDeleting, let old = podState(pod), !old.phase.isTerminal,
            let template = facts(pod, PodTemplateFacts.self)
        else { return }
        var run = PodRun(key: pod, template: template, state: old)
        for place in run.state.containers.indices
        where (index == nil || index == place) && run.state.containers[place].phase == .running {
            run.exit(place, ContainerExit(code: code, message: message), &self)
        }
        run.summarise(self)
        guard run.state != old else { return }
        updateStatus(pod, as: Kubelet.caller, PodStatus(run.state))
        if old.isReady, !run.state.isReady { stopPrograms(of: pod, uid: state[pod].uid) }
        lookAtPod(pod)
    }
}

extension Simulation {
    /// Lets the kubelet look at a Pod again: something has changed that a program in it waits for.
    package mutating func lookAtPod(_ pod: ObjectKey) { enqueue(Kubelet.name, pod) }

    /// Lets the kubelet look at a Pod again after a while, because a program in it tries something again then.
    mutating func lookAtPod(_ pod: ObjectKey, after span: SimulationTime.Span) {
        requeue(Kubelet.name, pod, after: span)
    }
}
