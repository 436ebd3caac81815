/// The controller of AutoscalingRunnerSets: registers them at GitHub, and gives each a set of runners and a listener.
///
/// Source: actions-runner-controller 0.12, `autoscalingrunnerset_controller.go`, for the order of the work and of the
/// clean-up, and `constants.go` for names of annotations. Left out: changes of the runner group and of the name at
/// GitHub, the update strategy `eventual`.
enum AutoscalingRunnerSets {
    private static let kindName: Symbol = "AutoscalingRunnerSet"
    private static let finalizer = ActionsRunners.finalizer(kindName)
    /// How long the controller waits for what it has deleted.
    static let retry = SimulationTime.Span.seconds(5)

    static let controllerName: Symbol = "autoscaling-runner-set-controller"

    static let controller = Operator.controller(
        controllerName, program: ActionsRunners.program,
        watches: [
            Watch(group: ActionsRunners.group, kind: kindName, changes: .exceptStatus),
            Watch(
                group: ActionsRunners.group, kind: "EphemeralRunnerSet",
                .customOwner(group: ActionsRunners.group, kind: kindName),
                changes: [.body, .status, .deleting, .removed]),
            Watch(
                group: ActionsRunners.group, kind: "AutoscalingListener", .function(scaleSet),
                changes: [.body, .metadata, .deleting]),
            Watch(.secret, .function(scaleSets), changes: [.created, .body]),
        ],
        reconcile: reconcile)

    private static func scaleSet(_ simulation: Simulation, _ listener: ObjectKey, _ body: (ObjectKey) -> Void) {
        guard let facts = simulation.facts(listener, AutoscalingListenerFacts.self) else { return }
        let kind = ActionsRunners.kind(simulation.tables, kindName)
        body(simulation.tables.key(kind, facts.scaleSetNamespace, facts.scaleSetName))
    }

    private static func scaleSets(_ simulation: Simulation, _ secret: ObjectKey, _ body: (ObjectKey) -> Void) {
        let kind = ActionsRunners.kind(simulation.tables, kindName)
        simulation.state.forEachReferrer(of: secret) { link in
            if simulation.tables.kindID(link.source) == kind { body(link.source) }
        }
    }

    private static func reconcile(_ simulation: inout Simulation, _ key: ObjectKey) {
        guard simulation.state.exists(key), let facts = simulation.facts(key, AutoscalingRunnerSetFacts.self),
            simulation.canWatch(key)
        else { return }
        if simulation.state[key].isDeleting {
            if simulation.hasFinalizer(key, finalizer) { finalize(&simulation, key, facts) }
            return
        }
        let version = simulation.label(key, ActionsRunners.versionLabel)?.text ?? ""
        guard ActionsRunners.isVersionServed(version, by: ActionsRunners.controllerVersion(simulation)) else {
            _ = simulation.noted(simulation.delete(key, as: simulation.operatorCaller), key)
            return
        }
        guard simulation.ensureFinalizer(key, finalizer), register(&simulation, key, facts),
            let runners = ensureRunners(&simulation, key, facts),
            ensureListener(&simulation, key, facts, runners)
        else { return }
        report(&simulation, key, runners)
    }

    // MARK: GitHub

    /// Registers a scale set that GitHub does not know yet: its annotations say so.
    private static func register(
        _ simulation: inout Simulation, _ key: ObjectKey, _ facts: AutoscalingRunnerSetFacts
    ) -> Bool {
        if simulation.annotation(key, ActionsRunners.scaleSetIDAnnotation) != nil { return true }
        let namespace = simulation.tables.namespace(key)
        if let problem = ActionsRunners.gitHubProblem(simulation, namespace, secret: facts.secret) {
            simulation.refuse(problem, key)
            return false
        }
        let name = facts.scaleSetName.isEmpty ? simulation.tables.name(key) : facts.scaleSetName
        var hash = StableHash(seed: facts.configurationURL.stableHash)
        hash.combine(name.stableHash)
        return annotate(
            &simulation, key,
            [
                (ActionsRunners.scaleSetIDAnnotation, Symbol("\(hash.value % 10_000 + 1)")),
                ("actions.github.com/runner-scale-set-name", name),
                ("actions.github.com/runner-group-name", facts.runnerGroup),
            ])
    }

