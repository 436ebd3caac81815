import Testing

@testable import ClusterSimulation

@Suite struct CloudNativePGTests {
    private func cluster() -> OperatorCluster {
        var externals = ExternalSystems()
        externals.images = [
            ImageFact(pattern: "example/cnpg", program: "cnpg-controller"),
            ImageFact(pattern: "ghcr.io/cloudnative-pg/postgresql", program: "server"),
        ]
        var cluster = OperatorCluster(
            kinds: ["postgresql.cnpg.io/Cluster/clusters"], namespaces: ["systems", "other", "data"],
            externals: externals)
        cluster.apply([
            "apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "provisioner": "example.org/disk",
            "metadata": ["name": "disk"],
        ])
        return cluster
    }

    private func deploy(
        _ cluster: inout OperatorCluster, in namespace: Symbol = "systems", mayDoEverything: Bool = true
    ) {
        cluster.deploy(
            "cnpg", in: namespace, image: "example/cnpg:1", ["command": ["/manager"], "args": ["controller"]],
            mayDoEverything: mayDoEverything)
    }

    private func webhook(_ namespace: Value) -> Value {
        [
            "apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingWebhookConfiguration",
            "metadata": ["name": "cnpg-validating-webhook-configuration"],
            "webhooks": [
                [
                    "name": "vcluster.cnpg.io", "admissionReviewVersions": ["v1"], "failurePolicy": "Ignore",
                    "sideEffects": "None",
                    "rules": [
                        [
                            "apiGroups": ["postgresql.cnpg.io"], "apiVersions": ["v1"], "operations": ["CREATE"],
                            "resources": ["clusters"],
                        ]
                    ],
                    "clientConfig": ["service": ["name": "cnpg-webhook-service", "namespace": namespace]],
                ]
            ],
        ]
    }

    private func postgres(instances: Int) -> Value {
        [
            "apiVersion": "postgresql.cnpg.io/v1", "kind": "Cluster", "metadata": ["name": "db", "namespace": "data"],
            "spec": [
                "instances": .integer(instances), "enableSuperuserAccess": true,
                "storage": ["size": "1Gi", "storageClass": "disk"],
            ],
        ]
    }

    private func key(_ cluster: OperatorCluster) -> ObjectKey {
        cluster.key("postgresql.cnpg.io/v1", "Cluster", "data", "db")
    }

    private func phase(_ cluster: OperatorCluster) -> String? {
        cluster.simulation.state.status(key(cluster))?.document["phase"]?.text
    }

    private func bundle(_ cluster: OperatorCluster) -> Value? {
        cluster.body(.validatingWebhookConfiguration, .empty, "cnpg-validating-webhook-configuration")["webhooks"]?[
            index: 0]?.at("clientConfig", CertificateFacts.bundleField)
    }

    @Test(arguments: [1, 3])
    func `a cluster becomes healthy with its instances, services and secrets`(instances: Int) {
        var cluster = cluster()
        deploy(&cluster)
        cluster.apply(postgres(instances: instances))
        cluster.settle(.minutes(10))
        #expect(phase(cluster) == "Cluster in healthy state")
        #expect(cluster.names(.pod, in: "data") == (1...instances).map { "db-\($0)" })
        #expect(cluster.names(.service, in: "data").sorted() == ["db-r", "db-ro", "db-rw"])
        #expect(
            cluster.names(.secret, in: "data").sorted()
                == ["db-app", "db-ca", "db-replication", "db-server", "db-superuser"])
        let writes = cluster.simulation.counters.apiWrites
        cluster.settle(.minutes(120))
        #expect(cluster.simulation.counters.apiWrites == writes)
    }

    @Test func `a lost Pod comes back on its volume`() {
        var cluster = cluster()
        deploy(&cluster)
        cluster.apply(postgres(instances: 1))
        cluster.settle(.minutes(10))
        let claim = cluster.simulation.state[cluster.simulation.tables.key(.persistentVolumeClaim, "data", "db-1")].uid
        cluster.delete(cluster.simulation.tables.key(.pod, "data", "db-1"))
        #expect(phase(cluster) == "Cluster in healthy state")
        #expect(cluster.names(.pod, in: "data") == ["db-1"])
        #expect(
            cluster.simulation.state[cluster.simulation.tables.key(.persistentVolumeClaim, "data", "db-1")].uid == claim
        )
    }

    @Test(arguments: [true, false])
    func `a deleted cluster takes everything with it, operator or not`(runs: Bool) {
        var cluster = cluster()
        deploy(&cluster)
        cluster.apply(postgres(instances: 2))
        cluster.settle(.minutes(10))
        if !runs { cluster.delete(cluster.simulation.tables.key(.pod, "systems", "cnpg")) }
        cluster.delete(key(cluster), in: .minutes(10))
        for kind in [.pod, .service, .secret, .persistentVolumeClaim, .role, .roleBinding] as [KindID] {
            #expect(cluster.names(kind, in: "data").isEmpty)
        }
    }

    @Test func `the operator makes the certificate of its webhooks and writes it into them`() {
        var cluster = cluster()
        cluster.apply(webhook("systems"))
        deploy(&cluster)
        let leaf = CertificateFacts.chain(of: cluster.body(.secret, "systems", "cnpg-webhook-cert"), "tls.crt").first
        #expect(leaf?.dnsNames == ["cnpg-webhook-service.systems.svc"])
        #expect(bundle(cluster)?.elements == [leaf!.value])
        #expect(cluster.exists(.secret, "systems", "cnpg-ca-secret"))
    }

    @Test func `a bundle that is lost is back at the next full hour`() {
        var cluster = cluster()
        cluster.apply(webhook("systems"))
        deploy(&cluster)
        cluster.apply(webhook("systems"))
        cluster.settle(.minutes(30))
        #expect(bundle(cluster) == nil)
        cluster.settle(.minutes(40))
        #expect(bundle(cluster) != nil)
    }

    @Test func `the operator of another namespace brings its own certificate`() {
        var cluster = cluster()
        cluster.apply(webhook("systems"))
        deploy(&cluster)
        let before = bundle(cluster)
        cluster.apply(webhook("other"))
        deploy(&cluster, in: "other")
        #expect(bundle(cluster) != nil)
        #expect(bundle(cluster) != before)
    }

    @Test func `without rights the operator does not start`() {
        var cluster = cluster()
        deploy(&cluster, mayDoEverything: false)
        let pod = cluster.simulation.tables.key(.pod, "systems", "cnpg")
        #expect(cluster.simulation.podState(pod)?.isReady == false)
        #expect(!cluster.exists(.secret, "systems", "cnpg-webhook-cert"))
    }
}
