/// A modelled program that runs in a ready Pod: which one, where it looks, and as whom it acts.
package struct ProgramInstance: Sendable, Equatable {
    package var program: Symbol
    package var pod: ObjectKey
    package var podUID: UInt32
    /// The only namespace it watches; empty for all.
    package var namespace: Symbol
    /// The Pod's ServiceAccount.
    package var caller: Caller
    /// The lease that it needs before it works; nil: it works as soon as it runs.
    package var candidacy: Candidacy?
    /// False until it holds the lease that it needs.
    package var isLeading: Bool

    package init(
        program: Symbol, pod: ObjectKey, podUID: UInt32, namespace: Symbol, caller: Caller,
        candidacy: Candidacy? = nil
    ) {
        self.program = program
        self.pod = pod
        self.podUID = podUID
        self.namespace = namespace
        self.caller = caller
        self.candidacy = candidacy
        isLeading = candidacy == nil
    }
}

/// The modelled programs that run now, oldest first.
package struct ProgramInstances: Sendable {
    package private(set) var running: [ProgramInstance] = []
    /// The one on whose behalf a controller reconciles now.
    fileprivate(set) var current: ProgramInstance?

    package init() {}

    /// The oldest leading instance of a program that watches a namespace (empty: cluster-scoped objects).
    package func instance(of program: Symbol, watching namespace: Symbol) -> ProgramInstance? {
        running.first { $0.program == program && $0.isLeading && ($0.namespace.isEmpty || $0.namespace == namespace) }
    }

    /// Every leading instance of a program that watches a namespace, oldest first.
    package func leading(_ program: Symbol, watching namespace: Symbol) -> [ProgramInstance] {
        running.filter { $0.program == program && $0.isLeading && ($0.namespace.isEmpty || $0.namespace == namespace) }
    }

    /// Every instance of a program.
    package func instances(of program: Symbol) -> [ProgramInstance] { running.filter { $0.program == program } }

    /// Every instance that stands for a lease, oldest first.
    func candidates(for lease: ObjectKey) -> [ProgramInstance] {
        running.filter { $0.candidacy?.lease == lease }
    }

    mutating func add(_ instance: ProgramInstance) { running.append(instance) }

    /// Puts an instance in the place of the one of the same program and Pod; does nothing where there is none.
    mutating func replace(_ instance: ProgramInstance) {
        let place = running.firstIndex {
            $0.program == instance.program && $0.pod == instance.pod && $0.podUID == instance.podUID
        }
        if let place { running[place] = instance }
    }

    mutating func remove(_ program: Symbol, pod: ObjectKey, uid: UInt32) {
        running.removeAll { $0.program == program && $0.pod == pod && $0.podUID == uid }
    }

    mutating func remove(pod: ObjectKey, uid: UInt32) { running.removeAll { $0.pod == pod && $0.podUID == uid } }
}

extension Simulation {
    /// A program starts: it works at once, or as soon as it holds the lease that it needs.
    package mutating func startProgram(_ instance: ProgramInstance) {
        programs.remove(instance.program, pod: instance.pod, uid: instance.podUID)
        programs.add(instance)
        if let candidacy = instance.candidacy {
            requeue(LeaderElection.controllerName, candidacy.lease, after: .milliseconds(0))
        } else {
            startControllers(of: instance)
        }
        tellProgramsChanged()
    }

    /// A program works from now on: its controllers look at every object that they watch in its namespaces.
    mutating func startControllers(of instance: ProgramInstance) {
        for (index, controller) in configuration.controllers.enumerated() where controller.program == instance.program {
            let id = ControllerID(index: UInt16(index))
            for watch in controller.watches {
                guard case .itself = watch.mapping else { continue }
                let kind = watch.target.resolve(tables)
                for key in objects(of: kind, in: instance.namespace.isEmpty ? nil : instance.namespace) {
                    enqueue(id, key, because: currentCause)
                }
            }
        }
    }

    /// The programs of a Pod stop working: it ended, or is not ready any more.
    ///
    /// - Parameter isTold: whether they were told to stop, so that they can release their leases.
    package mutating func stopPrograms(of pod: ObjectKey, uid: UInt32, isTold: Bool = false) {
        let stopped = programs.running.filter { $0.pod == pod && $0.podUID == uid }
        if stopped.isEmpty { return }
        programs.remove(pod: pod, uid: uid)
        retries.forget(RetryMemory.Process(pod: pod, podUID: uid))
        for instance in stopped { leaveElection(instance, isTold: isTold) }
        tellProgramsChanged()
    }
}

extension Simulation {
    private static let programsSlot = Slot("programs", ProgramInstances())

    /// The programs that run in Pods.
    package internal(set) var programs: ProgramInstances {
        _read { yield memory[Self.programsSlot] }
        _modify { yield &memory[Self.programsSlot] }
    }

    /// The instance on whose behalf a controller with a program is reconciling.
    package var currentInstance: ProgramInstance? { programs.current }
}

extension ProgramInstances {
    /// Has the leading instances of a controller's program look at an object: those that lead side by side (old and new
    /// namespace) all see it, each with its own rights.
    static func reconcile(_ simulation: inout Simulation, _ controller: ControllerID, _ key: ObjectKey) {
        guard let program = simulation.configuration.controllers[Int(controller.index)].program else { return }
        let namespace = simulation.tables.namespace(key)
        for instance in simulation.programs.leading(program, watching: namespace) {
            simulation.programs.current = instance
            simulation.reconcile(
                controller, key, in: RetryMemory.Process(pod: instance.pod, podUID: instance.podUID))
            simulation.programs.current = nil
        }
    }

    /// What runs in a Pod ends with it.
    static let observer = Observer(
        kinds: [.pod],
        leaving: { simulation, write in
            simulation.stopPrograms(of: write.key, uid: simulation.state[write.key].uid)
        })
}
