import Testing

@testable import ClusterSimulation

private typealias Cluster = KubernetesTestCluster

@Suite struct KubernetesKubeletTests {
    @Test func `a missing Secret keeps the volume from being mounted until it comes`() {
        var cluster = Cluster()
        let volume: Value = ["name": "kubeconfig", "secret": ["secretName": "tools-kubernetes-secrets"]]
        cluster.create(Cluster.pod("p", Cluster.podSpec(Cluster.container(), ["volumes": [volume]])))
        #expect(cluster.settle() == .settled)
        #expect(cluster.podRows[0].status == "ContainerCreating")
        #expect(
            cluster.podRows[0].message
                == "MountVolume.SetUp failed for volume \"kubeconfig\" : secret \"tools-kubernetes-secrets\" not found")
        cluster.create(Cluster.data("Secret", "tools-kubernetes-secrets"))
        cluster.settle()
        #expect(cluster.podRows[0].status == "Running")
    }

    @Test func `a missing key keeps the container from being made`() {
        var cluster = Cluster()
        let reference: Value = ["secretKeyRef": ["name": "s", "key": "k"]]
        let container = Cluster.container(["env": [["name": "A", "valueFrom": reference]]])
        cluster.create(Cluster.pod("p", Cluster.podSpec(container)))
        cluster.settle()
        #expect(cluster.podRows[0].status == "CreateContainerConfigError")
        #expect(cluster.podRows[0].message == "secret \"s\" not found")
        cluster.create(Cluster.data("Secret", "s", ["other"]))
        cluster.settle()
        #expect(cluster.podRows[0].message == "couldn't find key k in Secret apps/s")
        cluster.apply(Cluster.data("Secret", "s", ["other", "k"]))
        cluster.settle()
        #expect(cluster.podRows[0].status == "Running")
    }

    @Test func `a private image needs a pull secret`() {
        var cluster = Cluster(images: [ImageFact(pattern: "ghcr.io/*", program: "server", isPrivate: true)])
        let container = Cluster.container(["image": "ghcr.io/private/app:1"])
        let spec = Cluster.podSpec(container, ["imagePullSecrets": [["name": "ghcr"]]])
        cluster.create(Cluster.pod("p", spec))
        cluster.settle(.seconds(8))
        #expect(cluster.podRows[0].status == "ErrImagePull")
        #expect(cluster.settle() == .settled)
        #expect(cluster.podRows[0].status == "ImagePullBackOff")
        cluster.create(Cluster.data("Secret", "ghcr", [".dockerconfigjson"], type: "kubernetes.io/dockerconfigjson"))
        cluster.settle(.minutes(6))
        #expect(cluster.podRows[0].status == "Running")
    }

    @Test func `crashes back off from ten seconds to five minutes`() {
        var cluster = Cluster(images: [
            ImageFact(
                pattern: "*", program: "server",
                requirements: [
                    .init(kind: "ConfigMap", namespace: "", names: ["c"], message: "c is missing", origin: .none)
                ])
        ])
        cluster.create(Cluster.pod("p"))
        var starts: [Int64] = []
        var count: Int32 = -1
        for _ in 0..<4000 {
            cluster.simulation.run(until: cluster.simulation.now + .milliseconds(500))
            let container = cluster.simulation.podState(cluster.key(.pod, "p"))?.containers.first
            guard let container, container.phase == .terminated, container.restartCount > count else { continue }
            count = container.restartCount
            starts.append(cluster.simulation.now.milliseconds)
        }
        let gaps = zip(starts.dropFirst(), starts).map { ($0 - $1 + 500) / 1000 }
        #expect(gaps.prefix(8) == [1, 10, 20, 40, 80, 160, 300, 300])
        #expect(cluster.podRows[0].status == "CrashLoopBackOff")
        #expect(cluster.podRows[0].message == "c is missing")
        cluster.create(Cluster.data("ConfigMap", "c"))
        cluster.settle()
        #expect(cluster.podRows[0].status == "Running")
    }

    @Test func `init containers run first, and are told in the status`() {
        var cluster = Cluster(images: [
            ImageFact(pattern: "*", program: "server"), ImageFact(pattern: "busybox", program: "task"),
        ])
        let first: Value = ["name": "first", "image": "busybox:1"]
        cluster.create(Cluster.pod("p", Cluster.podSpec(Cluster.container(), ["initContainers": [first]])))
        cluster.settle(.seconds(6))
        #expect(cluster.podRows[0].status == "Init:0/1")
        cluster.settle(.seconds(4))
        #expect(cluster.podRows[0].status == "PodInitializing")
        cluster.settle()
        #expect(cluster.podRows[0].status == "Running")
    }

    @Test func `a host port is given to one Pod only, and to the next when it goes`() {
        var cluster = Cluster()
        let container = Cluster.container(["ports": [["containerPort": 80, "hostPort": 80]]])
        cluster.create(Cluster.pod("a", Cluster.podSpec(container)))
        cluster.settle()
        cluster.create(Cluster.pod("b", Cluster.podSpec(container)))
        cluster.settle()
        #expect(cluster.podRows.map(\.status) == ["Running", "Pending"])
        #expect(
            cluster.podRows[1].message
                == "0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports.")
        cluster.simulation.delete(cluster.key(.pod, "a"), as: .admin)
        cluster.settle(.seconds(1))
        #expect(cluster.podRows.map(\.status) == ["Terminating", "Pending"])
        cluster.settle()
        #expect(cluster.podRows.map(\.status) == ["Running"])
    }

    @Test func `images without a fact are noted once`() {
        var cluster = Cluster(images: [])
        cluster.create(Cluster.workload("Deployment", "web", replicas: 2))
        cluster.settle()
        #expect(cluster.simulation.memory.unknownImages.images.map(\.image) == ["registry.example/app:1"])
        #expect(cluster.podRows.map(\.status) == ["Running", "Running"])
    }

    @Test func `one image holds several programs`() {
        let fact = ImageFact(
            pattern: "*", program: "server",
            programsByArgument: [(whenArgument: "run-task", program: "task")])
        var cluster = Cluster(images: [fact])
        let container = Cluster.container(["args": ["run-task"]])
        cluster.create(Cluster.pod("p", Cluster.podSpec(container, ["restartPolicy": "Never"])))
        cluster.create(Cluster.pod("q"))
        cluster.settle()
        #expect(cluster.podRows.map(\.status) == ["Completed", "Running"])
    }

    @Test func `programs work while their Pod is ready`() {
        var cluster = Cluster(images: [ImageFact(pattern: "*", program: "redis-operator")])
        cluster.create(Cluster.pod("p"))
        cluster.settle()
        #expect(cluster.simulation.programs.instances(of: "redis-operator").map(\.pod) == [cluster.key(.pod, "p")])
        cluster.simulation.endContainer(of: cluster.key(.pod, "p"), code: 2, message: "lost")
        #expect(cluster.simulation.programs.running.isEmpty)
        #expect(cluster.podRows[0].status == "Error")
        cluster.settle()
        #expect(cluster.simulation.programs.running.count == 1)
        cluster.simulation.delete(cluster.key(.pod, "p"), as: .admin)
        cluster.settle()
        #expect(cluster.simulation.programs.running.isEmpty)
        #expect(cluster.podRows.isEmpty)
    }
}
