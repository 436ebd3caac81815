import Testing

@testable import ClusterSimulation

/// What one fork writes to a definition is served there and nowhere else.
@Suite struct ServedKindsTests {
    private static func definition(
        _ plural: String = "widgets", kind: Symbol = "Widget", scope: Symbol = "Namespaced", versions: [Symbol] = ["v1"]
    ) -> Value {
        [
            "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
            "metadata": ["name": .string("\(plural).example.com")],
            "spec": [
                "group": "example.com", "scope": Value(scope),
                "names": ["kind": Value(kind), "plural": .string(plural)],
                "versions": Value(
                    .array(
                        versions.map { version -> Value in
                            [
                                "name": Value(version), "served": true, "storage": Value(.boolean(version == "v1")),
                                "schema": [
                                    "openAPIV3Schema": [
                                        "type": "object", "x-kubernetes-preserve-unknown-fields": true,
                                    ]
                                ],
                            ]
                        })),
            ],
        ]
    }

    private static let definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
    private static let widgets = "/apis/example.com/v1/namespaces/apps/widgets"

    /// A cluster with a definition of Widget and one object of it.
    private static func cluster() -> KubernetesTestCluster {
        var cluster = KubernetesTestCluster()
        cluster.apply(definition())
        cluster.apply([
            "apiVersion": "example.com/v1", "kind": "Widget", "metadata": ["name": "one", "namespace": "apps"],
        ])
        return cluster
    }

    private static func ask(
        _ simulation: inout Simulation, _ method: String, _ path: String, _ body: Value? = nil
    ) -> Int {
        simulation.handle(HTTPRequest(method: method, path: path, body: body)).code
    }

    @Test func `a dry run of a definition with another plural leaves objects where they are`() {
        var simulation = Self.cluster().simulation
        #expect(Self.ask(&simulation, "POST", Self.definitions + "?dryRun=All", Self.definition("gadgets")) == 201)
        #expect(Self.ask(&simulation, "GET", Self.widgets + "/one") == 200)
        #expect(Self.ask(&simulation, "GET", "/apis/example.com/v1/namespaces/apps/gadgets") == 404)
    }

    @Test func `a dry run of another version serves none`() {
        var simulation = Self.cluster().simulation
        let path = Self.definitions + "/widgets.example.com"
        let list = "/apis/example.com/v2/namespaces/apps/widgets"
        let two = Self.definition(versions: ["v1", "v2"])
        #expect(Self.ask(&simulation, "PUT", path + "?dryRun=All", two) == 200)
        #expect(Self.ask(&simulation, "GET", list) == 404)
        #expect(Self.ask(&simulation, "PUT", path, two) == 200)
        #expect(Self.ask(&simulation, "GET", list) == 200)
    }

    @Test func `a definition serves in the fork that has it`() {
        var simulation = KubernetesTestCluster().simulation
        var fork = simulation
        #expect(Self.ask(&fork, "POST", Self.definitions, Self.definition(scope: "Cluster")) == 201)
        #expect(Self.ask(&fork, "GET", "/apis/example.com/v1/widgets") == 200)
        #expect(Self.ask(&simulation, "GET", "/apis/example.com/v1/widgets") == 404)
        // The other fork may have the same kind in another scope.
        #expect(Self.ask(&simulation, "POST", Self.definitions, Self.definition()) == 201)
        let widget: Value = ["apiVersion": "example.com/v1", "kind": "Widget", "metadata": ["name": "two"]]
        #expect(Self.ask(&simulation, "POST", Self.widgets, widget) == 201)
        #expect(Self.ask(&fork, "POST", "/apis/example.com/v1/widgets", widget) == 201)
        #expect(Self.ask(&fork, "GET", Self.widgets + "/two") == 404)
    }

    @Test func `a kind goes with the definition that serves it, and another that describes it takes over`() {
        var simulation = Self.cluster().simulation
        #expect(Self.ask(&simulation, "POST", Self.definitions, Self.definition("gadgets")) == 201)
        // The names of the first are taken.
        #expect(Self.ask(&simulation, "GET", Self.widgets + "/one") == 200)
        #expect(Self.ask(&simulation, "DELETE", Self.definitions + "/widgets.example.com") == 200)
        simulation.run(until: simulation.now + .minutes(1))
        #expect(Self.ask(&simulation, "GET", Self.widgets) == 404)
        #expect(Self.ask(&simulation, "GET", "/apis/example.com/v1/namespaces/apps/gadgets") == 200)
    }

    @Test func `what was named first in another fork decides nothing`() {
        func names(_ simulation: Simulation, _ manifests: [Value]) -> [String] {
            manifests.map { simulation.draft(manifest: $0).map { "\($0.namespace)/\($0.name)" } ?? "" }
        }
        func manifest(_ metadata: Value) -> Value {
            ["apiVersion": "example.com/v2", "kind": "Widget", "metadata": metadata]
        }
        let manifests = [manifest(["name": "a"]), manifest(["name": "a", "namespace": "apps"])]
        let inOrder = names(KubernetesTestCluster().simulation, manifests)
        #expect(inOrder == ["/a", "apps/a"])
        #expect(names(KubernetesTestCluster().simulation, manifests.reversed()) == inOrder.reversed())
    }

    @Test func `permissions and webhooks follow the names of the fork`() throws {
        var simulation = Self.cluster().simulation
        for (kind, name) in [("ClusterRole", "rules"), ("ClusterRoleBinding", "roleRef")] {
            let content: Value =
                name == "rules"
                ? [["apiGroups": ["example.com"], "resources": ["widgets"], "verbs": ["get"]]]
                : ["apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "reader"]
            var manifest: Value = [
                "apiVersion": "rbac.authorization.k8s.io/v1", "kind": .string(kind), "metadata": ["name": "reader"],
                "subjects": [["kind": "User", "name": "jane", "apiGroup": "rbac.authorization.k8s.io"]],
            ]
            if kind == "ClusterRole" { manifest["subjects"] = nil }
            manifest[Symbol(name)] = content
            let draft = try #require(simulation.draft(manifest: manifest))
            _ = try simulation.create(draft, as: .admin).get()
        }
        let kind = simulation.tables.kindIDDefiningIfNeeded(apiVersion: "example.com/v1", kind: "Widget")
        var fork = simulation
        #expect(Self.ask(&fork, "DELETE", Self.definitions + "/widgets.example.com") == 200)
        fork.run(until: fork.now + .minutes(1))
        #expect(Self.ask(&fork, "POST", Self.definitions, Self.definition("gadgets")) == 201)
        #expect(!fork.isAllowed("jane", "get", kind, "apps", "one"))
        #expect(simulation.isAllowed("jane", "get", kind, "apps", "one"))
    }
}
