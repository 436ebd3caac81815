import Testing

@testable import ClusterSimulation

@Suite struct ReferenceInvariantTests {
    static let account = """
        {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "sa", "namespace": "argo"}}
        """

    @Test func `a binding whose subject is gone is dangling, and whole again with it`() throws {
        var toy = InvariantToy(namespaces: ["argo"])
        let account = try toy.write(json: Self.account)
        try toy.write(
            json: """
                {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "rules": [],
                 "metadata": {"name": "reader", "namespace": "argo"}}
                """)
        try toy.write(
            json: """
                {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding",
                 "metadata": {"name": "binding", "namespace": "argo"},
                 "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "reader"},
                 "subjects": [{"kind": "ServiceAccount", "name": "sa", "namespace": "argo"}]}
                """)
        #expect(toy.violations(of: "references-resolve") == [])
        toy.remove(account)
        let expected = "RoleBinding argo/binding refers to ServiceAccount argo/sa, which does not exist"
        #expect(toy.violations(of: "references-resolve") == [expected])
        try toy.write(json: Self.account)
        #expect(toy.violations(of: "references-resolve") == [])
    }

    @Test func `a webhook needs its service, and the service an endpoint`() throws {
        var toy = InvariantToy(namespaces: ["new"])
        try toy.write(json: CertificateInvariantTests.webhook(namespace: "new", authority: "a"))
        let expected = """
            ValidatingWebhookConfiguration admission cannot be called: service "admission" not found \
            (Service new/admission)
            """
        #expect(toy.violations(of: "webhooks-reachable") == [expected])
        try toy.write(
            json: """
                {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "admission", "namespace": "new"},
                 "spec": {"ports": [{"port": 443}]}}
                """)
        #expect(toy.violations(of: "webhooks-reachable").first?.contains("no endpoints available") == true)
        try toy.write(
            json: """
                {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "addressType": "IPv4",
                 "metadata": {"name": "admission-1", "namespace": "new",
                              "labels": {"kubernetes.io/service-name": "admission"}},
                 "endpoints": [{"addresses": ["10.0.0.1"], "conditions": {"ready": true}}]}
                """)
        #expect(toy.violations(of: "webhooks-reachable") == [])
    }

    @Test(arguments: [("null", false), (#"["*"]"#, true), (#"["cto"]"#, true), ("[]", false), (#"["other"]"#, false)])
    func `a VaultAuth serves the namespaces that it lists`(allowed: String, expected: Bool) throws {
        let auth = VaultAuthFacts(try Value(json: "{\"spec\": {\"allowedNamespaces\": \(allowed)}}"))
        func allows(_ namespace: Symbol) -> Bool {
            auth.allows(namespace, authNamespace: "infra", authName: "auth", operatorNamespace: "vault")
        }
        #expect(allows("cto") == expected)
        #expect(allows("infra"))
    }
}
