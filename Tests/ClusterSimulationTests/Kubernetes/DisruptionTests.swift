import Testing

@testable import ClusterSimulation

/// What a PodDisruptionBudget says of its Pods, and what it refuses.
@Suite struct DisruptionTests {
    private typealias Toy = KubernetesTestCluster

    private func budget(_ spec: Value, name: String = "b", app: String? = "web") -> Value {
        var spec = spec
        if let app { spec["selector"] = ["matchLabels": ["app": .string(app)]] }
        let metadata: Value = ["name": .string(name), "namespace": "apps"]
        return ["apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": metadata, "spec": spec]
    }

    private func state(_ cluster: KubernetesTestCluster, _ name: Symbol = "b") -> DisruptionBudgetState {
        cluster.simulation.disruptionBudgetState(cluster.key(.podDisruptionBudget, name))
    }

    /// `expected desired current allowed`.
    private func numbers(_ cluster: KubernetesTestCluster, _ name: Symbol = "b") -> [Int] {
        let state = state(cluster, name)
        return [state.expectedPods, state.desiredHealthy, state.currentHealthy, state.disruptionsAllowed]
    }

    private func refusal(_ result: Result<ObjectKey, APIError>) -> APIError? {
        if case .failure(let error) = result { return error }
        return nil
    }

    private func pods(_ cluster: KubernetesTestCluster) -> [ObjectKey] { cluster.simulation.objects(of: .pod) }

    private func cluster(_ kind: String = "Deployment", replicas: Int) -> KubernetesTestCluster {
        var cluster = Toy()
        cluster.create(Toy.workload(kind, "web", replicas: replicas))
        cluster.settle()
        return cluster
    }

    // MARK: The controller

    @Test(
        arguments: [
            (["minAvailable": 2], [5, 2, 5, 3]), (["minAvailable": "50%"], [5, 3, 5, 2]),
            (["maxUnavailable": 1], [5, 4, 5, 1]), (["maxUnavailable": "30%"], [5, 3, 5, 2]),
            (["maxUnavailable": 9], [5, 0, 5, 5]), (["minAvailable": "100%"], [5, 5, 5, 0]),
            (["minAvailable": 7], [5, 7, 5, 0]), ([:], [0, 0, 5, 0]),
        ] as [(Value, [Int])], ["Deployment", "ReplicaSet", "StatefulSet"])
    func `numbers and percentages of the workload's scale`(row: (Value, [Int]), kind: String) {
        var cluster = cluster(kind, replicas: 5)
        cluster.create(budget(row.0))
        cluster.settle()
        #expect(numbers(cluster) == row.1)
        let condition = state(cluster).condition
        #expect(condition?.status == (row.1[3] > 0))
        #expect(condition?.reason == (row.1[3] > 0 ? "SufficientPods" : "InsufficientPods"))
        #expect(state(cluster).observedGeneration == 1)
    }

    @Test func `an empty selector covers every Pod of the namespace, none covers none`() {
        var cluster = cluster(replicas: 2)
        cluster.create(budget(["minAvailable": 1, "selector": .object([:])], name: "all", app: nil))
        cluster.create(budget(["minAvailable": 1], name: "none", app: nil))
        cluster.settle()
        #expect(numbers(cluster, "all") == [2, 1, 2, 1])
        #expect(numbers(cluster, "none") == [0, 1, 0, 0])
    }

    @Test func `Pods without a controller count for a number alone`() {
        var cluster = Toy()
        for name in ["a", "b"] { cluster.create(Toy.pod(name, labels: ["app": "web"])) }
        cluster.create(budget(["minAvailable": 1], name: "number"))
        cluster.create(budget(["maxUnavailable": 1], name: "part"))
        cluster.settle()
        #expect(numbers(cluster, "number") == [2, 1, 2, 1])
        #expect(numbers(cluster, "part") == [0, 0, 2, 0])
    }

    @Test func `a controller without a scale cannot be counted`() {
        var cluster = Toy(images: [ImageFact(pattern: "*", program: "server")])
        let template: Value = [
            "metadata": ["labels": ["app": "web"]], "spec": Toy.podSpec(Toy.container(), ["restartPolicy": "Never"]),
        ]
        cluster.create([
            "apiVersion": "batch/v1", "kind": "Job", "metadata": ["name": "j", "namespace": "apps"],
            "spec": ["template": template],
        ])
        cluster.create(budget(["maxUnavailable": 1]))
        cluster.settle()
        let condition = state(cluster).condition
        #expect(condition?.reason == "SyncFailed" && condition?.status == false)
        #expect(condition?.message == "jobs.batch does not implement the scale subresource")
        #expect(refusal(cluster.simulation.evict(pods(cluster)[0], as: .admin))?.code == 429)
    }

