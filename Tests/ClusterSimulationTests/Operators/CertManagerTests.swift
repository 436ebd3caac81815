import Testing

@testable import ClusterSimulation

@Suite struct CertManagerTests {
    private static let kinds = [
        "cert-manager.io/Certificate/certificates", "cert-manager.io/Issuer/issuers",
        "cert-manager.io/ClusterIssuer/clusterissuers!",
    ]

    private func cluster() -> CertificateCluster {
        var cluster = CertificateCluster(
            kinds: Self.kinds, namespaces: ["old", "new", "kube-system"],
            programs: ["cert-manager-controller", "cert-manager-cainjector", "cert-manager-webhook"])
        cluster.run("cert-manager-controller", in: "old", name: "cert-manager", ["--cluster-resource-namespace=old"])
        return cluster
    }

    private func issuer(_ name: Value, _ spec: Value, kind: Value = "Issuer") -> Value {
        var metadata: Value = ["name": name]
        if kind == "Issuer" { metadata["namespace"] = "new" }
        return ["apiVersion": "cert-manager.io/v1", "kind": kind, "metadata": metadata, "spec": spec]
    }

    private func certificate(_ name: Value, _ fields: Value, issuer: Value = ["name": "self"]) -> Value {
        var spec: Value = ["secretName": name, "issuerRef": issuer]
        for field in fields.fields { spec[field.key] = field.value }
        let metadata: Value = ["name": name, "namespace": "new"]
        return ["apiVersion": "cert-manager.io/v1", "kind": "Certificate", "metadata": metadata, "spec": spec]
    }

    private func ready(_ cluster: CertificateCluster, _ key: ObjectKey) -> String {
        let condition = cluster.operators.simulation.statusCondition(key, "Ready")
        return "\(condition?["status"]?.text ?? "") \(condition?["reason"]?.text ?? "")"
    }

    @Test func `a Certificate becomes a Secret that outlives it`() {
        var cluster = cluster()
        cluster.apply(issuer("self", ["selfSigned": .object([:])]))
        let key = cluster.apply(certificate("web", ["dnsNames": ["web.new.svc"]]))
        cluster.settle()
        #expect(ready(cluster, key) == "True Ready")
        let leaf = cluster.certificates("new", "web", "tls.crt").first
        #expect(leaf?.dnsNames == ["web.new.svc"])
        #expect(leaf?.isSelfSigned == true)
        #expect(cluster.body(.secret, "new", "web")["type"]?.symbol == "kubernetes.io/tls")
        let writes = cluster.operators.simulation.counters.apiWrites
        cluster.settle(.minutes(10))
        #expect(cluster.operators.simulation.counters.apiWrites == writes)
        cluster.operators.simulation.delete(key, as: .admin)
        cluster.settle()
        #expect(cluster.operators.exists(.secret, "new", "web"))
    }

    @Test func `other names are issued anew, by default for the same key`() {
        var cluster = cluster()
        cluster.apply(issuer("self", ["selfSigned": .object([:])]))
        let key = cluster.apply(certificate("web", ["dnsNames": ["web.old.svc"]]))
        cluster.settle()
        let before = cluster.certificates("new", "web", "tls.crt").first
        cluster.apply(certificate("web", ["dnsNames": ["web.new.svc"]]))
        cluster.settle(.seconds(1))
        let message = cluster.operators.simulation.statusCondition(key, "Ready")?["message"]?.text
        #expect(message == "Fields on existing CertificateRequest resource not up to date: [spec.dnsNames]")
        cluster.settle()
        let after = cluster.certificates("new", "web", "tls.crt").first
        #expect(ready(cluster, key) == "True Ready")
        #expect(after?.dnsNames == ["web.new.svc"])
        #expect(after?.keyIdentity == before?.keyIdentity)
    }

    @Test func `a CA issuer waits for its key pair and signs with it`() {
        var cluster = cluster()
        cluster.apply(issuer("self", ["selfSigned": .object([:])]))
        let authority = cluster.apply(issuer("authority", ["ca": ["secretName": "root"]]))
        let key = cluster.apply(certificate("web", ["dnsNames": ["web"]], issuer: ["name": "authority"]))
        cluster.settle()
        #expect(ready(cluster, authority) == "False ErrGetKeyPair")
        #expect(ready(cluster, key) == "False DoesNotExist")
        cluster.apply(certificate("root", ["commonName": "root", "isCA": true]))
        cluster.settle()
        #expect(ready(cluster, authority) == "True KeyPairVerified")
        #expect(ready(cluster, key) == "True Ready")
        let root = cluster.certificates("new", "root", "tls.crt")
        #expect(cluster.certificates("new", "web", "ca.crt") == root)
        let leaf = cluster.certificates("new", "web", "tls.crt").first
        #expect(leaf?.refusal(hostname: "web", roots: root, at: cluster.operators.simulation.now) == nil)
    }

