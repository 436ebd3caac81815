/// The cainjector: copies an authority into the webhooks, definitions and API services that ask for it.
///
/// Where the source is missing or says nothing, what is there stays.
/// Source: cert-manager `pkg/controller/cainjector`: `reconciler.go`, `sources.go`.
enum CAInjector {
    static let program = ProgramModel(
        "cert-manager-cainjector", leaderElection: CertManager.election("cert-manager-cainjector-leader-election"))

    private static let targets: [KindID] = [
        .validatingWebhookConfiguration, .mutatingWebhookConfiguration, .customResourceDefinition, .apiService,
    ]

    static let controllerName: Symbol = "cert-manager-cainjector"

    static let controller = Operator.controller(
        controllerName, program: "cert-manager-cainjector",
        watches: targets.map { Watch($0, changes: [.created, .body, .metadata]) } + [
            Watch(.secret, .function(askingForSecret), changes: [.created, .body, .metadata]),
            Watch(
                group: CertManager.group, kind: "Certificate", .function(askingForCertificate),
                changes: [.created, .body]),
        ],
        reconcile: reconcile)

    // MARK: Who looks again when a source changes

    private static func askingForSecret(_ simulation: Simulation, _ secret: ObjectKey, _ body: (ObjectKey) -> Void) {
        let namespace = simulation.tables.namespace(secret)
        let own = Symbol("\(namespace)/\(simulation.tables.name(secret))")
        let certificate = simulation.annotation(secret, CertManager.Annotation.certificateName)
            .map { Symbol("\(namespace)/\($0)") }
        guard !simulation.certificates(of: secret).isEmpty else { return }
        asking(simulation, body) { key in
            simulation.annotation(key, CertManager.Annotation.injectFromSecret) == own
                || certificate != nil && simulation.annotation(key, CertManager.Annotation.injectFrom) == certificate
        }
    }

    private static func askingForCertificate(
        _ simulation: Simulation, _ certificate: ObjectKey, _ body: (ObjectKey) -> Void
    ) {
        let name = Symbol("\(simulation.tables.namespace(certificate))/\(simulation.tables.name(certificate))")
        asking(simulation, body) { simulation.annotation($0, CertManager.Annotation.injectFrom) == name }
    }

    private static func asking(
        _ simulation: Simulation, _ body: (ObjectKey) -> Void, where asks: (ObjectKey) -> Bool
    ) {
        for kind in targets {
            simulation.forEach(kind) { if asks($0) { body($0) } }
        }
    }

    // MARK: Injection

    private static func reconcile(_ simulation: inout Simulation, _ key: ObjectKey) {
        guard simulation.state.exists(key), !simulation.state[key].isDeleting else { return }
        let authorities = self.authorities(simulation, key)
        guard !authorities.isEmpty else { return }
        let caller = simulation.operatorCaller
        _ = simulation.noted(simulation.setCABundle(key, to: authorities, as: caller), key)
    }

    /// What is to be injected; empty where nothing is asked for, or the source does not say.
    private static func authorities(_ simulation: Simulation, _ key: ObjectKey) -> [CertificateFacts] {
        if let text = simulation.annotation(key, CertManager.Annotation.injectFromSecret) {
            guard let secret = named(simulation, text, .secret),
                simulation.annotation(secret, CertManager.Annotation.allowsInjection) == "true"
            else { return [] }
            return authorities(simulation, in: secret)
        }
        if let text = simulation.annotation(key, CertManager.Annotation.injectFrom) {
            let kind = CertManager.kind(simulation.tables, "Certificate")
            guard let certificate = named(simulation, text, kind),
                let spec = simulation.facts(certificate, CertificateSpecFacts.self)
            else { return [] }
            let secret = simulation.tables.key(.secret, simulation.tables.namespace(certificate), spec.secretName)
            guard simulation.state.exists(secret),
                simulation.annotation(secret, CertManager.Annotation.certificateName)
                    == simulation.tables.name(certificate)
            else { return [] }
            return authorities(simulation, in: secret)
        }
        if simulation.annotation(key, CertManager.Annotation.injectAPIServer) == "true" { return [.cluster] }
        return []
    }

    /// The object that `namespace/name` names, where it is there and may be read.
    private static func named(_ simulation: Simulation, _ text: Symbol, _ kind: KindID) -> ObjectKey? {
        let parts = text.text.split(separator: "/", maxSplits: 1).map { Symbol($0) }
        guard parts.count == 2 else { return nil }
        let key = simulation.tables.key(kind, parts[0], parts[1])
        guard simulation.state.exists(key),
            simulation.isAllowed(simulation.operatorCaller.user, "get", kind, parts[0], parts[1])
        else { return nil }
        return key
    }

    private static func authorities(_ simulation: Simulation, in secret: ObjectKey) -> [CertificateFacts] {
        CertificateFacts.chain(of: simulation.tables.body(simulation.state[secret].body).value, "ca.crt")
    }
}

extension CertificateFacts {
    /// The cluster's own authority, by whose certificate clients know the API server. No manifest holds its facts.
    static let cluster = CertificateFacts(
        subject: "CN=kubernetes", issuer: "CN=kubernetes", notBefore: .epoch,
        notAfter: SimulationTime(rfc3339: "2100-01-01T00:00:00Z") ?? .epoch, isCA: true,
        keyIdentity: "cluster-authority", issuerKeyIdentity: "cluster-authority", isSelfSigned: true)
}
