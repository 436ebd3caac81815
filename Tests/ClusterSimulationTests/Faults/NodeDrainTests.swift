import Testing

@testable import ClusterSimulation

@Suite struct NodeDrainTests {
    private typealias Toy = KubernetesTestCluster

    /// Workloads on a first node, and a second one that comes later.
    private func cluster(_ manifests: [Value]) -> KubernetesTestCluster {
        var cluster = Toy()
        for manifest in manifests { cluster.create(manifest) }
        cluster.settle()
        cluster.create(["apiVersion": "v1", "kind": "Node", "metadata": ["name": "worker-2"]])
        cluster.settle()
        return cluster
    }

    private func budget(_ spec: Value, name: String = "b") -> Value {
        var spec = spec
        spec["selector"] = ["matchLabels": ["app": "web"]]
        let metadata: Value = ["name": .string(name), "namespace": "apps"]
        return ["apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": metadata, "spec": spec]
    }

    private func drain(
        _ cluster: inout KubernetesTestCluster, _ change: (inout DrainOptions) -> Void = { _ in }
    ) -> [String] {
        var options = DrainOptions()
        change(&options)
        return cluster.simulation.drain(cluster.tables.key(.node, .empty, "worker-1"), options)
    }

    private func pods(_ cluster: KubernetesTestCluster, on node: Symbol = "worker-1") -> [String] {
        cluster.simulation.pods(onNode: node).map { cluster.tables.name($0).text }
    }

    private func isCordoned(_ cluster: KubernetesTestCluster) -> Bool {
        let node = cluster.tables.key(.node, .empty, "worker-1")
        return cluster.simulation.facts(node, NodeFacts.self)?.isUnschedulable ?? false
    }

    /// The times, in milliseconds since `start`, of the evictions that a user made or was refused.
    private func tries(_ cluster: KubernetesTestCluster, since start: SimulationTime, _ action: Action) -> [Int64] {
        (0..<cluster.simulation.trace.count).compactMap { index in
            let entry = cluster.simulation.trace[index]
            let isPod = cluster.tables.kindID(entry.key) == .pod && entry.actor == Caller.admin.user
            return isPod && entry.action == action && entry.at >= start ? (entry.at - start).milliseconds : nil
        }
    }

