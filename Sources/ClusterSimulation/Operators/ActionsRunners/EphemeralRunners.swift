/// The controllers of EphemeralRunnerSets and EphemeralRunners: as many runners as a set wants, a Pod for each.
///
/// Source: actions-runner-controller 0.12, `ephemeralrunnerset_controller.go`, `ephemeralrunner_controller.go` and
/// `resourcebuilder.go`. Left out: which runners have a job, so that fewer runners means the newest go.
enum EphemeralRunners {
    private static let setKind: Symbol = "EphemeralRunnerSet"
    private static let runnerKind: Symbol = "EphemeralRunner"
    private static let registrationFinalizer: Symbol =
        "ephemeralrunner.actions.github.com/runner-registration-finalizer"
    /// A runner whose Pods have failed that often is given up.
    private static let failuresMax = 5

    static let setController = Operator.controller(
        "ephemeral-runner-set-controller", program: ActionsRunners.program,
        watches: [
            Watch(group: ActionsRunners.group, kind: setKind, changes: .exceptStatus),
            Watch(
                group: ActionsRunners.group, kind: runnerKind,
                .customOwner(group: ActionsRunners.group, kind: setKind), changes: [.status, .deleting, .removed]),
        ],
        reconcile: reconcileSet)

    static let runnerController = Operator.controller(
        "ephemeral-runner-controller", program: ActionsRunners.program,
        watches: [
            Watch(group: ActionsRunners.group, kind: runnerKind, changes: .exceptStatus),
            Watch(.pod, .customOwner(group: ActionsRunners.group, kind: runnerKind), changes: [.status, .removed]),
            Watch(.secret, .customOwner(group: ActionsRunners.group, kind: runnerKind), changes: .removed),
        ],
        reconcile: reconcileRunner)

    // MARK: Sets

    private static func reconcileSet(_ simulation: inout Simulation, _ key: ObjectKey) {
        guard simulation.state.exists(key), let facts = simulation.facts(key, EphemeralRunnerSetFacts.self),
            simulation.canWatch(key)
        else { return }
        let finalizer = ActionsRunners.finalizer(setKind)
        let runners = simulation.dependents(of: key, kind: ActionsRunners.kind(simulation.tables, runnerKind))
        if simulation.state[key].isDeleting {
            guard simulation.hasFinalizer(key, finalizer) else { return }
            var isEmpty = true
            for runner in runners {
                if !simulation.ensureGone(runner) { isEmpty = false }
            }
            if isEmpty { simulation.removeFinalizer(key, finalizer) }
            return
        }
        guard simulation.ensureFinalizer(key, finalizer) else { return }
        for runner in runners where phase(simulation, runner) == "Succeeded" { _ = simulation.ensureGone(runner) }
        let active = runners.filter { runner in
            guard simulation.state.exists(runner), !simulation.state[runner].isDeleting else { return false }
            return phase(simulation, runner) != "Succeeded" && phase(simulation, runner) != "Failed"
        }
        let wanted = simulation.bounded(facts.replicas, podsOf: key)
        for _ in active.count..<max(active.count, wanted) {
            guard createRunner(&simulation, key, facts) else { break }
        }
        for runner in active.reversed().prefix(max(0, active.count - wanted)) {
            _ = simulation.ensureGone(runner)
        }
        let kind = ActionsRunners.kind(simulation.tables, runnerKind)
        let now = simulation.dependents(of: key, kind: kind).filter { !simulation.state[$0].isDeleting }
        func count(_ phases: [Symbol]) -> Value {
            .integer(now.filter { phases.contains(phase(simulation, $0)) }.count)
        }
        simulation.setStatus(
            key, conditions: [],
            [
                ("currentReplicas", .integer(now.count)), ("pendingEphemeralRunners", count([.empty, "Pending"])),
                ("runningEphemeralRunners", count(["Running"])), ("failedEphemeralRunners", count(["Failed"])),
            ])
    }

    private static func phase(_ simulation: Simulation, _ runner: ObjectKey) -> Symbol {
        simulation.state.status(runner)?.document["phase"]?.symbol ?? .empty
    }

    private static func createRunner(
        _ simulation: inout Simulation, _ key: ObjectKey, _ facts: EphemeralRunnerSetFacts
    ) -> Bool {
        let tables = simulation.tables
        let manifest: Value = [
            "apiVersion": "actions.github.com/v1alpha1", "kind": Value(runnerKind),
            "metadata": [
                "generateName": .string("\(tables.name(key))-runner-"), "namespace": Value(tables.namespace(key)),
                "labels": tables.map(simulation.state[key].labels).value,
            ],
            "spec": facts.runnerSpec,
        ]
        return simulation.ensure(manifest, ownedBy: key) != nil
    }

    // MARK: Runners