    @Test(arguments: [true, false]) func `a custom resource is counted by its subresource scale`(hasScale: Bool) {
        var cluster = Toy()
        let scale: Value = ["specReplicasPath": ".spec.size", "statusReplicasPath": ".status.size"]
        cluster.create([
            "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
            "metadata": ["name": "dbs.example.com"],
            "spec": [
                "group": "example.com", "scope": "Namespaced", "names": ["kind": "DB", "plural": "dbs"],
                "versions": [
                    [
                        "name": "v1", "served": true, "storage": true,
                        "subresources": hasScale ? ["scale": scale] : .object([:]),
                        "schema": [
                            "openAPIV3Schema": ["type": "object", "x-kubernetes-preserve-unknown-fields": true]
                        ],
                    ]
                ],
            ],
        ])
        cluster.settle()
        let owner = try? cluster.create([
            "apiVersion": "example.com/v1", "kind": "DB", "metadata": ["name": "db", "namespace": "apps"],
            "spec": ["size": 4],
        ]).get()
        let uid = owner.map { cluster.simulation.uidText(cluster.simulation.state[$0].uid) } ?? ""
        var pod = Toy.pod("db-1", labels: ["app": "web"])
        var metadata = pod["metadata"] ?? [:]
        metadata["ownerReferences"] = [
            ["apiVersion": "example.com/v1", "kind": "DB", "name": "db", "uid": .string(uid), "controller": true]
        ]
        pod["metadata"] = metadata
        cluster.create(pod)
        cluster.create(budget(["maxUnavailable": 3]))
        cluster.settle()
        if hasScale {
            #expect(numbers(cluster) == [4, 1, 1, 0])
        } else {
            #expect(state(cluster).condition?.message == "dbs.example.com does not implement the scale subresource")
        }
    }

    @Test func `a Pod that was allowed to go and did not counts again after two minutes`() {
        var cluster = cluster(replicas: 3)
        cluster.create(budget(["minAvailable": 2]))
        cluster.settle()
        // Another Pod of that name was meant: the budget is spent, and nothing goes.
        let result = cluster.simulation.evict(pods(cluster)[0], as: .admin, DeleteOptions(uid: 999))
        #expect(refusal(result)?.code == 409)
        cluster.settle(.seconds(60))
        #expect(numbers(cluster) == [3, 2, 2, 0] && state(cluster).disruptedPods.count == 1)
        cluster.settle(.seconds(70))
        #expect(numbers(cluster) == [3, 2, 3, 1] && state(cluster).disruptedPods.isEmpty)
    }

    // MARK: Evictions

    @Test func `a budget is spent, and filled again by another Pod`() {
        var cluster = cluster(replicas: 2)
        cluster.create(budget(["minAvailable": 1]))
        cluster.settle()
        let two = pods(cluster)
        #expect(refusal(cluster.simulation.evict(two[0], as: .admin)) == nil)
        #expect(state(cluster).disruptedPods.map(\.name) == [cluster.tables.name(two[0])])
        let error = refusal(cluster.simulation.evict(two[1], as: .admin))
        #expect(error?.code == 429 && error?.reason == "TooManyRequests")
        #expect(error?.message == "Cannot evict pod as it would violate the pod's disruption budget.")
        #expect(error?.causes.first?.reason == "DisruptionBudget")
        #expect(error?.causes.first?.message == "The disruption budget b needs 1 healthy pods and has 2 currently")
        cluster.settle()
        #expect(numbers(cluster) == [2, 1, 2, 1])
        #expect(refusal(cluster.simulation.evict(two[1], as: .admin)) == nil)
    }

    @Test func `a refusal is an event`() {
        var cluster = cluster(replicas: 1)
        cluster.create(budget(["minAvailable": 1]))
        cluster.settle()
        let pod = pods(cluster)[0]
        cluster.simulation.evict(pod, as: .admin)
        let entry = cluster.simulation.trace[Int(cluster.simulation.lastTraceID.index)]
        #expect(entry.action == .refuse && entry.key == pod && entry.actor == Caller.admin.user)
        #expect(entry.detail.text.hasSuffix("The disruption budget b needs 1 healthy pods and has 1 currently"))
    }

    @Test func `a budget that the controller has not seen allows nothing`() {
        var cluster = cluster(replicas: 2)
        cluster.create(budget(["minAvailable": 0]))
        let pod = pods(cluster)[0]
        let words = "The disruption budget b is still being processed by the server."
        #expect(refusal(cluster.simulation.evict(pod, as: .admin))?.causes.first?.message == words)
        cluster.settle()
        cluster.apply(budget(["minAvailable": 1]))
        #expect(refusal(cluster.simulation.evict(pod, as: .admin))?.causes.first?.message == words)
        cluster.settle()
        #expect(refusal(cluster.simulation.evict(pod, as: .admin)) == nil)
    }

