import Testing

@testable import ClusterSimulation

/// Custom resources in several versions, converted by a webhook that can or cannot be called.
@Suite struct ConversionTests {
    static func definition(storage: String, webhook: Bool = true) -> Value {
        let versions = ["v1beta1", "v1"].map { name -> Value in
            let schema: Value = ["type": "object", "x-kubernetes-preserve-unknown-fields": true]
            return [
                "name": .string(name), "served": true, "storage": Value(.boolean(name == storage)),
                "schema": ["openAPIV3Schema": schema],
            ]
        }
        let client: Value = ["service": ["namespace": "apps", "name": "hook", "path": "/convert"]]
        let conversion: Value =
            webhook ? ["strategy": "Webhook", "webhook": ["clientConfig": client]] : ["strategy": "None"]
        return [
            "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
            "metadata": ["name": "widgets.example.com"],
            "spec": [
                "group": "example.com", "names": ["plural": "widgets", "kind": "Widget"], "scope": "Namespaced",
                "versions": Value(.array(versions)), "conversion": conversion,
            ],
        ]
    }

    static func widget(_ version: String) -> Value {
        [
            "apiVersion": .string("example.com/\(version)"), "kind": "Widget", "metadata": ["name": "w"],
            "spec": ["a": 1],
        ]
    }

    static let failure =
        "failed: Post \"https://hook.apps.svc:443/convert?timeout=30s\": service \"hook\" not found"

    func message(_ result: Result<ObjectKey, APIError>) -> String? {
        if case .failure(let error) = result { return error.message }
        return nil
    }

    @Test func `a version other than the stored one needs the webhook`() {
        var cluster = KubernetesTestCluster()
        cluster.create(Self.definition(storage: "v1"))
        let refused = cluster.create(Self.widget("v1beta1"))
        #expect(message(refused) == "conversion webhook for example.com/v1beta1, Kind=Widget \(Self.failure)")
        #expect(message(cluster.create(Self.widget("v1"))) == nil)
    }

    @Test func `without a webhook every served version can be written`() {
        var cluster = KubernetesTestCluster()
        cluster.create(Self.definition(storage: "v1", webhook: false))
        #expect(message(cluster.create(Self.widget("v1beta1"))) == nil)
        #expect(message(cluster.create(Self.widget("v2"))) == "the server could not find the requested resource")
    }

    @Test func `a namespace cannot be emptied of what cannot be converted`() {
        // Clients prefer v1; what is stored is v1beta1, so that nobody can read it.
        var cluster = KubernetesTestCluster()
        cluster.create(Self.definition(storage: "v1beta1"))
        #expect(message(cluster.create(Self.widget("v1beta1"))) == nil)
        cluster.settle()
        cluster.simulation.delete(cluster.tables.key(.namespace, .empty, "apps"), as: .admin)
        cluster.settle()
        let namespace = cluster.tables.key(.namespace, .empty, "apps")
        let conditions = cluster.simulation.state.status(namespace, as: NamespaceStatus.self)?.conditions ?? []
        let condition = conditions.first { $0.type == "NamespaceDeletionContentFailure" }
        #expect(condition?.status == true)
        #expect(
            condition?.message.text == "Failed to delete all resource types, 1 remaining: "
                + "conversion webhook for example.com/v1beta1, Kind=Widget \(Self.failure)")
    }

    @Test func `clients prefer general availability, then beta, then alpha`() {
        let names: [Symbol] = ["foo", "v1alpha1", "v2beta1", "v1", "v1beta2", "v10", "v1beta1", "bar"]
        let sorted = names.sorted { VersionPriority($0) > VersionPriority($1) }
        #expect(sorted == ["v10", "v1", "v2beta1", "v1beta2", "v1beta1", "v1alpha1", "bar", "foo"])
    }
}
