import Testing

@testable import ClusterSimulation

/// Back-off is counted by process, controller and object.
@Suite struct RetryTests {
    private typealias Item = RetryMemory.Item
    private typealias Process = RetryMemory.Process

    private static func key(_ simulation: Simulation, _ name: Symbol) -> ObjectKey {
        simulation.tables.key(.configMap, "toys", name)
    }

    /// A controller that fails with every ConfigMap that has the label `fails` for it.
    private static func failing(_ name: Symbol) -> Controller {
        Controller(name, watches: [Watch(.configMap, changes: [.created, .labels])]) { simulation, key in
            simulation.record(.start, key, by: name)
            if simulation.label(key, name) == "fails" { simulation.retry(name, key) }
        }
    }

    /// The whole seconds at which a controller looked at an object.
    private static func looks(_ simulation: Simulation, _ name: Symbol, _ object: Symbol) -> [Int64] {
        let key = key(simulation, object)
        return (0..<simulation.trace.count).compactMap { index in
            let entry = simulation.trace[index]
            guard entry.action == .start, entry.actor == name, entry.key == key else { return nil }
            return entry.at.milliseconds / 1000
        }
    }

    private static func configMap(
        _ simulation: Simulation, _ name: Symbol, failsIn controllers: [Symbol]
    ) -> ObjectDraft {
        var draft = EngineTests.configMap(name)
        draft.labels = simulation.tables.map(controllers.map { ($0, "fails") })
        return draft
    }

    @Test func `delays double from a second to a thousand`() {
        var memory = RetryMemory()
        let item = Item(controller: ControllerID(index: 1), key: .none)
        let delays = (0..<12).map { _ in memory.delayAfterFailure(item, in: Process()).milliseconds / 1000 }
        #expect(delays == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000, 1000])
    }

    @Test func `two objects of one controller are counted apart`() {
        var simulation = EngineTests.simulation([Self.failing("a")])
        simulation.create(Self.configMap(simulation, "first", failsIn: ["a"]), as: .admin)
        simulation.run(until: .epoch + .seconds(40))
        simulation.create(Self.configMap(simulation, "second", failsIn: ["a"]), as: .admin)
        simulation.run(until: .epoch + .seconds(60))
        #expect(Self.looks(simulation, "a", "first") == [0, 1, 3, 7, 15, 31])
        #expect(Self.looks(simulation, "a", "second") == [40, 41, 43, 47, 55])
    }

    @Test func `one object of two controllers is counted apart`() {
        var simulation = EngineTests.simulation([Self.failing("a"), Self.failing("b")])
        simulation.create(Self.configMap(simulation, "object", failsIn: ["a"]), as: .admin)
        simulation.run(until: .epoch + .seconds(20))
        let tables = simulation.tables
        simulation.update(Self.key(simulation, "object"), as: .admin) {
            $0.labels = tables.map([("a", "fails"), ("b", "fails")])
        }
        simulation.run(until: .epoch + .seconds(34))
        // What comes in between is one failure more.
        #expect(Self.looks(simulation, "a", "object") == [0, 1, 3, 7, 15, 20, 31])
        #expect(Self.looks(simulation, "b", "object") == [0, 20, 21, 23, 27])
    }

    @Test func `a look that does not fail is forgotten, and so is an object that is gone`() {
        var simulation = EngineTests.simulation([Self.failing("a")])
        let tables = simulation.tables
        let key = Self.key(simulation, "object")
        simulation.create(Self.configMap(simulation, "object", failsIn: ["a"]), as: .admin)
        simulation.run(until: .epoch + .seconds(10))
        simulation.update(key, as: .admin) { $0.labels = tables.map([]) }
        simulation.run(until: .epoch + .seconds(20))
        simulation.update(key, as: .admin) { $0.labels = tables.map([("a", "fails")]) }
        simulation.run(until: .epoch + .seconds(24))
        #expect(Self.looks(simulation, "a", "object") == [0, 1, 3, 7, 10, 15, 20, 21, 23])
    }

    @Test func `processes are counted apart, and one that ends starts anew`() {
        var memory = RetryMemory()
        let item = Item(controller: ControllerID(index: 1), key: .none)
        let old = Process(pod: .none, podUID: 7)
        let new = Process(pod: .none, podUID: 8)
        for _ in 0..<5 { _ = memory.delayAfterFailure(item, in: old) }
        #expect(memory.delayAfterFailure(item, in: new) == .seconds(1))
        #expect(memory.delayAfterFailure(item, in: old) == .seconds(32))
        memory.forget(old)
        #expect(memory.delayAfterFailure(item, in: old) == .seconds(1))
        #expect(memory.delayAfterFailure(item, in: new) == .seconds(2))
    }