    @Test func `a ClusterIssuer looks for its key pair where the controller was told to`() {
        var cluster = cluster()
        let key = cluster.apply(issuer("authority", ["ca": ["secretName": "root"]], kind: "ClusterIssuer"))
        let root = CertificateFacts(
            subject: "CN=root", issuer: "CN=root", notBefore: .epoch, notAfter: .epoch + .minutes(1 << 40), isCA: true,
            keyIdentity: "root", issuerKeyIdentity: "root", isSelfSigned: true)
        func keyPair(_ namespace: Symbol) -> Value {
            SecretContent.manifest(
                namespace, "root", keys: ["tls.crt", "tls.key"], certificates: [("tls.crt", [root])])
        }
        cluster.apply(keyPair("new"))
        cluster.settle()
        #expect(ready(cluster, key) == "False ErrGetKeyPair")
        cluster.apply(keyPair("old"))
        cluster.settle()
        #expect(ready(cluster, key) == "True KeyPairVerified")
    }

    @Test func `it is renewed in time, and expires where nobody can issue it`() {
        var cluster = cluster()
        cluster.apply(issuer("self", ["selfSigned": .object([:])]))
        let key = cluster.apply(certificate("web", ["dnsNames": ["web"], "duration": "3h", "renewBefore": "1h"]))
        cluster.settle()
        let first = cluster.certificates("new", "web", "tls.crt").first
        cluster.settle(.minutes(130))
        let second = cluster.certificates("new", "web", "tls.crt").first
        #expect(first != nil && second != nil && first!.notAfter < second!.notAfter)
        #expect(ready(cluster, key) == "True Ready")
        let issuer = cluster.operators.key("cert-manager.io/v1", "Issuer", "new", "self")
        cluster.operators.simulation.delete(issuer, as: .admin)
        cluster.settle(.minutes(200))
        #expect(ready(cluster, key) == "False Expired")
    }

    @Test func `the injector copies the authority, and keeps the old one where the source is missing`() {
        var cluster = cluster()
        cluster.run("cert-manager-cainjector", in: "old", name: "cainjector", [])
        cluster.apply(issuer("self", ["selfSigned": .object([:])]))
        cluster.webhook(in: "new", annotations: ["cert-manager.io/inject-ca-from": "new/web"])
        cluster.settle()
        #expect(cluster.bundle == [])
        cluster.apply(certificate("web", ["dnsNames": ["admission.new.svc"]]))
        cluster.settle()
        let authority = cluster.certificates("new", "web", "ca.crt")
        #expect(!authority.isEmpty && cluster.bundle == authority)
        cluster.webhook(in: "new", annotations: ["cert-manager.io/inject-ca-from": "old/web"])
        cluster.settle()
        #expect(cluster.bundle == authority)
    }

    @Test func `the webhook serves the names of its flags by an authority that the injector copies`() {
        var cluster = cluster()
        cluster.run("cert-manager-cainjector", in: "old", name: "cainjector", [])
        cluster.webhook(in: "new", annotations: ["cert-manager.io/inject-ca-from-secret": "new/webhook-ca"])
        let arguments = [
            "--dynamic-serving-ca-secret-namespace=new", "--dynamic-serving-ca-secret-name=webhook-ca",
            "--dynamic-serving-dns-names=admission", "--dynamic-serving-dns-names=admission.new.svc",
        ]
        cluster.run("cert-manager-webhook", in: "new", name: "admission", arguments)
        cluster.service("admission", in: "new")
        let service = cluster.operators.simulation.tables.key(.service, "new", "admission")
        let webhook = cluster.operators.simulation.tables.key(.validatingWebhookConfiguration, .empty, "admission")
        func failure() -> String? {
            cluster.operators.simulation.failure(
                calling: cluster.operators.simulation.facts(webhook, WebhookFacts.self)!.webhooks[0])
        }
        let served = cluster.operators.simulation.servingCertificate(of: service)
        #expect(served?.dnsNames == ["admission", "admission.new.svc"])
        #expect(failure() == nil)
        let before = cluster.certificates("new", "webhook-ca", "ca.crt")
        cluster.delete(.secret, "new", "webhook-ca")
        #expect(cluster.certificates("new", "webhook-ca", "ca.crt") != before)
        #expect(cluster.operators.simulation.servingCertificate(of: service) != served)
        #expect(failure() == nil)
    }

    @Test func `a webhook that may not make its authority does not become ready`() {
        var cluster = cluster()
        cluster.apply([
            "apiVersion": "v1", "kind": "ServiceAccount", "metadata": ["name": "nobody", "namespace": "new"],
        ])
        let arguments = [
            "--dynamic-serving-ca-secret-namespace=new", "--dynamic-serving-ca-secret-name=webhook-ca",
            "--dynamic-serving-dns-names=admission",
        ]
        let pod = cluster.run(
            "cert-manager-webhook", in: "new", name: "admission", arguments, account: "nobody")
        #expect(cluster.operators.simulation.podState(pod)?.isReady == false)
        cluster.grant("new", "nobody")
        cluster.settle()
        #expect(cluster.operators.simulation.podState(pod)?.isReady == true)
    }
}