    private static func annotate(
        _ simulation: inout Simulation, _ key: ObjectKey, _ entries: [(Symbol, Symbol?)]
    ) -> Bool {
        let tables = simulation.tables
        let written = simulation.update(key, as: simulation.operatorCaller, verb: "patch") { draft in
            for entry in entries { draft.annotations = tables.map(draft.annotations, setting: entry.0, to: entry.1) }
        }
        return simulation.noted(written, key) != nil
    }

    // MARK: Runners and listener

    /// The set whose runners are as the scale set wants them; others are deleted.
    private static func ensureRunners(
        _ simulation: inout Simulation, _ key: ObjectKey, _ facts: AutoscalingRunnerSetFacts
    ) -> ObjectKey? {
        let hash = Symbol(facts.runnerHash)
        let kind = ActionsRunners.kind(simulation.tables, "EphemeralRunnerSet")
        let sets = simulation.dependents(of: key, kind: kind).filter { !simulation.state[$0].isDeleting }
        let fitting = sets.last { simulation.annotation($0, ActionsRunners.specHashAnnotation) == hash }
        guard let current = fitting ?? createRunners(&simulation, key, facts, hash) else { return nil }
        for old in sets where old != current { _ = simulation.ensureGone(old) }
        return current
    }

    private static func createRunners(
        _ simulation: inout Simulation, _ key: ObjectKey, _ facts: AutoscalingRunnerSetFacts, _ hash: Symbol
    ) -> ObjectKey? {
        let tables = simulation.tables
        let number = Int(simulation.annotation(key, ActionsRunners.scaleSetIDAnnotation)?.text ?? "") ?? 0
        let manifest: Value = .object([
            "apiVersion": "actions.github.com/v1alpha1", "kind": "EphemeralRunnerSet",
            "metadata": [
                "generateName": .string("\(tables.name(key))-"), "namespace": Value(tables.namespace(key)),
                "labels": labels(simulation, key, component: "runner-set"),
                "annotations": SecretContent.map([(ActionsRunners.specHashAnnotation, hash)]),
            ],
            "spec": [
                "replicas": 0,
                "ephemeralRunnerSpec": .object([
                    "githubConfigUrl": Value(facts.configurationURL), "githubConfigSecret": Value(facts.secret),
                    "runnerScaleSetId": .integer(number), "metadata": facts.template["metadata"],
                    "spec": facts.template["spec"],
                ]),
            ],
        ])
        return simulation.ensure(manifest, ownedBy: key)
    }

    /// The labels of a scale set's parts.
    private static func labels(_ simulation: Simulation, _ key: ObjectKey, component: Symbol) -> Value {
        let tables = simulation.tables
        return SecretContent.map([
            (ActionsRunners.scaleSetNameLabel, tables.name(key)),
            (ActionsRunners.scaleSetNamespaceLabel, tables.namespace(key)),
            ("app.kubernetes.io/part-of", "gha-runner-scale-set"), ("app.kubernetes.io/component", component),
            (ActionsRunners.versionLabel, simulation.label(key, ActionsRunners.versionLabel) ?? .empty),
        ])
    }

    /// The listener of a scale set stands in the controller's namespace.
    private static func listener(_ simulation: Simulation, of key: ObjectKey) -> ObjectKey {
        let tables = simulation.tables
        let suffix = Operator.shortHash(tables.namespace(key).stableHash)
        return tables.key(
            ActionsRunners.kind(tables, "AutoscalingListener"), simulation.operatorNamespace,
            Symbol("\(tables.name(key))-\(suffix)-listener"))
    }

    /// A listener that differs is deleted and made anew.
    private static func ensureListener(
        _ simulation: inout Simulation, _ key: ObjectKey, _ facts: AutoscalingRunnerSetFacts, _ runners: ObjectKey
    ) -> Bool {
        let tables = simulation.tables
        let listener = listener(simulation, of: key)
        let spec: Value = .object([
            "githubConfigUrl": Value(facts.configurationURL), "githubConfigSecret": Value(facts.secret),
            "autoscalingRunnerSetNamespace": Value(tables.namespace(key)),
            "autoscalingRunnerSetName": Value(tables.name(key)),
            "ephemeralRunnerSetName": Value(tables.name(runners)), "minRunners": .integer(facts.minRunners),
            "maxRunners": .integer(facts.maxRunners ?? Int(Int32.max)),
            "image": Value(ActionsRunners.controllerImage(simulation)), "template": facts.listenerTemplate,
        ])
        if simulation.state.exists(listener) {
            if simulation.state[listener].isDeleting {
                simulation.requeue(controllerName, key, after: retry)
                return false
            }
            if tables.body(simulation.state[listener].body).value["spec"]?.covers(spec) ?? false { return true }
            if !simulation.ensureGone(listener) {
                simulation.requeue(controllerName, key, after: retry)
                return false
            }
        }
        let manifest: Value = [
            "apiVersion": "actions.github.com/v1alpha1", "kind": "AutoscalingListener",
            "metadata": [
                "name": Value(tables.name(listener)), "namespace": Value(tables.namespace(listener)),
                "labels": labels(simulation, key, component: "runner-scale-set-listener"),
            ],
            "spec": spec,
        ]
        return simulation.ensure(manifest) != nil
    }