    @Test func `two budgets for a Pod are an error`() {
        var cluster = cluster(replicas: 2)
        cluster.create(budget(["minAvailable": 0], name: "one"))
        cluster.create(budget(["minAvailable": 0], name: "two"))
        cluster.settle()
        let error = refusal(cluster.simulation.evict(pods(cluster)[0], as: .admin))
        #expect(error?.code == 500 && error?.message.hasPrefix("This pod has more than one") ?? false)
    }

    @Test func `Pods that do not run, or are going, need no budget`() {
        var cluster = Toy()
        cluster.create(Toy.pod("pending", Toy.podSpec(Toy.container(), ["nodeName": "none"]), labels: ["app": "web"]))
        cluster.create(Toy.pod("going", labels: ["app": "web"]))
        cluster.create(budget(["minAvailable": 9]))
        cluster.settle()
        #expect(refusal(cluster.simulation.evict(cluster.key(.pod, "going"), as: .admin))?.code == 429)
        cluster.simulation.delete(cluster.key(.pod, "going"), as: .admin)
        for name in ["pending", "going"] as [Symbol] {
            #expect(refusal(cluster.simulation.evict(cluster.key(.pod, name), as: .admin)) == nil, "\(name)")
        }
    }

    /// `ready` Pods of three, of which one that is not is evicted.
    @Test(
        arguments: [
            (ready: 2, min: 2, policy: nil, mayGo: true), (ready: 1, min: 2, policy: nil, mayGo: false),
            (ready: 1, min: 2, policy: "IfHealthyBudget", mayGo: false),
            (ready: 1, min: 2, policy: "AlwaysAllow", mayGo: true), (ready: 2, min: 0, policy: nil, mayGo: true),
        ] as [(ready: Int, min: Int, policy: String?, mayGo: Bool)])
    func `Pods that are not ready`(row: (ready: Int, min: Int, policy: String?, mayGo: Bool)) {
        var cluster = Toy(images: [
            ImageFact(pattern: "registry.example/app", program: "server"),
            ImageFact(
                pattern: "*", program: "server",
                requirements: [.init(kind: "ConfigMap", namespace: "", names: ["c"], message: "no", origin: .none)]),
        ])
        let broken = Toy.podSpec(Toy.container(["image": "registry.example/broken:1"]))
        for index in 0..<3 {
            let name = index < row.ready ? "ready-\(index)" : "broken-\(index)"
            cluster.create(Toy.pod(name, index < row.ready ? Toy.podSpec() : broken, labels: ["app": "web"]))
        }
        var spec: Value = ["minAvailable": .integer(row.min)]
        if let policy = row.policy { spec["unhealthyPodEvictionPolicy"] = .string(policy) }
        cluster.create(budget(spec))
        cluster.settle(.minutes(5))
        #expect(state(cluster).currentHealthy == row.ready)
        let allowed = state(cluster).disruptionsAllowed
        let result = cluster.simulation.evict(cluster.key(.pod, "broken-2"), as: .admin)
        #expect((refusal(result) == nil) == row.mayGo)
        // An unhealthy Pod costs nothing, but for a budget that needs none.
        if row.min > 0 { #expect(state(cluster).disruptionsAllowed == allowed) }
    }

    @Test func `nothing is evicted in a namespace that goes`() {
        var cluster = cluster(replicas: 1)
        let pod = pods(cluster)[0]
        cluster.simulation.delete(cluster.tables.key(.namespace, .empty, "apps"), as: .admin)
        let error = refusal(cluster.simulation.evict(pod, as: .admin))
        #expect(error?.code == 403 && error?.causes.first?.reason == "NamespaceTerminating")
    }

    @Test func `an Eviction by HTTP takes its options from its body`() {
        var cluster = cluster(replicas: 2)
        cluster.create(budget(["minAvailable": 1]))
        cluster.settle()
        let pod = pods(cluster)[0]
        let name = cluster.tables.name(pod)
        func evict(_ options: Value, name other: Symbol? = nil) -> HTTPResponse {
            let body: Value = [
                "apiVersion": "policy/v1", "kind": "Eviction", "metadata": ["name": Value(other ?? name)],
                "deleteOptions": options,
            ]
            return cluster.simulation.handle(
                HTTPRequest(method: "POST", path: "/api/v1/namespaces/apps/pods/\(name)/eviction", body: body))
        }
        #expect(evict([:], name: "other").code == 400)
        #expect(evict(["dryRun": ["All"]]).code == 201)
        #expect(!cluster.simulation.state[pod].isDeleting && state(cluster).disruptionsAllowed == 1)
        let wrong = evict(["preconditions": ["uid": "00000000-0000-0000-0000-000000000000"]])
        #expect(wrong.code == 409)
        #expect(wrong.error?.message.contains("UID in the precondition (00000000-0000-0000") ?? false)
        cluster.settle()
        #expect(evict(["gracePeriodSeconds": 7]).code == 201)
        #expect(cluster.simulation.state[pod].deletionGraceSeconds == 7)
    }
}
