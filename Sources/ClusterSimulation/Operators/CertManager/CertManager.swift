/// cert-manager: names that its three programs share.
enum CertManager {
    static let group: Symbol = "cert-manager.io"

    /// Annotations. Source: cert-manager `pkg/apis/certmanager/v1/types.go`.
    enum Annotation {
        static let certificateName: Symbol = "cert-manager.io/certificate-name"
        static let issuerName: Symbol = "cert-manager.io/issuer-name"
        static let issuerKind: Symbol = "cert-manager.io/issuer-kind"
        static let issuerGroup: Symbol = "cert-manager.io/issuer-group"
        static let commonName: Symbol = "cert-manager.io/common-name"
        static let alternativeNames: Symbol = "cert-manager.io/alt-names"
        static let addresses: Symbol = "cert-manager.io/ip-sans"
        static let injectFrom: Symbol = "cert-manager.io/inject-ca-from"
        static let injectFromSecret: Symbol = "cert-manager.io/inject-ca-from-secret"
        static let injectAPIServer: Symbol = "cert-manager.io/inject-apiserver-ca"
        static let allowsInjection: Symbol = "cert-manager.io/allow-direct-injection"
    }

    static func kind(_ tables: ClusterTables, _ name: Symbol) -> KindID {
        tables.kindIDDefiningIfNeeded(apiVersion: "cert-manager.io/v1", kind: name)
    }

    /// The controller: Issuer, ClusterIssuer and Certificate.
    ///
    /// ACME, Vault and other issuers answer from outside the cluster: they get no status here, and issue nothing.
    static let controllerProgram = ProgramModel(
        "cert-manager-controller",
        watchedNamespace: { _, run in run.option("namespace").map { Symbol($0) } ?? .empty },
        leaderElection: election("cert-manager-controller"))

    /// How the controller and the injector elect: in `kube-system`, whatever namespace they run in.
    /// Source: cert-manager `internal/apis/config/controller/v1alpha1/defaults.go`, flags `--leader-election-*`.
    static func election(_ name: Symbol) -> LeaderElection {
        LeaderElection(
            name, namespace: { Symbol($0.option("leader-election-namespace") ?? "kube-system") },
            isEnabled: { $0.option("leader-elect") != "false" }, releasesOnStop: true,
            periods: LeaderElection.Periods(
                lease: .seconds(60), renewDeadline: .seconds(40), retry: .seconds(15)))
    }

    static let controllerName: Symbol = "cert-manager"

    static let controller = Operator.controller(
        controllerName, program: "cert-manager-controller",
        watches: [
            Watch(group: group, kind: "Issuer", changes: .exceptStatus),
            Watch(group: group, kind: "ClusterIssuer", changes: .exceptStatus),
            Watch(group: group, kind: "Certificate", changes: .exceptStatus),
            Watch(group: group, kind: "Issuer", .referrers(.resource), changes: [.status, .removed]),
            Watch(group: group, kind: "ClusterIssuer", .referrers(.resource), changes: [.status, .removed]),
            Watch(.secret, .function(users), changes: [.created, .body, .metadata, .removed]),
        ]
    ) { simulation, key in
        guard simulation.state.exists(key), !simulation.state[key].isDeleting else { return }
        if simulation.tables.kindID(key) == kind(simulation.tables, "Certificate") {
            CertificateIssuance.reconcile(&simulation, key)
        } else {
            Issuers.reconcile(&simulation, key)
        }
    }

    /// The Certificates that are kept in a Secret, and the issuers that sign with it.
    private static func users(_ simulation: Simulation, _ secret: ObjectKey, _ body: (ObjectKey) -> Void) {
        let name = simulation.tables.name(secret)
        let namespace = simulation.tables.namespace(secret)
        simulation.forEach(kind(simulation.tables, "Certificate"), in: namespace) { key in
            if simulation.facts(key, CertificateSpecFacts.self)?.secretName == name { body(key) }
        }
        simulation.forEach(kind(simulation.tables, "Issuer"), in: namespace) { key in
            if simulation.facts(key, IssuerFacts.self)?.authoritySecret == name { body(key) }
        }
        // Which namespace holds the Secrets of ClusterIssuers, only the controller knows.
        simulation.forEach(kind(simulation.tables, "ClusterIssuer")) { key in
            if simulation.facts(key, IssuerFacts.self)?.authoritySecret == name { body(key) }
        }
    }
}
