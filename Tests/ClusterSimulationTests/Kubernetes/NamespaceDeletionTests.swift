import Testing

@testable import ClusterSimulation

/// What holds a namespace up, and what it says of that, where the recordings do not ask.
@Suite struct NamespaceDeletionTests {
    private typealias Cluster = KubernetesTestCluster

    /// A webhook that nobody answers, for deletes of these resources.
    private static func guarding(_ resources: String...) -> Value {
        [
            "apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingWebhookConfiguration",
            "metadata": ["name": "guard"],
            "webhooks": [
                [
                    "name": "guard.example.com", "failurePolicy": "Fail", "sideEffects": "None", "timeoutSeconds": 2,
                    "admissionReviewVersions": ["v1"],
                    "clientConfig": ["service": ["name": "guard", "namespace": "gone"]],
                    "objectSelector": ["matchExpressions": [["key": "free", "operator": "DoesNotExist"]]],
                    "rules": [
                        [
                            "apiGroups": [""], "apiVersions": ["v1"], "operations": ["DELETE"],
                            "resources": Value(.array(resources.map { .string($0) })),
                        ]
                    ],
                ]
            ],
        ]
    }

    private static func secret(_ name: String, labels: Value = [:]) -> Value {
        let metadata: Value = ["name": .string(name), "namespace": "apps", "labels": labels]
        return ["apiVersion": "v1", "kind": "Secret", "metadata": metadata]
    }

    private func condition(_ cluster: KubernetesTestCluster, _ type: Symbol) -> NamespaceStatus.Condition? {
        cluster.simulation.state.status(cluster.key(.namespace, "apps", in: .empty), as: NamespaceStatus.self)?
            .conditions.first { $0.type == type }
    }

    private func names(_ cluster: KubernetesTestCluster, _ kind: KindID) -> [Symbol] {
        cluster.simulation.objects(of: kind, in: "apps").map { cluster.tables.name($0) }
    }

    private func deleteNamespace(_ cluster: inout KubernetesTestCluster) {
        cluster.simulation.delete(cluster.key(.namespace, "apps", in: .empty), as: .admin)
        cluster.settle()
    }

    @Test func `each resource type that refuses is told, and none of them is counted`() throws {
        var cluster = Cluster(nodes: [])
        cluster.create(Self.guarding("secrets", "configmaps"))
        cluster.create(Self.secret("a"))
        cluster.create(Cluster.data("ConfigMap", "b"))
        deleteNamespace(&cluster)
        let failure = try #require(condition(cluster, "NamespaceDeletionContentFailure"))
        #expect(failure.reason == "ContentDeletionFailed")
        let refusal =
            "Internal error occurred: failed calling webhook \"guard.example.com\": failed to call webhook: Post "
            + "\"https://guard.gone.svc:443/?timeout=2s\": service \"guard\" not found"
        #expect(failure.message == Symbol("Failed to delete all resource types, 2 remaining: \(refusal), \(refusal)"))
        #expect(condition(cluster, "NamespaceContentRemaining")?.status == false)
        #expect(names(cluster, .serviceAccount) == [])
    }

    @Test func `a collection is deleted in the order of names, up to the first that is refused`() {
        var cluster = Cluster(nodes: [])
        cluster.create(Self.guarding("secrets"))
        for name in ["d", "a", "c"] { cluster.create(Self.secret(name, labels: ["free": "yes"])) }
        cluster.create(Self.secret("b"))
        deleteNamespace(&cluster)
        #expect(names(cluster, .secret) == ["d", "c", "b"])
    }

    @Test func `a refusal is over a minute after its cause at the latest`() {
        var cluster = Cluster(nodes: [])
        cluster.create(Self.guarding("secrets"))
        cluster.create(Self.secret("a"))
        deleteNamespace(&cluster)
        cluster.settle(.minutes(60))
        #expect(names(cluster, .secret) == ["a"])
        let webhook = cluster.key(.validatingWebhookConfiguration, "guard", in: .empty)
        cluster.simulation.delete(webhook, as: .admin)
        cluster.settle(.seconds(61))
        #expect(!cluster.simulation.state.exists(cluster.key(.namespace, "apps", in: .empty)))
    }

    @Test func `a Terminating namespace is deleted again without asking anybody`() {
        var cluster = Cluster(nodes: [])
        cluster.create(Cluster.data("ConfigMap", "b"))
        var held = Self.secret("a")
        held["metadata"] = ["name": "a", "namespace": "apps", "finalizers": ["example.com/hold"]]
        cluster.create(held)
        deleteNamespace(&cluster)
        cluster.create(Self.guarding("namespaces"))
        let response = cluster.simulation.handle(HTTPRequest(method: "DELETE", path: "/api/v1/namespaces/apps"))
        #expect(response.code == 200)
        #expect(response.body.at("status", "phase")?.text == "Terminating")
    }

    @Test func `finalizers of a namespace's manifest join the controller's, and are others' to take`() {
        var cluster = Cluster(nodes: [])
        cluster.create([
            "apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "held"],
            "spec": ["finalizers": ["example.com/guard"]],
        ])
        cluster.settle()
        let key = cluster.key(.namespace, "held", in: .empty)
        func finalizers() -> [Symbol]? {
            cluster.simulation.document(of: key).at("spec", "finalizers")?.symbols
        }
        #expect(finalizers() == ["example.com/guard", "kubernetes"])
        cluster.simulation.delete(key, as: .admin)
        cluster.settle()
        #expect(finalizers() == ["example.com/guard"])
        #expect(cluster.simulation.objects(inNamespace: "held").isEmpty)
        let manifest: Value = [
            "apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "held"], "spec": .object([:]),
        ]
        let answer = cluster.simulation.handle(
            HTTPRequest(method: "PUT", path: "/api/v1/namespaces/held/finalize", body: manifest))
        #expect(answer.code == 200)
        #expect(answer.body.at("metadata", "name")?.text == "held")
        #expect(!cluster.simulation.state.exists(key))
    }
}
