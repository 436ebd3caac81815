import Testing

@testable import ClusterSimulation

/// Admission webhooks whose answers are known. They are called by URL, which the model takes to answer.
@Suite struct WebhookAnswerTests {
    static func configuration(_ kind: String, _ name: String, _ webhooks: [Value]) -> Value {
        [
            "apiVersion": "admissionregistration.k8s.io/v1", "kind": .string(kind), "metadata": ["name": .string(name)],
            "webhooks": Value(.array(webhooks)),
        ]
    }

    static func webhook(_ name: String, reinvocation: String = "Never") -> Value {
        [
            "name": .string(name), "clientConfig": ["url": "https://hooks.example.com"], "sideEffects": "None",
            "admissionReviewVersions": ["v1"], "reinvocationPolicy": .string(reinvocation),
            "rules": [
                ["operations": ["*"], "apiGroups": [""], "apiVersions": ["v1"], "resources": ["configmaps"]]
            ],
        ]
    }

    static func append(_ text: String) -> Value {
        [["op": "add", "path": "/data/order", "value": .string(text)]]
    }

    static func cluster(_ facts: [WebhookFact]) -> KubernetesTestCluster {
        var cluster = KubernetesTestCluster()
        cluster.simulation.externals.webhooks = facts
        return cluster
    }

    func data(_ cluster: KubernetesTestCluster, _ name: Symbol) -> Value? {
        cluster.simulation.document(of: cluster.key(.configMap, name))["data"]
    }

    @Test func `the patches of mutating webhooks are applied in the order of their configurations' names`() {
        var cluster = Self.cluster([
            WebhookFact(
                webhook: "b.example.com",
                patch: [
                    ["op": "test", "path": "/data/a", "value": "1"],
                    ["op": "add", "path": "/data/b", "value": "2"],
                ]),
            WebhookFact(webhook: "a.example.com", patch: [["op": "add", "path": "/data/a", "value": "1"]]),
        ])
        cluster.create(Self.configuration("MutatingWebhookConfiguration", "z", [Self.webhook("b.example.com")]))
        cluster.create(Self.configuration("MutatingWebhookConfiguration", "c", [Self.webhook("a.example.com")]))
        cluster.create(KubernetesTestCluster.data("ConfigMap", "m", ["x"]))
        #expect(data(cluster, "m")?["a"] == "1")
        #expect(data(cluster, "m")?["b"] == "2")
        #expect(data(cluster, "m")?["x"] == "eA==")
    }

    @Test(arguments: [("Never", "first"), ("IfNeeded", "second")])
    func `a webhook that asks for it is called again after a later change`(policy: String, expected: String) {
        // The first webhook copies what it sees; only a second call sees what the other has written.
        var cluster = Self.cluster([
            WebhookFact(
                webhook: "copy.example.com", patch: [["op": "copy", "from": "/data/seen", "path": "/data/copy"]]),
            WebhookFact(
                webhook: "set.example.com", patch: [["op": "replace", "path": "/data/seen", "value": "second"]]),
        ])
        let hooks = [Self.webhook("copy.example.com", reinvocation: policy), Self.webhook("set.example.com")]
        cluster.create(Self.configuration("MutatingWebhookConfiguration", "m", hooks))
        cluster.create([
            "apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "m"], "data": ["seen": "first"],
        ])
        #expect(data(cluster, "m")?["copy"] == .string(expected))
    }

    @Test func `a refusal has the API server's words`() {
        var cluster = Self.cluster([
            WebhookFact(
                webhook: "policy.example.com", operations: ["CREATE"], namespaces: ["apps"], denial: "no team label")
        ])
        cluster.create(
            Self.configuration("ValidatingWebhookConfiguration", "p", [Self.webhook("policy.example.com")]))
        let result = cluster.create(KubernetesTestCluster.data("ConfigMap", "m"))
        guard case .failure(let error) = result else { return #expect(Bool(false), "it was allowed") }
        #expect(error.code == 403)
        #expect(error.reason == "Forbidden")
        #expect(error.message == "admission webhook \"policy.example.com\" denied the request: no team label")
    }

    @Test func `a patch that cannot be applied refuses the write`() {
        var cluster = Self.cluster([
            WebhookFact(webhook: "a.example.com", patch: [["op": "remove", "path": "/data/none"]])
        ])
        cluster.create(Self.configuration("MutatingWebhookConfiguration", "m", [Self.webhook("a.example.com")]))
        let result = cluster.create(KubernetesTestCluster.data("ConfigMap", "m"))
        guard case .failure(let error) = result else { return #expect(Bool(false), "it was allowed") }
        #expect(error.code == 500)
        #expect(
            error.message == "Internal error occurred: remove operation does not apply: doc is missing path: "
                + "\"/data/none\": missing value")
    }

    @Test func `a request that no fact covers is allowed unchanged`() {
        var cluster = Self.cluster([WebhookFact(webhook: "a.example.com", kinds: ["Pod"], denial: "no")])
        cluster.create(Self.configuration("MutatingWebhookConfiguration", "m", [Self.webhook("a.example.com")]))
        cluster.create(KubernetesTestCluster.data("ConfigMap", "m", ["x"]))
        #expect(data(cluster, "m") == ["x": "eA=="])
    }
}
