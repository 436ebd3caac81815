import Testing

@testable import ClusterSimulation

@Suite struct WebhookCertgenTests {
    private static func create(_ namespace: String, secretNamespace: String? = nil) -> [String] {
        [
            "create", "--host=admission,admission.\(namespace).svc", "--namespace=\(secretNamespace ?? namespace)",
            "--secret-name=admission",
        ]
    }

    private static func patch(_ namespace: String) -> [String] {
        [
            "patch", "--webhook-name=admission", "--namespace=\(namespace)", "--patch-mutating=false",
            "--secret-name=admission", "--patch-failure-policy=Fail",
        ]
    }

    private static let server = [
        "/nginx-ingress-controller", "--validating-webhook=:8443",
        "--validating-webhook-certificate=/certificates/cert", "--validating-webhook-key=/certificates/key",
    ]

    private func cluster() -> CertificateCluster {
        CertificateCluster(programs: ["certgen", "ingress-nginx-controller"])
    }

    /// A controller behind Service `admission` of the namespace `new`, with a certificate for some namespace's name.
    private func serving(_ namespace: String) -> CertificateCluster {
        var cluster = cluster()
        cluster.certgen("create", in: "new", Self.create(namespace, secretNamespace: "new"))
        cluster.run("ingress-nginx-controller", in: "new", name: "admission", Self.server, secret: "admission")
        cluster.service("admission", in: "new")
        cluster.webhook(in: "new")
        return cluster
    }

    @Test func `create makes an authority and a certificate for exactly its hosts`() {
        var cluster = cluster()
        #expect(cluster.certgen("create", in: "old", Self.create("old")) == "")
        let leaf = cluster.certificates("old", "admission", "cert").first
        let authority = cluster.certificates("old", "admission", "ca").first
        #expect(leaf?.dnsNames == ["admission", "admission.old.svc"])
        #expect(authority?.isCA == true)
        #expect(leaf?.issuerKeyIdentity == authority?.keyIdentity)
        #expect(cluster.body(.secret, "old", "admission")["data"]?.fields.map(\.key.text) == ["ca", "cert", "key"])
    }

    @Test func `create keeps a Secret with other names and makes a new one when it is gone`() {
        var cluster = cluster()
        cluster.certgen("create-1", in: "new", Self.create("old", secretNamespace: "new"))
        let before = cluster.certificates("new", "admission", "cert")
        #expect(cluster.certgen("create-2", in: "new", Self.create("new")) == "")
        #expect(cluster.certificates("new", "admission", "cert") == before)
        cluster.delete(.secret, "new", "admission")
        cluster.certgen("create-3", in: "new", Self.create("new"))
        #expect(cluster.certificates("new", "admission", "cert").first?.dnsNames == ["admission", "admission.new.svc"])
    }

    @Test func `patch writes the authority and the policy, and fails without the Secret`() {
        var cluster = cluster()
        cluster.webhook(in: "old")
        #expect(cluster.certgen("patch-1", in: "old", Self.patch("old")) == "no secret with 'admission' in 'old'")
        cluster.certgen("create", in: "old", Self.create("old"))
        #expect(cluster.certgen("patch-2", in: "old", Self.patch("old")) == "")
        #expect(cluster.bundle == cluster.certificates("old", "admission", "ca"))
        let webhook = cluster.body(.validatingWebhookConfiguration, .empty, "admission")["webhooks"]?[index: 0]
        #expect(webhook?["failurePolicy"]?.symbol == "Fail")
    }

    @Test func `without rights it fails with the refusal of the API server`() {
        var cluster = cluster()
        cluster.apply([
            "apiVersion": "v1", "kind": "ServiceAccount", "metadata": ["name": "nobody", "namespace": "old"],
        ])
        let message = cluster.certgen("create", in: "old", Self.create("old"), account: "nobody")
        #expect(message.hasPrefix("error getting secret: secrets \"admission\" is forbidden: User "))
    }

    @Test func `a certificate for the old namespace is refused by name, and the jobs heal it`() {
        var cluster = serving("old")
        cluster.certgen("patch-1", in: "new", Self.patch("new"))
        let expected = """
            Internal error occurred: failed calling webhook "validate.example.com": failed to call webhook: \
            Post "https://admission.new.svc:443/v?timeout=10s": tls: failed to verify certificate: x509: certificate \
            is valid for admission, admission.old.svc, not admission.new.svc
            """
        #expect(cluster.ingressRefusal() == expected)
        cluster.delete(.secret, "new", "admission")
        cluster.certgen("create-2", in: "new", Self.create("new"))
        cluster.certgen("patch-2", in: "new", Self.patch("new"))
        cluster.settle(.minutes(2))
        #expect(cluster.ingressRefusal() == nil)
    }

    @Test func `a bundle of the old namespace does not trust the new authority until patch runs`() {
        var cluster = serving("new")
        cluster.certgen("create-old", in: "old", Self.create("old"))
        cluster.certgen("patch-old", in: "old", Self.patch("old"))
        cluster.webhook(in: "new", policy: "Fail")
        let refusal = cluster.ingressRefusal() ?? ""
        #expect(
            refusal.hasSuffix(
                "x509: certificate signed by unknown authority (possibly because of \"x509: ECDSA verification "
                    + "failure\" while trying to verify candidate authority certificate \"nil1\")"))
        cluster.certgen("patch-new", in: "new", Self.patch("new"))
        #expect(cluster.ingressRefusal() == nil)
    }

    @Test func `a running controller follows its Secret when the kubelet has refreshed the volume`() {
        var cluster = serving("old")
        let service = cluster.operators.simulation.tables.key(.service, "new", "admission")
        func names() -> [Symbol]? { cluster.operators.simulation.servingCertificate(of: service)?.dnsNames }
        cluster.delete(.secret, "new", "admission")
        #expect(names() == ["admission", "admission.old.svc"])
        cluster.run(
            "certgen", in: "new", name: "create-2", Self.create("new"), restarts: false, lasting: .seconds(30))
        #expect(cluster.certificates("new", "admission", "cert").first?.dnsNames == ["admission", "admission.new.svc"])
        #expect(names() == ["admission", "admission.old.svc"])
        cluster.settle(.minutes(1))
        #expect(names() == ["admission", "admission.new.svc"])
    }
}
