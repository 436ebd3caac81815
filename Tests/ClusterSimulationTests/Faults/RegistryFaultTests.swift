import Testing

@testable import ClusterSimulation

@Suite struct RegistryFaultTests {
    private typealias Toy = KubernetesTestCluster

    private func row(_ cluster: KubernetesTestCluster, _ name: String) -> PodRow? {
        cluster.podRows.first { $0.name == name }
    }

    private func pod(_ name: String, image: Value = "registry.example/app:1", policy: Value? = nil) -> Value {
        Toy.pod(name, Toy.podSpec(Toy.container(.object(["image": image, "imagePullPolicy": policy]))))
    }

    @Test func `an image that the node does not have cannot be pulled until the registry answers`() {
        var cluster = Toy()
        cluster.simulation.setRegistry("registry.example", isAvailable: false)
        cluster.create(pod("a"))
        cluster.settle(.seconds(8))
        #expect(row(cluster, "a")?.status == "ErrImagePull")
        #expect(
            row(cluster, "a")?.message
                == "rpc error: code = Unknown desc = failed to pull and unpack image \"registry.example/app:1\": "
                + "failed to resolve reference \"registry.example/app:1\": failed to do request: "
                + "Head \"https://registry.example/v2/app/manifests/1\": dial tcp registry.example:443: "
                + "connect: connection refused")
        cluster.settle(.minutes(20))
        #expect(row(cluster, "a")?.status == "ImagePullBackOff")
        cluster.simulation.setRegistry("registry.example", isAvailable: true)
        cluster.settle(.minutes(6))
        #expect(row(cluster, "a")?.status == "Running")
    }

    @Test func `a node uses the image that it has, unless the policy is Always`() {
        var cluster = Toy()
        cluster.create(pod("first"))
        cluster.create(pod("latest", image: "registry.example/app"))
        cluster.settle()
        cluster.simulation.setRegistry("registry.example", isAvailable: false)
        cluster.create(pod("same"))
        cluster.create(pod("always", policy: "Always"))
        cluster.create(pod("untagged", image: "registry.example/app"))
        cluster.create(pod("present", image: "registry.example/app", policy: "IfNotPresent"))
        cluster.create(pod("elsewhere", image: "other.example/app:1"))
        cluster.settle()
        for name in ["first", "latest", "same", "present", "elsewhere"] {
            #expect(row(cluster, name)?.status == "Running", "\(name)")
        }
        for name in ["always", "untagged"] { #expect(row(cluster, name)?.status == "ImagePullBackOff", "\(name)") }
    }

    @Test func `another node does not have the image`() {
        var cluster = Toy(nodes: ["worker-1", "worker-2"])
        cluster.create(Toy.pod("a", Toy.podSpec(Toy.container(), ["nodeName": "worker-1"])))
        cluster.settle()
        cluster.simulation.setRegistry("registry.example", isAvailable: false)
        cluster.create(Toy.pod("b", Toy.podSpec(Toy.container(), ["nodeName": "worker-2"])))
        cluster.settle()
        #expect(row(cluster, "a")?.status == "Running")
        #expect(row(cluster, "b")?.status == "ImagePullBackOff")
    }

    @Test(
        arguments: [
            ("nginx", "docker.io"), ("library/nginx:1", "docker.io"), ("quay.io/a/b:1", "quay.io"),
            ("localhost/a", "localhost"), ("host:5000/a@sha256:0", "host:5000"),
        ] as [(Symbol, Symbol)])
    func `the registry of an image`(image: Symbol, host: Symbol) { #expect(ImageRegistry.host(of: image) == host) }

    @Test func `names without a registry are told in full`() {
        #expect(ImageRegistry.failure(of: "nginx").text.contains("\"docker.io/library/nginx:latest\""))
        #expect(
            ImageRegistry.failure(of: "nginx").text.contains(
                "https://registry-1.docker.io/v2/library/nginx/manifests/latest"))
    }
}
