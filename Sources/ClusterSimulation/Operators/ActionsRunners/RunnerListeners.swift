/// The controller of AutoscalingListeners: a Pod in the listener's namespace, with rights in that of the runners.
///
/// Source: actions-runner-controller 0.12, `autoscalinglistener_controller.go` and `resourcebuilder.go`. Left out:
/// proxies, certificates of a GitHub server, metrics.
enum RunnerListeners {
    private static let kindName: Symbol = "AutoscalingListener"
    private static let finalizer = ActionsRunners.finalizer(kindName)
    private static let nameLabel: Symbol = "auto-scaling-listener-name"
    private static let namespaceLabel: Symbol = "auto-scaling-listener-namespace"

    private static let controllerName: Symbol = "autoscaling-listener-controller"

    static let controller = Operator.controller(
        controllerName, program: ActionsRunners.program,
        watches: [
            Watch(group: ActionsRunners.group, kind: kindName, changes: .exceptStatus),
            Watch(.pod, .customOwner(group: ActionsRunners.group, kind: kindName), changes: [.status, .removed]),
            Watch(.serviceAccount, .customOwner(group: ActionsRunners.group, kind: kindName), changes: .removed),
            Watch(.secret, .customOwner(group: ActionsRunners.group, kind: kindName), changes: [.body, .removed]),
            Watch(.role, .function(listener), changes: [.body, .deleting]),
            Watch(.roleBinding, .function(listener), changes: [.body, .deleting]),
        ],
        reconcile: reconcile)

    /// Roles and bindings of a listener are in another namespace: their labels name it.
    private static func listener(_ simulation: Simulation, _ key: ObjectKey, _ body: (ObjectKey) -> Void) {
        guard let name = simulation.label(key, nameLabel), let namespace = simulation.label(key, namespaceLabel) else {
            return
        }
        body(simulation.tables.key(ActionsRunners.kind(simulation.tables, kindName), namespace, name))
    }

    private static func reconcile(_ simulation: inout Simulation, _ key: ObjectKey) {
        guard simulation.state.exists(key), let facts = simulation.facts(key, AutoscalingListenerFacts.self),
            simulation.canWatch(key)
        else { return }
        if simulation.state[key].isDeleting {
            if simulation.hasFinalizer(key, finalizer) { finalize(&simulation, key, facts) }
            return
        }
        guard simulation.ensureFinalizer(key, finalizer) else { return }
        if let problem = ActionsRunners.gitHubProblem(simulation, facts.scaleSetNamespace, secret: facts.secret) {
            simulation.refuse(problem, key)
            return
        }
        guard simulation.ensureCreated(account(simulation, key), ownedBy: key) != nil,
            simulation.ensure(role(simulation, key, facts), exact: ["rules"]) != nil,
            simulation.ensure(binding(simulation, key, facts), exact: ["subjects"]) != nil,
            simulation.ensure(configuration(simulation, key), ownedBy: key) != nil
        else { return }
        let pod = simulation.tables.key(.pod, simulation.tables.namespace(key), simulation.tables.name(key))
        if simulation.state.exists(pod), simulation.podState(pod)?.phase.isTerminal ?? false {
            guard simulation.ensureGone(pod) else { return }
        }
        _ = simulation.ensureCreated(self.pod(simulation, key, facts), ownedBy: key)
    }

    // MARK: Its parts

    private static func metadata(_ simulation: Simulation, _ key: ObjectKey, _ name: String? = nil) -> Value {
        let tables = simulation.tables
        return [
            "name": .string(name ?? tables.name(key).text), "namespace": Value(tables.namespace(key)),
            "labels": tables.map(simulation.state[key].labels).value,
        ]
    }

    private static func account(_ simulation: Simulation, _ key: ObjectKey) -> Value {
        ["apiVersion": "v1", "kind": "ServiceAccount", "metadata": metadata(simulation, key)]
    }

    private static func foreignMetadata(
        _ simulation: Simulation, _ key: ObjectKey, _ facts: AutoscalingListenerFacts
    ) -> Value {
        let tables = simulation.tables
        var result = metadata(simulation, key)
        result["namespace"] = Value(facts.scaleSetNamespace)
        var labels = result["labels"] ?? Value(.object([]))
        labels[nameLabel] = Value(tables.name(key))
        labels[namespaceLabel] = Value(tables.namespace(key))
        result["labels"] = labels
        return result
    }

    private static func role(_ simulation: Simulation, _ key: ObjectKey, _ facts: AutoscalingListenerFacts) -> Value {
        [
            "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role",
            "metadata": foreignMetadata(simulation, key, facts),
            "rules": [
                [
                    "apiGroups": ["actions.github.com"], "resources": ["ephemeralrunnersets"],
                    "resourceNames": [Value(facts.runnerSetName)], "verbs": ["patch"],
                ],
                [
                    "apiGroups": ["actions.github.com"],
                    "resources": ["ephemeralrunners", "ephemeralrunners/status"], "verbs": ["patch"],
                ],
            ],
        ]
    }

