import Testing

@testable import ClusterSimulation

/// What the API server answers to deletes, to last updates and to `finalize`, where the recordings do not ask.
@Suite struct DeletionAnswerTests {
    private typealias Cluster = KubernetesTestCluster

    private static func cluster(_ manifests: Value...) -> KubernetesTestCluster {
        var cluster = Cluster(nodes: [])
        for manifest in manifests {
            if case .failure(let error) = cluster.create(manifest) { Issue.record("\(error)") }
        }
        return cluster
    }

    private static func object(_ apiVersion: String, _ kind: String, _ fields: Value = [:]) -> Value {
        var manifest: Value = [
            "apiVersion": .string(apiVersion), "kind": .string(kind), "metadata": ["name": "a", "namespace": "apps"],
        ]
        for field in fields.fields { manifest[field.key] = field.value }
        return manifest
    }

    private static let volume: Value = [
        "apiVersion": "v1", "kind": "PersistentVolume", "metadata": ["name": "a"],
        "spec": ["capacity": ["storage": "1Gi"], "accessModes": ["ReadWriteOnce"], "hostPath": ["path": "/a"]],
    ]

    @Test(
        arguments: [
            ("api/v1/namespaces/apps/pods", Cluster.pod("a"), "Pod"),
            ("api/v1/namespaces/apps/services", Cluster.service("a"), "Service"),
            ("api/v1/namespaces/apps/serviceaccounts", object("v1", "ServiceAccount"), "ServiceAccount"),
            (
                "api/v1/namespaces/apps/resourcequotas",
                object("v1", "ResourceQuota", ["spec": ["hard": ["pods": "1"]]]),
                "ResourceQuota"
            ),
            (
                "apis/storage.k8s.io/v1/storageclasses",
                object("storage.k8s.io/v1", "StorageClass", ["provisioner": "example.com/p"]), "StorageClass"
            ),
            ("api/v1/persistentvolumes", volume, "PersistentVolume"),
            ("api/v1/namespaces/apps/configmaps", Cluster.data("ConfigMap", "a"), "Status"),
            ("api/v1/namespaces/apps/secrets", Cluster.data("Secret", "a"), "Status"),
            ("api/v1/namespaces/apps/limitranges", object("v1", "LimitRange", ["spec": ["limits": []]]), "Status"),
            ("apis/apps/v1/namespaces/apps/deployments", Cluster.workload("Deployment", "a"), "Status"),
        ])
    func `a delete answers with the object or a status`(path: String, manifest: Value, kind: Symbol) {
        var cluster = Self.cluster(manifest)
        let response = cluster.simulation.handle(HTTPRequest(method: "DELETE", path: "/\(path)/a"))
        #expect(response.code == 200)
        #expect(response.body["kind"]?.symbol == kind)
    }

    @Test func `the update that lets an object go answers with what it wrote`() {
        var manifest = Cluster.data("Secret", "a")
        manifest["metadata"] = ["name": "a", "namespace": "apps", "finalizers": ["example.com/hold"]]
        var cluster = Self.cluster(manifest)
        let path = "/api/v1/namespaces/apps/secrets/a"
        let held = cluster.simulation.handle(HTTPRequest(method: "DELETE", path: path))
        #expect(held.body["kind"]?.symbol == "Secret")
        let response = cluster.simulation.handle(
            HTTPRequest(
                method: "PATCH", path: path,
                body: ["metadata": ["finalizers": nil, "labels": ["last": "words"]]],
                contentType: "application/merge-patch+json"))
        #expect(response.code == 200)
        #expect(response.body["kind"]?.symbol == "Secret")
        #expect(response.body.at("metadata", "labels", "last")?.text == "words")
        #expect(response.body.at("metadata", "finalizers") == nil)
        #expect(response.body.at("metadata", "deletionTimestamp") != nil)
        #expect(!cluster.simulation.state.exists(cluster.key(.secret, "a")))
    }

    @Test func `a collection answers with what it held, and selectors choose`() {
        var cluster = Self.cluster(
            Cluster.data("Secret", "b"), Cluster.data("Secret", "a"), Cluster.data("Secret", "c"))
        let path = "/api/v1/namespaces/apps/secrets"
        let one = cluster.simulation.handle(
            HTTPRequest(method: "DELETE", path: "\(path)?fieldSelector=metadata.name%3Db"))
        #expect(one.body["kind"]?.symbol == "SecretList")
        #expect(one.body["items"]?.elements.count == 1)
        let rest = cluster.simulation.handle(HTTPRequest(method: "DELETE", path: path))
        let names = rest.body["items"]?.elements.compactMap { $0.at("metadata", "name")?.text }
        #expect(names == ["a", "c"])
        #expect(cluster.simulation.objects(of: .secret).isEmpty)
    }

    @Test func `an API whose Service is gone answers with text`() {
        var cluster = Self.cluster([
            "apiVersion": "apiregistration.k8s.io/v1", "kind": "APIService",
            "metadata": ["name": "v1.metrics.example.com"],
            "spec": [
                "group": "metrics.example.com", "version": "v1", "groupPriorityMinimum": 100, "versionPriority": 100,
                "service": ["name": "metrics", "namespace": "gone"],
            ],
        ])
        for path in ["/apis/metrics.example.com/v1/nodes", "/apis/metrics.example.com/v1"] {
            let response = cluster.simulation.handle(HTTPRequest(method: "GET", path: path))
            #expect(response.code == 503)
            #expect(response.body.text == "service unavailable\n")
        }
    }

    @Test(
        arguments: [
            (
                ["propagationPolicy": "Sideways"], "secrets/a", 422,
                "DeleteOptions.meta.k8s.io \"\" is invalid: propagationPolicy: Unsupported value: \"Sideways\": supported "
                    + "values: \"Foreground\", \"Background\", \"Orphan\", \"nil\""
            ),
            (
                ["preconditions": ["resourceVersion": "1"]], "secrets/a", 409,
                "Operation cannot be fulfilled on Secret \"a\": the ResourceVersion in the precondition (1) does not match "
                    + "the ResourceVersion in record ("
            ),
            (
                ["preconditions": ["uid": "other"]], "", 409,
                "Operation cannot be fulfilled on namespaces \"apps\": Precondition failed: UID in precondition: other, "
                    + "UID in object meta: 00000000-0000-4000-8000-000000000001"
            ),
        ] as [(Value, String, Int, String)])
    func `a delete of another object is refused`(options: Value, name: String, code: Int, message: String) {
        var cluster = Self.cluster(Cluster.data("Secret", "a"))
        let path = "/api/v1/namespaces/apps" + (name.isEmpty ? "" : "/\(name)")
        let response = cluster.simulation.handle(HTTPRequest(method: "DELETE", path: path, body: options))
        #expect(response.code == code)
        #expect(response.body["message"]?.text?.hasPrefix(message) ?? false, "\(response.body.jsonText)")
        #expect(cluster.simulation.state.exists(cluster.key(.secret, "a")))
        #expect(!cluster.simulation.state[cluster.key(.namespace, "apps", in: .empty)].isDeleting)
    }
}
