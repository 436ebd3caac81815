import Testing

@testable import ClusterSimulation

/// A server of an aggregated API answers where the API server accepts its certificate.
@Suite struct AggregatedAPITests {
    private static let root = certificate("root", names: [], isCA: true)

    /// A certificate of the authority `root`, good until 2100.
    private static func certificate(_ name: Symbol, names: [Symbol], isCA: Bool = false) -> CertificateFacts {
        CertificateFacts(
            subject: Symbol("CN=\(name)"), issuer: "CN=root", dnsNames: names, notBefore: .epoch,
            notAfter: .day("2100-01-01"), isCA: isCA, keyIdentity: name, issuerKeyIdentity: "root",
            isSelfSigned: isCA, keyAlgorithm: "ECDSA")
    }

    private static func apiService(_ fields: Value) -> Value {
        var spec: Value = [
            "group": "metrics.example.com", "version": "v1beta1", "groupPriorityMinimum": 100, "versionPriority": 100,
            "service": ["name": "metrics", "namespace": "new", "port": 443],
        ]
        for field in fields.fields { spec[field.key] = field.value }
        return [
            "apiVersion": "apiregistration.k8s.io/v1", "kind": "APIService",
            "metadata": ["name": "v1beta1.metrics.example.com"], "spec": spec,
        ]
    }

    private static let trusting: Value = [
        "caBundle": Value(root.bundleText), CertificateFacts.bundleField: Value(.array([root.value])),
    ]

    /// A cluster where the server answers with a certificate for some name.
    private static func cluster(name: Symbol) -> CertificateCluster {
        var cluster = CertificateCluster(programs: ["certgen"])
        cluster.apply(
            SecretContent.manifest(
                "new", "metrics", keys: ["tls.crt", "tls.key"],
                certificates: [("tls.crt", [certificate("metrics", names: [name])])]))
        cluster.service("metrics", in: "new")
        cluster.run("server", in: "new", name: "metrics", [], secret: "metrics")
        return cluster
    }

    private static func failure(_ cluster: inout CertificateCluster, _ fields: Value) -> String? {
        let key = cluster.apply(apiService(fields))
        cluster.settle()
        switch cluster.operators.simulation.failure(reaching: key) {
        case nil: return nil
        case .noEndpoint: return "no endpoint"
        case .refused(let refusal): return refusal.text
        }
    }

    @Test func `it is verified for the name of its Service`() {
        var moved = Self.cluster(name: "metrics.old.svc")
        #expect(
            Self.failure(&moved, Self.trusting)
                == "x509: certificate is valid for metrics.old.svc, not metrics.new.svc")
        #expect(Self.failure(&moved, ["insecureSkipTLSVerify": true]) == nil)
        var right = Self.cluster(name: "metrics.new.svc")
        #expect(Self.failure(&right, Self.trusting) == nil)
        #expect(Self.failure(&right, [:]) == "x509: certificate signed by unknown authority")
        right.operators.simulation.delete(
            right.operators.simulation.tables.key(.service, "new", "metrics"), as: .admin)
        right.settle()
        #expect(Self.failure(&right, Self.trusting) == "no endpoint")
    }

    @Test func `a certificate that is refused keeps namespaces from going`() {
        var cluster = Self.cluster(name: "metrics.old.svc")
        cluster.apply(Self.apiService(Self.trusting))
        let namespace = cluster.operators.simulation.tables.key(.namespace, .empty, "old")
        cluster.operators.simulation.delete(namespace, as: .admin)
        cluster.settle()
        let status = cluster.operators.simulation.state.status(namespace, as: NamespaceStatus.self)
        #expect(status?.conditions.first?.reason == "DiscoveryFailed")
        cluster.apply(
            SecretContent.manifest(
                "new", "metrics", keys: ["tls.crt", "tls.key"],
                certificates: [("tls.crt", [Self.certificate("metrics-2", names: ["metrics.new.svc"])])]))
        cluster.settle(.minutes(10))
        #expect(!cluster.operators.simulation.state.exists(namespace))
    }
}