    private static func report(_ simulation: inout Simulation, _ key: ObjectKey, _ runners: ObjectKey) {
        let status = simulation.state.status(runners)?.document
        simulation.setStatus(
            key, conditions: [],
            [
                ("currentRunners", status?["currentReplicas"] ?? 0),
                ("pendingEphemeralRunners", status?["pendingEphemeralRunners"] ?? 0),
                ("runningEphemeralRunners", status?["runningEphemeralRunners"] ?? 0),
            ])
    }

    // MARK: Deletion

    /// Listener, runners, GitHub, then the finalizers of the chart's objects and its own.
    private static func finalize(
        _ simulation: inout Simulation, _ key: ObjectKey, _ facts: AutoscalingRunnerSetFacts
    ) {
        guard simulation.ensureGone(listener(simulation, of: key)) else {
            simulation.requeue(controllerName, key, after: retry)
            return
        }
        let kind = ActionsRunners.kind(simulation.tables, "EphemeralRunnerSet")
        var waits = false
        for set in simulation.dependents(of: key, kind: kind) {
            if !simulation.ensureGone(set) { waits = true }
        }
        if waits { return }
        if simulation.annotation(key, ActionsRunners.scaleSetIDAnnotation) != nil {
            let namespace = simulation.tables.namespace(key)
            if let problem = ActionsRunners.gitHubProblem(simulation, namespace, secret: facts.secret) {
                simulation.refuse(problem, key)
                return
            }
            guard annotate(&simulation, key, [(ActionsRunners.scaleSetIDAnnotation, nil)]) else { return }
        }
        guard releaseChart(&simulation, key) else { return }
        simulation.removeFinalizer(key, finalizer)
    }

    /// The annotations that name what the chart has protected.
    private static let protected: [(annotation: Symbol, kind: KindID)] = [
        ("actions.github.com/cleanup-kubernetes-mode-role-binding-name", .roleBinding),
        ("actions.github.com/cleanup-kubernetes-mode-role-name", .role),
        ("actions.github.com/cleanup-kubernetes-mode-service-account-name", .serviceAccount),
        ("actions.github.com/cleanup-no-permission-service-account-name", .serviceAccount),
        ("actions.github.com/cleanup-github-secret-name", .secret),
        ("actions.github.com/cleanup-manager-role-binding", .roleBinding),
        ("actions.github.com/cleanup-manager-role-name", .role),
    ]

    /// Takes the finalizers off what the chart has protected: the role among it that gives the right to do so, and its
    /// binding. A real authorizer learns of their end a moment later, so all are decided under the rights at the start.
    private static func releaseChart(_ simulation: inout Simulation, _ key: ObjectKey) -> Bool {
        let tables = simulation.tables
        let namespace = tables.namespace(key)
        var targets: [ObjectKey] = []
        for entry in protected {
            guard let name = simulation.annotation(key, entry.annotation) else { continue }
            let target = tables.key(entry.kind, namespace, name)
            guard simulation.state.exists(target), simulation.hasFinalizer(target, ActionsRunners.cleanupFinalizer)
            else { continue }
            do throws(APIError) {
                try simulation.authorize(simulation.operatorCaller, "update", entry.kind, namespace, name)
            } catch {
                simulation.refuse(Symbol(error.message), key)
                return false
            }
            targets.append(target)
        }
        for target in targets {
            let written = simulation.update(target, as: simulation.operatorCaller.trusted) { draft in
                draft.finalizers = tables.list(draft.finalizers, removing: ActionsRunners.cleanupFinalizer)
            }
            guard simulation.noted(written, target) != nil else { return false }
        }
        return true
    }
}
