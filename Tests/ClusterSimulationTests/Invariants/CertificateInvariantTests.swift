import Testing

@testable import ClusterSimulation

@Suite struct CertificateInvariantTests {
    /// A Secret with a certificate for some names, signed by an authority.
    static func secret(namespace: String, names: String, authority: String) -> String {
        """
        {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "admission", "namespace": "\(namespace)"},
         "rehearse.dev/certificates": {"cert": [{
           "subject": "CN=leaf", "issuer": "CN=authority", "dnsNames": \(names), "isCA": false,
           "notBefore": "1970-01-01T00:00:00Z", "notAfter": "2070-01-01T00:00:00Z",
           "keyIdentity": "leaf-\(namespace)", "issuerKeyIdentity": "\(authority)"}]}}
        """
    }

    /// A webhook configuration that calls Service `admission` of a namespace and trusts an authority.
    static func webhook(namespace: String, authority: String) -> String {
        """
        {"apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingWebhookConfiguration",
         "metadata": {"name": "admission"},
         "webhooks": [{"name": "validate.example.com", "admissionReviewVersions": ["v1"], "sideEffects": "None",
           "clientConfig": {
             "service": {"name": "admission", "namespace": "\(namespace)"},
             "rehearse.dev/caBundle": [{
               "subject": "CN=authority", "issuer": "CN=authority", "dnsNames": [], "isCA": true,
               "notBefore": "1970-01-01T00:00:00Z", "notAfter": "2070-01-01T00:00:00Z",
               "keyIdentity": "\(authority)", "issuerKeyIdentity": "\(authority)"}]},
           "rules": [{"apiGroups": ["example.com"], "apiVersions": ["v1"], "operations": ["CREATE"],
                      "resources": ["things"]}]}]}
        """
    }

    @Test func `a certificate for the old namespace does not cover the service in the new one`() throws {
        var toy = InvariantToy(namespaces: ["old", "new"])
        try toy.write(
            json: Self.secret(namespace: "old", names: #"["admission", "admission.old.svc"]"#, authority: "a"))
        try toy.write(json: Self.webhook(namespace: "old", authority: "a"))
        #expect(toy.violations(of: "certificate-covers-service") == [])

        try toy.write(json: Self.webhook(namespace: "new", authority: "a"))
        let expected = """
            TLS certificate mismatch: failed calling webhook "validate.example.com" of \
            ValidatingWebhookConfiguration admission: tls: failed to verify certificate: x509: certificate is \
            valid for admission, admission.old.svc, not admission.new.svc
            """
        #expect(toy.violations(of: "certificate-covers-service") == [expected])

        try toy.write(json: Self.secret(namespace: "new", names: #"["admission.new.svc"]"#, authority: "b"))
        try toy.write(json: Self.webhook(namespace: "new", authority: "b"))
        #expect(toy.violations(of: "certificate-covers-service") == [])
    }
}