    private static func binding(
        _ simulation: Simulation, _ key: ObjectKey, _ facts: AutoscalingListenerFacts
    ) -> Value {
        let tables = simulation.tables
        return [
            "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding",
            "metadata": foreignMetadata(simulation, key, facts),
            "roleRef": [
                "apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": Value(tables.name(key)),
            ],
            "subjects": [
                [
                    "kind": "ServiceAccount", "name": Value(tables.name(key)),
                    "namespace": Value(tables.namespace(key)),
                ]
            ],
        ]
    }

    private static func configurationName(_ simulation: Simulation, _ key: ObjectKey) -> Symbol {
        Symbol("\(simulation.tables.name(key))-config")
    }

    private static func configuration(_ simulation: Simulation, _ key: ObjectKey) -> Value {
        SecretContent.manifest(
            simulation.tables.namespace(key), configurationName(simulation, key), keys: ["config.json"])
    }

    private static func pod(_ simulation: Simulation, _ key: ObjectKey, _ facts: AutoscalingListenerFacts) -> Value {
        let template = facts.template?["spec"]
        let own = template?["containers"]?.elements.first { $0["name"]?.symbol == ActionsRunners.listenerContainer }
        let others = template?["containers"]?.elements.filter { $0["name"]?.symbol != ActionsRunners.listenerContainer }
        let image = own?["image"]?.symbol ?? facts.image
        let command = own?["command"] ?? .strings([ActionsRunners.listenerCommand])
        let variable: Value = ["name": "LISTENER_CONFIG_PATH", "value": "/etc/gha-listener/config.json"]
        let mount: Value = ["name": "listener-config", "mountPath": "/etc/gha-listener", "readOnly": true]
        let volume: Value = [
            "name": "listener-config", "secret": ["secretName": Value(configurationName(simulation, key))],
        ]
        let container: Value = .object([
            "name": Value(ActionsRunners.listenerContainer), "image": Value(image), "command": command,
            "env": Value(.array([variable] + (own?["env"]?.elements ?? []))),
            "volumeMounts": Value(.array([mount] + (own?["volumeMounts"]?.elements ?? []))),
            "resources": own?["resources"],
        ])
        return [
            "apiVersion": "v1", "kind": "Pod", "metadata": metadata(simulation, key),
            "spec": .object([
                "serviceAccountName": Value(simulation.tables.name(key)),
                "restartPolicy": template?["restartPolicy"] ?? "Never",
                "terminationGracePeriodSeconds": template?["terminationGracePeriodSeconds"] ?? 60,
                "tolerations": template?["tolerations"], "nodeSelector": template?["nodeSelector"],
                "imagePullSecrets": template?["imagePullSecrets"],
                "containers": Value(.array([container] + (others ?? []))),
                "volumes": Value(.array([volume] + (template?["volumes"]?.elements ?? []))),
            ]),
        ]
    }

    /// Pod, configuration, rights, account; then the finalizer.
    private static func finalize(
        _ simulation: inout Simulation, _ key: ObjectKey, _ facts: AutoscalingListenerFacts
    ) {
        let tables = simulation.tables
        let namespace = tables.namespace(key)
        let name = tables.name(key)
        for part in [
            tables.key(.pod, namespace, name),
            tables.key(.secret, namespace, configurationName(simulation, key)),
            tables.key(.roleBinding, facts.scaleSetNamespace, name),
            tables.key(.role, facts.scaleSetNamespace, name),
            tables.key(.serviceAccount, namespace, name),
        ] {
            guard simulation.ensureGone(part) else {
                simulation.requeue(controllerName, key, after: AutoscalingRunnerSets.retry)
                return
            }
        }
        simulation.removeFinalizer(key, finalizer)
    }
}

/// The program in a listener's Pod: asks GitHub for jobs, and sets how many runners there are to be.
///
/// Source: actions-runner-controller 0.12, `cmd/ghalistener`. It holds GitHub's number of jobs from its configuration
/// on: a credential that is taken away later does not stop it. Left out: that GitHub lets one listener of a scale set
/// listen at a time.
enum RunnerScaling {
    static let controller = Operator.controller(
        "arc-listener", program: ActionsRunners.listenerProgram,
        watches: [Watch(group: ActionsRunners.group, kind: "EphemeralRunnerSet", changes: [.created, .body])]
    ) { simulation, key in
        guard simulation.state.exists(key), !simulation.state[key].isDeleting,
            let runners = simulation.facts(key, EphemeralRunnerSetFacts.self),
            let pod = simulation.currentInstance?.pod,
            let owner = simulation.controllerOwner(pod)?.owner,
            let listener = simulation.facts(owner, AutoscalingListenerFacts.self),
            listener.scaleSetNamespace == simulation.tables.namespace(key),
            listener.runnerSetName == simulation.tables.name(key)
        else { return }
        let jobs = ActionsRunners.assignedJobs(simulation, listener.configurationURL)
        let wanted = listener.wantedRunners(assignedJobs: jobs)
        if runners.replicas == wanted { return }
        let tables = simulation.tables
        let body = tables.body(simulation.state[key].body).value
        let changed = body.replacing(["replicas": .integer(wanted)], at: ["spec"])
        let written = simulation.update(key, as: simulation.operatorCaller, verb: "patch") { draft in
            draft.body = tables.body(kind: draft.kind, changed)
        }
        _ = simulation.noted(written, key)
    }
}
