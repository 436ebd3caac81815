/// How a program behaves that images can hold (`facts.images[].program`).
///
/// What it does once it works is the business of the controllers of that name (`Controller.program`).
package struct ProgramModel: Sendable {
    package var name: Symbol
    /// Called each time a container starts: it may look at the cluster, and write as `run.caller`.
    package var start: @Sendable (inout Simulation, ContainerRun) -> ContainerStart
    /// Called when a container that `completes` has run its time: does the task's work, and tells how it ended.
    package var finish: @Sendable (inout Simulation, ContainerRun) -> ContainerExit
    /// The only namespace that it watches; empty: all of them.
    package var watchedNamespace: @Sendable (Simulation, ContainerRun) -> Symbol
    /// What is wrong with the configuration that it would read if it started now; nil: nothing, or not known. Without
    /// the function nothing ever is.
    package var configurationProblem: (@Sendable (Simulation, ContainerRun) -> String?)?
    /// The lease that it must hold to work; nil: it works in every ready Pod.
    package var leaderElection: LeaderElection?

    package init(
        _ name: Symbol,
        start: @escaping @Sendable (inout Simulation, ContainerRun) -> ContainerStart = { _, _ in .runs() },
        finish: @escaping @Sendable (inout Simulation, ContainerRun) -> ContainerExit = { _, _ in .success },
        watchedNamespace: @escaping @Sendable (Simulation, ContainerRun) -> Symbol = { _, _ in .empty },
        configurationProblem: (@Sendable (Simulation, ContainerRun) -> String?)? = nil,
        leaderElection: LeaderElection? = nil
    ) {
        self.name = name
        self.start = start
        self.finish = finish
        self.watchedNamespace = watchedNamespace
        self.configurationProblem = configurationProblem
        self.leaderElection = leaderElection
    }
}

/// The models of a run, by name.
package struct ProgramModels: Sendable {
    private var byName: [Symbol: ProgramModel] = [:]

    package init() {}

    /// - Parameter models: of different names.
    package init(_ models: [ProgramModel]) {
        byName = Dictionary(uniqueKeysWithValues: models.map { ($0.name, $0) })
    }

    /// The model of that name; nil where there is none.
    package subscript(name: Symbol) -> ProgramModel? { byName[name] }
}

extension StateSlots {
    private static let programModelsSlot = Slot("program-models", ProgramModels())

    /// The models of programs that images can hold.
    package var programModels: ProgramModels {
        _read { yield self[Self.programModelsSlot] }
        _modify { yield &self[Self.programModelsSlot] }
    }
}

extension Configuration {
    /// The model of a program; nil where this run has none of that name.
    package func programModel(_ name: Symbol) -> ProgramModel? { settings.programModels[name] }
}