    @Test func `a budget that never allows anything keeps the drain from ending`() {
        var cluster = cluster([Toy.workload("Deployment", "web"), budget(["minAvailable": 1])])
        let start = cluster.simulation.now
        let pod = pods(cluster)[0]
        #expect(
            drain(&cluster) == [
                "error when evicting pods/\"\(pod)\" -n \"apps\" (will retry after 5s): "
                    + "Cannot evict pod as it would violate the pod's disruption budget."
            ])
        // What cannot change is not tried: nothing is scheduled.
        #expect(cluster.settle(.minutes(600)) == .settled)
        #expect(pods(cluster) == [pod] && isCordoned(cluster))
        let refusal = cluster.simulation.memory.drains.drains.first?.pods.first?.refusal.text
        #expect(refusal?.hasSuffix("The disruption budget b needs 1 healthy pods and has 1 currently") ?? false)
        #expect(tries(cluster, since: start, .refuse).first == 0)
    }

    @Test func `Pods go one after the other, every five seconds at most`() {
        var cluster = cluster([Toy.workload("Deployment", "web", replicas: 3), budget(["maxUnavailable": 1])])
        let start = cluster.simulation.now
        #expect(drain(&cluster).count == 2)
        var fewest = 3
        for _ in 0..<600 {
            cluster.settle(.milliseconds(100))
            fewest = min(fewest, cluster.workload(.deployment, "web").ready)
        }
        #expect(fewest == 2)
        #expect(pods(cluster) == [] && pods(cluster, on: "worker-2").count == 3)
        let evictions = tries(cluster, since: start, .delete)
        #expect(evictions.count == 3 && evictions.first == 0)
        #expect(evictions.allSatisfy { $0 % 5000 == 0 } && Set(evictions).count == 3)
        #expect(cluster.simulation.memory.drains.drains.isEmpty)
    }

    @Test func `a drain goes on when the budget is gone`() {
        var cluster = cluster([Toy.workload("Deployment", "web"), budget(["minAvailable": 1])])
        let start = cluster.simulation.now
        _ = drain(&cluster)
        cluster.settle(.milliseconds(62_300))
        cluster.simulation.delete(cluster.key(.podDisruptionBudget, "b"), as: .admin)
        cluster.settle()
        #expect(tries(cluster, since: start, .delete) == [65_000])
        #expect(pods(cluster) == [] && pods(cluster, on: "worker-2").count == 1)
    }

    @Test func `evicted Pods have their grace period`() {
        var cluster = cluster([Toy.workload("Deployment", "web")])
        let key = cluster.simulation.objects(of: .pod)[0]
        #expect(drain(&cluster) { $0.gracePeriodSeconds = 4 } == [])
        #expect(cluster.simulation.state[key].isDeleting && cluster.simulation.state[key].deletionGraceSeconds == 4)
        #expect(cluster.simulation.memory.drains.drains.count == 1)
        cluster.settle()
        #expect(cluster.simulation.memory.drains.drains.isEmpty)
    }

    @Test func `a drain that is given a time gives up then`() {
        var cluster = cluster([Toy.workload("Deployment", "web"), budget(["minAvailable": 1])])
        let pod = pods(cluster)[0]
        _ = drain(&cluster) { $0.timeout = .seconds(90) }
        cluster.settle(.seconds(89))
        #expect(cluster.simulation.memory.drains.drains.first?.failure == .empty)
        cluster.settle(.seconds(2))
        #expect(
            cluster.simulation.memory.drains.drains.first?.failure.text
                == "error when evicting pods/\"\(pod)\" -n \"apps\": global timeout reached: 1m30s")
        cluster.simulation.delete(cluster.key(.podDisruptionBudget, "b"), as: .admin)
        cluster.settle()
        #expect(pods(cluster) == [pod])
        // Whoever uncordons the node has done with it.
        _ = cluster.simulation.patch(
            cluster.tables.key(.node, .empty, "worker-1"), .merge, ["spec": ["unschedulable": false]], as: .admin)
        cluster.settle()
        #expect(cluster.simulation.memory.drains.drains.isEmpty)
    }

    @Test func `an error that is not a budget's ends the drain`() {
        var cluster = cluster([
            Toy.workload("Deployment", "web"), budget(["minAvailable": 0]), budget(["minAvailable": 0], name: "c"),
            Toy.workload("Deployment", "other"),
        ])
        let complaints = drain(&cluster)
        cluster.settle()
        #expect(pods(cluster).count == 1 && pods(cluster)[0].hasPrefix("web"))
        let failure = cluster.simulation.memory.drains.drains.first?.failure.text ?? ""
        #expect(failure.contains("This pod has more than one PodDisruptionBudget"), "\(complaints)")
    }

    @Test func `without evictions budgets are not asked`() {
        var cluster = cluster([Toy.workload("Deployment", "web"), budget(["minAvailable": 1])])
        #expect(drain(&cluster) { $0.disablesEviction = true } == [])
        cluster.settle()
        #expect(pods(cluster) == [] && cluster.simulation.memory.drains.drains.isEmpty)
    }

    // MARK: Which Pods

    @Test func `some Pods keep a drain from beginning, unless its options say otherwise`() {
        let local = Toy.podSpec(Toy.container(), ["volumes": [["name": "v", "emptyDir": .object([:])]]])
        let once = Toy.podSpec(Toy.container(), ["nodeName": "worker-1"])
        let manifests = [
            Toy.workload("Deployment", "local", podSpec: local), Toy.workload("DaemonSet", "agent"),
            Toy.pod("bare", once),
        ]
        var cluster = cluster(manifests)
        let before = pods(cluster)
        let complaints = drain(&cluster) {
            $0.ignoresDaemonSets = false
            $0.deletesEmptyDirData = false
        }
        let prefix = "error: unable to drain node \"worker-1\" due to error: "
        #expect(complaints.count == 1 && complaints[0].hasPrefix(prefix))
        for words in [
            "cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore): apps/agent-",
            "cannot delete Pods with local storage (use --delete-emptydir-data to override): apps/local-",
            "cannot delete Pods that declare no controller (use --force to override): apps/bare",
        ] { #expect(complaints[0].contains(words), "\(complaints)") }
        cluster.settle()
        #expect(pods(cluster) == before && isCordoned(cluster))
        #expect(drain(&cluster) { $0.force = true } == [])
        cluster.settle()
        #expect(pods(cluster).count == 1 && pods(cluster)[0].hasPrefix("agent-"))
        #expect(cluster.simulation.memory.drains.drains.isEmpty)
    }

    @Test func `finished Pods go, mirror Pods stay`() {
        var mirror = Toy.pod("static", Toy.podSpec(Toy.container(), ["nodeName": "worker-1"]))
        var metadata = mirror["metadata"] ?? [:]
        metadata["annotations"] = ["kubernetes.io/config.mirror": "x"]
        mirror["metadata"] = metadata
        var cluster = Toy(images: [
            ImageFact(pattern: "registry.example/task", program: "task"), ImageFact(pattern: "*", program: "server"),
        ])
        let task = Toy.podSpec(Toy.container(["image": "registry.example/task:1"]), ["restartPolicy": "Never"])
        cluster.create(Toy.pod("done", task))
        cluster.create(mirror)
        cluster.settle()
        #expect(pods(cluster) == ["done", "static"])
        #expect(drain(&cluster) == [])
        cluster.settle()
        #expect(pods(cluster) == ["static"])
    }

    @Test func `a node that is not there`() {
        var cluster = Toy()
        let complaints = cluster.simulation.drain(cluster.tables.key(.node, .empty, "none"), DrainOptions())
        #expect(complaints == ["Error from server (NotFound): nodes \"none\" not found"])
    }

    @Test(
        arguments: [
            (0, "0s"), (500, "500ms"), (1500, "1.5s"), (30_000, "30s"), (90_000, "1m30s"), (7_200_000, "2h0m0s"),
            (3_600_250, "1h0m0.25s"),
        ] as [(Int64, String)])
    func `durations as Go prints them`(milliseconds: Int64, text: String) {
        #expect(GoDuration.text(.milliseconds(milliseconds)) == text)
    }
}
