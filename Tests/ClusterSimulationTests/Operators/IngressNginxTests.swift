import Testing

@testable import ClusterSimulation

@Suite struct IngressNginxTests {
    private func cluster() -> CertificateCluster {
        var cluster = CertificateCluster(programs: ["ingress-nginx-controller"])
        cluster.apply([
            "apiVersion": "networking.k8s.io/v1", "kind": "IngressClass", "metadata": ["name": "nginx"],
            "spec": ["controller": "k8s.io/ingress-nginx"],
        ])
        return cluster
    }

    private func address(_ cluster: CertificateCluster) -> String? {
        let simulation = cluster.operators.simulation
        let status = simulation.state.status(simulation.tables.key(.ingress, "new", "probe"))
        return status?.document.at("loadBalancer", "ingress")?[index: 0]?["ip"]?.text
    }

    @Test func `an Ingress of its class gets the address of the published Service`() {
        var cluster = cluster()
        cluster.service("controller", in: "old")
        cluster.run("ingress-nginx-controller", in: "old", name: "controller", ["--publish-service=old/controller"])
        #expect(cluster.ingressRefusal() == nil)
        cluster.settle()
        let service = cluster.body(.service, "old", "controller").at("spec", "clusterIP")?.text
        #expect(service != nil && address(cluster) == service)
    }

    @Test func `an Ingress of another class is left alone`() {
        var cluster = cluster()
        cluster.service("controller", in: "old")
        let arguments = ["--publish-service=old/controller", "--controller-class=example.com/other"]
        cluster.run("ingress-nginx-controller", in: "old", name: "controller", arguments)
        _ = cluster.ingressRefusal()
        cluster.settle()
        #expect(address(cluster) == nil)
    }

    @Test func `it ends where the Service that it publishes is not there`() {
        var cluster = cluster()
        let pod = cluster.run(
            "ingress-nginx-controller", in: "new", name: "controller", ["--publish-service=new/controller"])
        let container = cluster.operators.simulation.podState(pod)?.containers[0]
        #expect(container?.exitCode == 255)
        let message = "no service with name controller found in namespace new: services \"controller\" not found"
        #expect(container?.lastMessage.text == message)
    }
}
