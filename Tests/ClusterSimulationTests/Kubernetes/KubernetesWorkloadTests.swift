import Testing

@testable import ClusterSimulation

private typealias Cluster = KubernetesTestCluster

@Suite struct KubernetesWorkloadTests {
    @Test func `a Deployment of three gets three ready Pods`() {
        var cluster = Cluster()
        cluster.create(Cluster.workload("Deployment", "web", replicas: 3))
        #expect(cluster.settle(.minutes(11)) == .settled)
        #expect(cluster.podRows.map(\.status) == ["Running", "Running", "Running"])
        #expect(cluster.podRows.map(\.ready) == ["1/1", "1/1", "1/1"])
        let status = cluster.workload(.deployment, "web")
        #expect(status.ready == 3 && status.updated == 3 && status.available == 3)
        #expect(status.condition("Progressing")?.reason == "NewReplicaSetAvailable")
        #expect(status.condition("Available")?.status == true)
        #expect(cluster.simulation.objects(of: .replicaSet).count == 1)
    }

    @Test func `a Deployment knows its ReplicaSet whatever another version named it`() throws {
        var cluster = Cluster(minor: 31)
        let key = try cluster.create(Cluster.workload("Deployment", "web")).get()
        cluster.settle()
        let set = try #require(cluster.simulation.objects(of: .replicaSet).first)
        let hashes = try #require(cluster.simulation.facts(key, WorkloadFacts.self)?.hashes(cluster.simulation))
        #expect(hashes.minor == 31)
        #expect(cluster.simulation.label(set, "pod-template-hash") == hashes.text)
        let tables = cluster.tables
        cluster.simulation.update(set, as: .admin) {
            $0.labels = tables.map($0.labels, setting: "pod-template-hash", to: "86dcfdf4c6")
        }
        cluster.apply(Cluster.workload("Deployment", "web", replicas: 2))
        cluster.settle()
        #expect(cluster.simulation.objects(of: .replicaSet) == [set])
        #expect(cluster.simulation.workloadState(set).replicas == 2)
    }

    @Test(arguments: ["Deployment", "StatefulSet", "DaemonSet"])
    func `what was orphaned is taken on by a workload of the same selector`(kind: String) throws {
        var cluster = Cluster()
        let key = try cluster.create(Cluster.workload(kind, "web")).get()
        cluster.settle()
        let pods = cluster.simulation.objects(of: .pod).map { cluster.simulation.state[$0].uid }
        cluster.simulation.delete(key, as: .admin, DeleteOptions(propagation: .orphan))
        cluster.settle()
        let orphans = cluster.simulation.objects(of: kind == "Deployment" ? .replicaSet : .pod)
        #expect(orphans.map { cluster.simulation.controllerOwner($0) == nil } == [true])
        cluster.create(Cluster.workload(kind, "web"))
        cluster.settle()
        #expect(orphans.map { cluster.simulation.controllerOwner($0)?.uid } == [cluster.simulation.state[key].uid])
        #expect(cluster.simulation.objects(of: .pod).map { cluster.simulation.state[$0].uid } == pods)
        #expect(cluster.simulation.workloadState(key).ready == 1)
    }

    @Test func `reconciling everything again writes nothing`() {
        var cluster = Cluster()
        cluster.create(Cluster.workload("Deployment", "web", replicas: 2))
        cluster.create(Cluster.workload("StatefulSet", "db", replicas: 2))
        cluster.create(Cluster.workload("DaemonSet", "log"))
        cluster.create(Cluster.service("web"))
        cluster.settle(.minutes(11))
        let writes = cluster.simulation.counters.apiWrites
        for (index, controller) in cluster.simulation.configuration.controllers.enumerated() {
            for watch in controller.watches {
                guard case .itself = watch.mapping else { continue }
                for key in cluster.simulation.objects(of: watch.target.resolve(cluster.tables)) {
                    cluster.simulation.enqueue(ControllerID(index: UInt16(index)), key, because: .none)
                }
            }
        }
        #expect(cluster.settle() == .settled)
        #expect(cluster.simulation.counters.apiWrites == writes)
    }