    @Test func `a program that stops forgets`() {
        var simulation = EngineTests.simulation([Self.failing("a")])
        let pod = simulation.tables.key(.pod, "toys", "operator")
        simulation.startProgram(
            ProgramInstance(program: "p", pod: pod, podUID: 9, namespace: .empty, caller: .admin))
        let item = Item(controller: ControllerID(index: 0), key: pod)
        let process = Process(pod: pod, podUID: 9)
        _ = simulation.retries.delayAfterFailure(item, in: process)
        simulation.stopPrograms(of: pod, uid: 9)
        #expect(simulation.retries.delayAfterFailure(item, in: process) == .seconds(1))
    }

    // MARK: Kubernetes

    private typealias Toy = KubernetesTestCluster

    @Test func `a DaemonSet that gets some of its Pods backs off all the same`() {
        var cluster = Toy(nodes: ["worker-1", "worker-2"])
        cluster.create([
            "apiVersion": "v1", "kind": "ResourceQuota", "metadata": ["name": "q", "namespace": "apps"],
            "spec": ["hard": ["pods": "1"]],
        ])
        cluster.settle()
        cluster.create(Toy.workload("DaemonSet", "agent"))
        let before = cluster.simulation.counters.reconciles
        cluster.settle(.minutes(10))
        // Ten tries in ten minutes; without the doubling there were six hundred.
        #expect(cluster.podRows.count == 1)
        #expect(cluster.simulation.counters.reconciles - before < 80)
    }

    @Test func `containers of a Pod share the back-off of their image's pulls`() {
        var cluster = Toy()
        cluster.simulation.setRegistry("registry.example", isAvailable: false)
        let second: Value = ["name": "second", "image": "registry.example/app:1"]
        let other: Value = ["name": "other", "image": "registry.example/other:1"]
        cluster.create(Toy.pod("p", ["containers": [Toy.container(), second, other]]))
        cluster.settle(.seconds(8))
        let key = cluster.key(.pod, "p")
        #expect(
            cluster.simulation.podState(key)?.containers.map(\.reason)
                == ["ErrImagePull", "ImagePullBackOff", "ErrImagePull"])
        cluster.settle(.minutes(10))
        let images = cluster.simulation.podState(key)?.pullBackOffs.map(\.image)
        #expect(images == ["registry.example/app:1", "registry.example/other:1"])
        cluster.simulation.setRegistry("registry.example", isAvailable: true)
        cluster.settle(.minutes(6))
        #expect(cluster.podRows[0].status == "Running")
    }

    @Test func `pulls say nothing of crashes`() {
        var cluster = Toy(images: [
            ImageFact(
                pattern: "*", program: "server",
                requirements: [.init(kind: "ConfigMap", namespace: "", names: ["c"], message: "no c", origin: .none)])
        ])
        cluster.create(Toy.pod("p", Toy.podSpec(Toy.container(["imagePullPolicy": "Always"]))))
        cluster.settle(.minutes(20))
        cluster.simulation.setRegistry("registry.example", isAvailable: false)
        cluster.settle(.minutes(10))
        #expect(cluster.podRows[0].status == "ImagePullBackOff")
        cluster.simulation.setRegistry("registry.example", isAvailable: true)
        cluster.settle(.minutes(6))
        let container = cluster.simulation.podState(cluster.key(.pod, "p"))?.containers.first
        // The image is there again; that the container crashes has not been forgotten.
        #expect(container?.reason == "CrashLoopBackOff" && container?.backOff == .minutes(5))
    }

    @Test func `a snapshot's Pod that waits for its image goes on`() {
        var cluster = Toy()
        cluster.simulation.setRegistry("registry.example", isAvailable: false)
        cluster.create(Toy.pod("p", Toy.podSpec(Toy.container(), ["nodeName": "worker-1"])))
        cluster.settle()
        let key = cluster.key(.pod, "p")
        let document = cluster.simulation.document(of: key)
        cluster.simulation.restore(key, from: document)
        #expect(cluster.simulation.podState(key)?.pullBackOffs == [])
        cluster.simulation.setRegistry("registry.example", isAvailable: true)
        cluster.settle(.seconds(30))
        #expect(cluster.podRows[0].status == "Running")
    }

    @Test func `a Pod that succeeds ends a Job's back-off`() {
        var state = JobState(["failed": 5, "succeeded": 1])
        #expect(state.failuresInARow == 5)
        var cluster = Toy(images: [ImageFact(pattern: "*", program: "task")])
        let spec = Toy.podSpec(Toy.container(), ["restartPolicy": "Never"])
        cluster.create([
            "apiVersion": "batch/v1", "kind": "Job", "metadata": ["name": "j", "namespace": "apps"],
            "spec": ["completions": 3, "parallelism": 1, "backoffLimit": 9, "template": ["spec": spec]],
        ])
        let key = cluster.key(.job, "j")
        cluster.settle(.seconds(1))
        state.succeeded = 0
        state.lastFailure = cluster.simulation.now
        cluster.simulation.updateStatus(key, as: .admin, JobStatus(state))
        cluster.settle()
        let end = cluster.simulation.jobState(key)
        #expect(end.has("Complete") && end.failuresInARow == 0 && end.failed == 5)
        #expect(end.completed < state.lastFailure + .seconds(60))
    }
}
