import Testing

@testable import ClusterSimulation

/// Waves, hooks, pruning and deletion.
@Suite struct ArgoCDWavesTests {
    typealias Toys = ArgoCDToys

    static let rolledOut = DocumentStatus([
        "observedGeneration": 1, "replicas": 1, "updatedReplicas": 1, "availableReplicas": 1,
    ])

    static func wave(_ number: String) -> [(Symbol, Value)] { [(ArgoCD.syncWave, .string(number))] }

    @Test func `a wave waits for the health of the one before it, the last is not waited for`() {
        var simulation = Toys.simulation(namespaces: ["a"]) { _ in
            .success([
                Toys.deployment("first", annotations: Self.wave("-1")), Toys.deployment("second"),
            ])
        }
        Toys.add(Toys.application("app", namespace: "a"), to: &simulation)
        simulation.run(300)
        #expect(Toys.names(simulation, .deployment, "a") == ["first"])
        #expect(
            Toys.state(simulation, "app").operation?.message == "waiting for healthy state of apps/Deployment/first")
        simulation.updateStatus(Toys.key(simulation, .deployment, "a", "first"), as: .admin, Self.rolledOut)
        simulation.run(10)
        #expect(Toys.names(simulation, .deployment, "a") == ["first", "second"])
        #expect(Toys.state(simulation, "app").operation?.phase == .succeeded)
        #expect(Toys.row(simulation, "app") == "Synced Progressing ")
        // Each wave is caused by the operation, not by what let it go on.
        let chain = simulation.causes(of: simulation.state[Toys.key(simulation, .deployment, "a", "second")].creation)
        #expect(chain.suffix(2).map(\.action) == [.sync, .create])
        #expect(!chain.contains { $0.key == Toys.key(simulation, .deployment, "a", "first") })
    }

    static let podTemplate: Value = [
        "template": ["spec": ["restartPolicy": "Never", "containers": [["name": "x", "image": "x"]]]]
    ]

    @Test func `a PreSync hook runs first, and goes when it succeeded`() {
        let hook = Toys.manifest(
            "batch/v1", "Job", "prepare",
            annotations: [(ArgoCD.hook, "PreSync"), (ArgoCD.hookDeletePolicy, "HookSucceeded")]
        ).with("spec", Self.podTemplate)
        var simulation = Toys.simulation(namespaces: ["a"]) { _ in .success([hook, Toys.configMap("one")]) }
        Toys.add(Toys.application("app", namespace: "a"), to: &simulation)
        simulation.run(60)
        let job = Toys.key(simulation, .job, "a", "prepare")
        #expect(simulation.state.exists(job))
        #expect(simulation.tables.list(simulation.state[job].finalizers) == [ArgoCD.hookFinalizer])
        #expect(Toys.names(simulation, .configMap, "a") == [])
        #expect(
            Toys.state(simulation, "app").operation?.message == "waiting for completion of hook batch/Job/prepare")
        simulation.updateStatus(
            job, as: .admin, DocumentStatus(["conditions": [["type": "Complete", "status": "True"]]]))
        simulation.run(60)
        #expect(Toys.names(simulation, .configMap, "a") == ["one"])
        #expect(!simulation.state.exists(job))
        #expect(Toys.row(simulation, "app") == "Synced Healthy ")
    }

    @Test func `a hook that fails ends the sync before anything is applied`() {
        let hook = Toys.manifest("batch/v1", "Job", "prepare", annotations: [(ArgoCD.helmHook, "pre-install")])
            .with("spec", Self.podTemplate)
        var simulation = Toys.simulation(namespaces: ["a"]) { _ in .success([hook, Toys.configMap("one")]) }
        Toys.add(Toys.application("app", namespace: "a"), to: &simulation)
        simulation.run(30)
        let job = Toys.key(simulation, .job, "a", "prepare")
        simulation.updateStatus(
            job, as: .admin,
            DocumentStatus(["conditions": [["type": "Failed", "status": "True", "message": "no luck"]]]))
        simulation.run(60)
        #expect(Toys.names(simulation, .configMap, "a") == [])
        #expect(
            Toys.state(simulation, "app").operation?.message
                == "one or more synchronization tasks completed unsuccessfully, reason: no luck")
        #expect(simulation.state.exists(job))
    }

    @Test func `without prune what is no target stays and is told`() {
        var simulation = Toys.simulation(namespaces: ["a"]) { request in
            let two = Toys.configMap("two")
            return .success(request.changeSets.isEmpty ? [Toys.configMap("one"), two] : [two])
        }
        Toys.add(Toys.application("app", namespace: "a", automated: [:]), to: &simulation)
        simulation.run(30)
        simulation.mergeChangeSet(repository: 0, "#1")
        simulation.run(300)
        #expect(Toys.names(simulation, .configMap, "a") == ["one", "two"])
        #expect(Toys.row(simulation, "app") == "OutOfSync Healthy ")
        simulation.syncApplication("app")
        simulation.run(60)
        let results = Toys.state(simulation, "app").operation?.results ?? []
        #expect(results.map(\.code).contains(.pruneSkipped))
        #expect(Toys.names(simulation, .configMap, "a") == ["one", "two"])
    }

    @Test func `automated prune does not delete everything`() {
        var simulation = Toys.simulation(namespaces: ["a"]) { request in
            .success(request.changeSets.isEmpty ? [Toys.configMap("one")] : [])
        }
        Toys.add(Toys.application("app", namespace: "a"), to: &simulation)
        simulation.run(30)
        simulation.mergeChangeSet(repository: 0, "#1")
        simulation.run(300)
        #expect(Toys.names(simulation, .configMap, "a") == ["one"])
        #expect(Toys.row(simulation, "app").hasSuffix("auto-sync will wipe out all resources"))
    }

    @Test func `PruneLast prunes after everything was applied`() throws {
        var simulation = Toys.simulation(namespaces: ["a"]) { request in
            .success([Toys.configMap(request.changeSets.isEmpty ? "one" : "two")])
        }
        Toys.add(Toys.application("app", namespace: "a", options: ["PruneLast=true"]), to: &simulation)
        simulation.run(30)
        simulation.mergeChangeSet(repository: 0, "#1")
        while Toys.names(simulation, .configMap, "a") == ["one"], simulation.now < .epoch + .minutes(10) {
            simulation.run(1)
        }
        #expect(Toys.names(simulation, .configMap, "a") == ["one", "two"])
        simulation.run(10)
        #expect(Toys.names(simulation, .configMap, "a") == ["two"])
        #expect(Toys.row(simulation, "app") == "Synced Healthy ")
    }

    @Test func `with its finalizer an Application takes its objects along, without it they stay`() {
        for finalizers: [Symbol] in [[], [ArgoCD.backgroundFinalizer]] {
            var simulation = Toys.simulation(namespaces: ["a"]) { _ in
                .success([Toys.configMap("one"), Toys.configMap("two", annotations: Self.wave("3"))])
            }
            let key = Toys.add(
                Toys.application("app", namespace: "a", finalizers: finalizers), to: &simulation)
            simulation.run(60)
            simulation.delete(key, as: .admin)
            simulation.run(60)
            #expect(!simulation.state.exists(key))
            #expect(Toys.names(simulation, .configMap, "a") == (finalizers.isEmpty ? ["one", "two"] : []))
        }
    }

    @Test func `a parent makes its children, and pruning one takes its objects`() {
        var simulation = Toys.simulation(namespaces: ["a"]) { request in
            guard request.application == "parent" else { return .success([Toys.configMap("of-child")]) }
            let child = Toys.application(
                "child", namespace: "a", path: "child", finalizers: [ArgoCD.backgroundFinalizer])
            let other = Toys.configMap("other", namespace: "argocd")
            return .success(request.changeSets.isEmpty ? [child, other] : [other])
        }
        Toys.add(Toys.application("parent", namespace: "argocd"), to: &simulation)
        simulation.run(60)
        #expect(Toys.names(simulation, .configMap, "a") == ["of-child"])
        #expect(Toys.row(simulation, "parent") == "Synced Healthy ")
        simulation.mergeChangeSet(repository: 0, "#1")
        simulation.run(300)
        #expect(simulation.applicationRows().map(\.name) == ["parent"])
        #expect(Toys.names(simulation, .configMap, "a") == [])
    }

    @Test func `the namespace that tasks need moves before them`() {
        var tasks = [
            SyncTask(phase: .sync, wave: -1, group: "apps", kind: "Deployment", namespace: "n", name: "d"),
            SyncTask(phase: .sync, wave: 0, kind: "Namespace", namespace: "n", name: "n"),
        ]
        SyncOrder.adjustDependencies(&tasks) { _ in nil }
        #expect(tasks.map(\.kind) == ["Namespace", "Deployment"])
        #expect(tasks.map(\.wave) == [-1, -1])
    }

    @Test func `a missing object makes an old Argo CD's Application Missing, a new one's not`() {
        let missing = [
            ApplicationHealth.Resource(group: "apps", kind: "Deployment", name: "d", isLive: false, health: nil),
            ApplicationHealth.Resource(kind: "ConfigMap", name: "c", isLive: true, health: nil),
        ]
        #expect(ApplicationHealth.aggregate(missing, Versions(kubernetes: 34, argocd: (3, 3))).code == .missing)
        #expect(ApplicationHealth.aggregate(missing, Versions()).code == .healthy)
    }
}