    private static func reconcileRunner(_ simulation: inout Simulation, _ key: ObjectKey) {
        guard simulation.state.exists(key), let facts = simulation.facts(key, EphemeralRunnerFacts.self),
            simulation.canWatch(key)
        else { return }
        if simulation.state[key].isDeleting {
            finalize(&simulation, key, facts)
            return
        }
        let phase = phase(simulation, key)
        if phase == "Succeeded" || phase == "Failed" { return }
        guard simulation.ensureFinalizer(key, ActionsRunners.finalizer(runnerKind)),
            simulation.ensureFinalizer(key, registrationFinalizer), register(&simulation, key, facts)
        else { return }
        let pod = simulation.tables.key(.pod, simulation.tables.namespace(key), simulation.tables.name(key))
        guard simulation.state.exists(pod) else {
            let failures = simulation.state.status(key)?.document["failures"]?.elements.count ?? 0
            guard simulation.ensureCreated(self.pod(simulation, key, facts), ownedBy: key) != nil else { return }
            if failures == 0 { report(&simulation, key, "Pending") }
            return
        }
        follow(&simulation, key, pod)
    }

    /// A runner needs a configuration of GitHub, which is given once.
    private static func register(
        _ simulation: inout Simulation, _ key: ObjectKey, _ facts: EphemeralRunnerFacts
    ) -> Bool {
        let tables = simulation.tables
        let secret = tables.key(.secret, tables.namespace(key), tables.name(key))
        if simulation.state.exists(secret) { return true }
        if let problem = ActionsRunners.gitHubProblem(simulation, tables.namespace(key), secret: facts.secret) {
            simulation.refuse(problem, key)
            return false
        }
        let manifest = SecretContent.manifest(tables.namespace(key), tables.name(key), keys: ["jitToken"])
        return simulation.ensureCreated(manifest, ownedBy: key) != nil
    }

    /// What has become of the Pod.
    private static func follow(_ simulation: inout Simulation, _ key: ObjectKey, _ pod: ObjectKey) {
        guard let state = simulation.podState(pod), !simulation.state[pod].isDeleting else { return }
        switch state.phase {
        case .pending: report(&simulation, key, "Pending")
        case .running: report(&simulation, key, "Running")
        case .succeeded: report(&simulation, key, "Succeeded")
        case .failed:
            var failures = simulation.state.status(key)?.document["failures"]?.elements ?? []
            let uid = Value.string(simulation.uidText(simulation.state[pod].uid))
            if !failures.contains(uid) { failures.append(uid) }
            let isOver = failures.count > failuresMax
            report(&simulation, key, isOver ? "Failed" : "Pending", failures: failures)
            _ = simulation.ensureGone(pod)
        }
    }

    private static func report(
        _ simulation: inout Simulation, _ key: ObjectKey, _ phase: Symbol, failures: [Value]? = nil
    ) {
        let known = failures ?? simulation.state.status(key)?.document["failures"]?.elements ?? []
        simulation.setStatus(
            key, conditions: [],
            [
                ("phase", Value(phase)), ("ready", Value(.boolean(phase == "Running"))),
                ("runnerName", Value(simulation.tables.name(key))),
                ("failures", known.isEmpty ? nil : Value(.array(known))),
            ])
    }

    private static func pod(_ simulation: Simulation, _ key: ObjectKey, _ facts: EphemeralRunnerFacts) -> Value {
        let tables = simulation.tables
        let configuration: Value = [
            "name": "ACTIONS_RUNNER_INPUT_JITCONFIG",
            "valueFrom": ["secretKeyRef": ["name": Value(tables.name(key)), "key": "jitToken"]],
        ]
        let containers = (facts.podSpec["containers"]?.elements ?? []).map { container -> Value in
            guard container["name"]?.symbol == ActionsRunners.runnerContainer else { return container }
            var container = container
            container["env"] = Value(.array((container["env"]?.elements ?? []) + [configuration]))
            return container
        }
        var spec = facts.podSpec
        spec["containers"] = Value(.array(containers), facts.podSpec["containers"]?.origin ?? .none)
        var labels = tables.map(simulation.state[key].labels).value
        for field in facts.metadata?["labels"]?.fields ?? [] { labels[field.key] = field.value }
        labels["actions-ephemeral-runner"] = "True"
        return [
            "apiVersion": "v1", "kind": "Pod",
            "metadata": .object([
                "name": Value(tables.name(key)), "namespace": Value(tables.namespace(key)), "labels": labels,
                "annotations": facts.metadata?["annotations"],
            ]),
            "spec": spec,
        ]
    }

    /// Takes the runner off GitHub, then Pod and Secret away.
    private static func finalize(_ simulation: inout Simulation, _ key: ObjectKey, _ facts: EphemeralRunnerFacts) {
        let tables = simulation.tables
        let namespace = tables.namespace(key)
        let name = tables.name(key)
        if simulation.hasFinalizer(key, registrationFinalizer) {
            if let problem = ActionsRunners.gitHubProblem(simulation, namespace, secret: facts.secret) {
                simulation.refuse(problem, key)
                return
            }
            guard simulation.removeFinalizer(key, registrationFinalizer), simulation.state.exists(key) else { return }
        }
        guard simulation.hasFinalizer(key, ActionsRunners.finalizer(runnerKind)),
            simulation.ensureGone(tables.key(.pod, namespace, name)),
            simulation.ensureGone(tables.key(.secret, namespace, name))
        else { return }
        simulation.removeFinalizer(key, ActionsRunners.finalizer(runnerKind))
    }
}
