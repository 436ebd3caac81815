package import ClusterSimulation

/// What a run may change of its scenario.
package struct RunOptions: Sendable {
    package var seed: UInt64?
    /// nil: the first combination of the scenario.
    package var versions: Versions?
    /// What the outcome is called beside the scenario's name, where that is rehearsed with several releases.
    package var variant = ""
    /// Ends the run at another time than the scenario's horizon.
    package var until: SimulationTime?
    /// What the run does not go beyond.
    package var limits = Limits()
    /// Health scripts beside those of the scenario, and before them.
    package var healthScripts = HealthScripts.none

    package init() {}
}

/// Rehearses a scenario: the initial cluster, its settling, the steps at their times, the rest until the horizon.
package struct ScenarioRunner {
    package let scenario: Scenario
    package private(set) var simulation: Simulation
    let options: RunOptions
    var timeline: [TimelineEntry] = []
    var changeSets: [ChangeSetRow]
    /// Names of the namespaces that are there at the start, in order.
    private(set) var initialNamespaces: [String] = []
    /// Objects of the initial cluster that were refused: what depends on them is rehearsed without them.
    private(set) var missingObjects: [Unknown] = []
    /// The limit that ended the run early; nil: none did.
    private(set) var usedUpLimit: Limits.Name?
    private var nextStep = 0
    private var isSettled = false

    /// One run of a scenario. Who runs it again takes the runs of a `PreparedScenario`.
    package init(_ scenario: Scenario, _ options: RunOptions = RunOptions()) {
        self = PreparedScenario(scenario, options).runner()
    }

    init(_ scenario: Scenario, _ options: RunOptions, _ simulation: Simulation) {
        self.scenario = scenario
        self.options = options
        self.simulation = simulation
        changeSets = scenario.changeSets.map {
            ChangeSetRow(
                name: $0.name.text, title: $0.title, repository: $0.repository.text, source: $0.origin.description,
                changedFiles: $0.overlay.files.map(\.path), removedFiles: $0.removed)
        }
    }

    /// The virtual time at which the run ends.
    package var horizon: SimulationTime { options.until ?? scenario.horizon }

    /// Runs everything and says what came of it.
    ///
    /// - Parameter progress: told what is about to happen, for people who wait.
    package mutating func run(progress: (String) -> Void = { _ in }) -> Outcome {
        if !isSettled {
            progress("settling the initial cluster")
            settle()
        }
        while let step = nextStepDue {
            progress("\(step.at.rfc3339) \(step.text)")
            performNextStep()
        }
        progress("until \(horizon.rfc3339)")
        advance(to: horizon)
        return outcome()
    }

    /// Loads the snapshot, starts the API server, applies the manifests and lets everything settle until `start`.
    package mutating func settle() {
        isSettled = true
        SnapshotLoader.load(scenario.cluster.snapshot, into: &simulation)
        simulation.bootstrap()
        if !scenario.cluster.manifests.isEmpty {
            let refused = apply(scenario.cluster.manifests, detail: "initial manifests")
            if !refused.isEmpty {
                // A manifest may need what an earlier one brings about, such as a definition that is served first.
                advance(to: min(simulation.now + .minutes(5), scenario.start))
                for (object, error) in apply(refused.map(\.object), detail: "initial manifests again") {
                    missingObjects.append(Self.missing(object, error))
                }
            }
        }
        advance(to: scenario.start)
        initialNamespaces = simulation.namespaceRows().map(\.name)
    }

    /// The step that comes next, if it lies within the horizon.
    package var nextStepDue: Step? {
        guard nextStep < scenario.steps.count, scenario.steps[nextStep].at <= horizon, usedUpLimit == nil else {
            return nil
        }
        return scenario.steps[nextStep]
    }

    /// Runs until the next step's time, and does it.
    package mutating func performNextStep() {
        guard let step = nextStepDue else { return }
        nextStep += 1
        advance(to: step.at)
        guard usedUpLimit == nil else { return }
        perform(step)
    }

    /// Runs until a time; what happens then included.
    package mutating func advance(to time: SimulationTime) {
        guard usedUpLimit == nil, time >= simulation.now else { return }
        if case .limit(let limit) = simulation.run(until: time) { usedUpLimit = limit }
    }

    // MARK: For the steps

    /// Applies manifests in their order as one person; returns those that were refused.
    private mutating func apply(_ manifests: [Value], detail: Symbol) -> [(object: Value, error: APIError)] {
        var refused: [(object: Value, error: APIError)] = []
        simulation.perform(by: "kubernetes-admin", detail: detail, origin: .none) { simulation in
            for manifest in manifests {
                guard let draft = Self.draft(manifest, simulation) else { continue }
                if case .failure(let error) = simulation.apply(draft, as: .admin) { refused.append((manifest, error)) }
            }
        }
        return refused
    }

    /// A manifest as `kubectl` sends it: without a namespace it means `default`.
    static func draft(_ manifest: Value, _ simulation: Simulation) -> ObjectDraft? {
        let isNamespaced = manifest.at("metadata", "namespace") != nil
        guard let apiVersion = manifest["apiVersion"]?.symbol, let kind = manifest["kind"]?.symbol else { return nil }
        let id = simulation.tables.kindIDDefiningIfNeeded(apiVersion: apiVersion, kind: kind)
        let hasDefault = !isNamespaced && simulation.isServed(id) && simulation.kind(id).namespaced
        return simulation.draft(manifest: manifest, defaultNamespace: hasDefault ? "default" : .empty)
    }

    /// An object of the initial cluster that is not there.
    private static func missing(_ object: Value, _ error: APIError) -> Unknown {
        Unknown(
            subject: Subject(
                kind: object["kind"]?.text ?? "object", namespace: object.at("metadata", "namespace")?.text,
                name: object.at("metadata", "name")?.text ?? ""),
            message: "the initial cluster lacks it: \(error.message)", source: object.origin.description)
    }

    /// Adds a line to the timeline.
    mutating func tell(_ actor: String, _ text: String, _ origin: Origin) {
        timeline.append(TimelineEntry(at: simulation.now, actor: actor, text: text, source: origin.description))
    }

    /// Changes the simulation within a step.
    mutating func change<Result>(_ body: (inout Simulation) -> Result) -> Result { body(&simulation) }
}