    @Test func `equal runs are equal, event for event`() {
        func run() -> Simulation {
            var cluster = Cluster(seed: 7)
            cluster.create(Cluster.workload("Deployment", "web", replicas: 3))
            cluster.create(Cluster.workload("StatefulSet", "db", replicas: 2))
            cluster.settle(.minutes(11))
            return cluster.simulation
        }
        let first = run()
        let second = run()
        #expect(first.counters == second.counters)
        #expect(
            first.objects(of: .pod).map { first.document(of: $0) }
                == second.objects(of: .pod).map { second.document(of: $0) })
        #expect(first.choices.record == second.choices.record)
    }

    @Test func `a rolling update never falls below what maxUnavailable allows`() {
        var cluster = Cluster()
        let strategy: Value = ["strategy": ["rollingUpdate": ["maxSurge": 1, "maxUnavailable": 0]]]
        cluster.create(Cluster.workload("Deployment", "web", replicas: 3, strategy))
        cluster.settle()
        let newer = Cluster.podSpec(Cluster.container(["image": "registry.example/app:2"]))
        cluster.apply(Cluster.workload("Deployment", "web", replicas: 3, podSpec: newer, strategy))
        var least = 3
        var most = 0
        for _ in 0..<600 {
            cluster.simulation.run(until: cluster.simulation.now + .milliseconds(200))
            let pods = cluster.simulation.objects(of: .pod)
            least = min(least, pods.count { cluster.simulation.isPodReady($0) })
            most = max(most, pods.count { !cluster.simulation.state[$0].isDeleting })
        }
        #expect(least == 3)
        #expect(most == 4)
        #expect(cluster.workload(.deployment, "web").updated == 3)
        #expect(cluster.podRows.count == 3)
    }

    @Test func `Recreate starts new Pods only when the old ones are gone`() {
        var cluster = Cluster()
        let strategy: Value = ["strategy": ["type": "Recreate"]]
        cluster.create(Cluster.workload("Deployment", "web", replicas: 2, strategy))
        cluster.settle()
        let newer = Cluster.podSpec(Cluster.container(["image": "registry.example/app:2"]))
        cluster.apply(Cluster.workload("Deployment", "web", replicas: 2, podSpec: newer, strategy))
        var most = 0
        var least = 2
        for _ in 0..<100 {
            cluster.simulation.run(until: cluster.simulation.now + .milliseconds(200))
            most = max(most, cluster.podRows.count)
            least = min(least, cluster.simulation.objects(of: .pod).count { cluster.simulation.isPodReady($0) })
        }
        #expect(most == 2)
        #expect(least == 0)
        #expect(cluster.workload(.deployment, "web").ready == 2)
    }

    @Test func `a rollout that cannot finish exceeds its progress deadline`() {
        var cluster = Cluster()
        let spec = Cluster.podSpec(
            Cluster.container(), ["volumes": [["name": "v", "secret": ["secretName": "missing"]]]])
        cluster.create(Cluster.workload("Deployment", "web", podSpec: spec, ["progressDeadlineSeconds": 60]))
        cluster.settle(.seconds(55))
        #expect(cluster.workload(.deployment, "web").condition("Progressing")?.status == true)
        cluster.settle(.seconds(30))
        let condition = cluster.workload(.deployment, "web").condition("Progressing")
        #expect(condition?.status == false)
        #expect(condition?.reason == "ProgressDeadlineExceeded")
    }

    @Test func `a StatefulSet makes one Pod after the other, with its claims`() {
        var cluster = Cluster()
        cluster.create([
            "apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": ["name": "local-path"],
            "provisioner": "rancher.io/local-path", "volumeBindingMode": "WaitForFirstConsumer",
        ])
        let claim: Value = [
            "metadata": ["name": "data"],
            "spec": [
                "storageClassName": "local-path", "accessModes": ["ReadWriteOnce"],
                "resources": ["requests": ["storage": "1Gi"]],
            ],
        ]
        cluster.create(Cluster.workload("StatefulSet", "db", replicas: 2, ["volumeClaimTemplates": [claim]]))
        cluster.settle(.seconds(3))
        #expect(cluster.podRows.map(\.name) == ["db-0"])
        cluster.settle()
        #expect(cluster.podRows.map(\.name) == ["db-0", "db-1"])
        #expect(cluster.podRows.map(\.status) == ["Running", "Running"])
        #expect(cluster.simulation.volumePhase(cluster.key(.persistentVolumeClaim, "data-db-1")) == "Bound")
        #expect(cluster.simulation.objects(of: .persistentVolume).count == 2)
    }

    @Test func `an ordered update is stuck behind a broken Pod`() {
        var cluster = Cluster(images: [
            ImageFact(pattern: "*", program: "server"),
            ImageFact(
                pattern: "registry.example/broken", program: "server",
                requirements: [.init(kind: "Secret", namespace: "", names: ["none"], message: "no", origin: .none)]),
        ])
        let broken = Cluster.podSpec(Cluster.container(["image": "registry.example/broken:1"]))
        cluster.create(Cluster.workload("StatefulSet", "db", replicas: 1, podSpec: broken))
        cluster.settle()
        cluster.apply(Cluster.workload("StatefulSet", "db", replicas: 1))
        cluster.settle(.minutes(30))
        #expect(cluster.podRows.map(\.status) == ["CrashLoopBackOff"])
        cluster.simulation.delete(cluster.key(.pod, "db-0"), as: .admin)
        cluster.settle()
        #expect(cluster.podRows.map(\.status) == ["Running"])
    }

    @Test func `a Job ends when its Pod has, and fails after its back-off limit`() {
        var cluster = Cluster(images: [
            ImageFact(pattern: "*", program: "task"),
            ImageFact(
                pattern: "registry.example/broken", program: "task",
                requirements: [.init(kind: "Secret", namespace: "", names: ["none"], message: "no", origin: .none)]),
        ])
        func job(_ name: String, _ image: String) -> Value {
            let spec = Cluster.podSpec(Cluster.container(["image": .string(image)]), ["restartPolicy": "Never"])
            let metadata: Value = ["name": .string(name), "namespace": "apps"]
            return [
                "apiVersion": "batch/v1", "kind": "Job", "metadata": metadata,
                "spec": ["backoffLimit": 2, "template": ["spec": spec]],
            ]
        }
        cluster.create(job("good", "registry.example/app:1"))
        cluster.create(job("bad", "registry.example/broken:1"))
        cluster.settle()
        let good = cluster.simulation.jobState(cluster.key(.job, "good"))
        #expect(good.succeeded == 1 && good.has("Complete"))
        let bad = cluster.simulation.jobState(cluster.key(.job, "bad"))
        #expect(bad.failed == 3 && bad.has("Failed"))
        #expect(bad.conditions.last?.reason == "BackoffLimitExceeded")
    }
}
