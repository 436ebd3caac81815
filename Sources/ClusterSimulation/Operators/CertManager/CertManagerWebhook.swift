/// The webhook of cert-manager: it makes an authority of its own, kept in a Secret, and signs what it serves with it.
///
/// The certificate exists in the process alone, so its names are those of the flags with which the process started.
/// Source: cert-manager `pkg/server/tls`: `authority/authority.go`, `dynamic_source.go`.
enum CertManagerWebhook {
    static let name: Symbol = "cert-manager-webhook"

    static let program = ProgramModel(name, start: start)

    static let controller = Operator.controller(
        name, program: name,
        watches: [Watch(.secret, .function(keepers), changes: [.body, .removed])],
        reconcile: reconcile)

    private static let authorityLifetime = SimulationTime.Span.minutes(365 * 24 * 60)
    private static let leafLifetime = SimulationTime.Span.minutes(7 * 24 * 60)
    /// How often the process tries again to make its authority.
    private static let retry = SimulationTime.Span.seconds(10)

    /// The Pods whose authority is in a Secret.
    private static func keepers(_ simulation: Simulation, _ secret: ObjectKey, _ body: (ObjectKey) -> Void) {
        for instance in simulation.programs.instances(of: name) {
            if let run = simulation.containerRun(of: instance), place(simulation, run) == secret { body(instance.pod) }
        }
    }

    /// The Secret of the authority; nil where the program was not told to make one.
    private static func place(_ simulation: Simulation, _ run: ContainerRun) -> ObjectKey? {
        guard let secret = run.option("dynamic-serving-ca-secret-name") else { return nil }
        let namespace = run.option("dynamic-serving-ca-secret-namespace").map { Symbol($0) } ?? run.namespace
        return simulation.tables.key(.secret, namespace, Symbol(secret))
    }

    private static func start(_ simulation: inout Simulation, _ run: ContainerRun) -> ContainerStart {
        if let file = run.option("tls-cert-file") {
            simulation.serveFile(file, run)
            return .runs()
        }
        guard let place = place(simulation, run) else { return .runs() }
        switch authority(&simulation, run, place) {
        case .failure(let error):
            simulation.lookAtPod(run.pod, after: retry)
            return .waits(message: Symbol("error ensuring CA: \(error.message)"))
        case .success(let authority):
            if let authority { serve(&simulation, run, authority) }
            return .runs()
        }
    }

    private static func reconcile(_ simulation: inout Simulation, _ pod: ObjectKey) {
        guard let instance = simulation.currentInstance, instance.pod == pod,
            let run = simulation.containerRun(of: instance), let place = place(simulation, run)
        else { return }
        switch authority(&simulation, run, place) {
        case .failure(let error): simulation.refuse(Symbol(error.message), pod)
        case .success(let authority):
            guard let authority else { return }
            let leaf = simulation.servedChain(of: pod)?.first
            if let leaf, leaf.issuerKeyIdentity == authority.keyIdentity, simulation.now < renewal(of: leaf) { return }
            simulation.record(.start, pod, by: name, detail: "the webhook serves a new certificate")
            serve(&simulation, run, authority)
        }
    }

    /// When two thirds of a certificate's validity are over.
    private static func renewal(of certificate: CertificateFacts) -> SimulationTime {
        let validity = certificate.notAfter - certificate.notBefore
        return certificate.notAfter + .milliseconds(-validity.milliseconds / 3)
    }

    private static func serve(_ simulation: inout Simulation, _ run: ContainerRun, _ authority: CertificateFacts) {
        let names = run.options("dynamic-serving-dns-names").map { Symbol($0) }
        var leaf = simulation.makeCertificate(
            subject: names.first.map { Symbol("CN=\($0)") } ?? .empty, dnsNames: names, issuer: authority,
            validFor: leafLifetime, purpose: Symbol("\(name)-\(run.pod.index)"), keyAlgorithm: "ECDSA")
        leaf.notAfter = min(leaf.notAfter, authority.notAfter)
        simulation.serve([leaf], from: run.pod)
        let next = min(renewal(of: leaf), renewal(of: authority))
        simulation.requeue(name, run.pod, after: next - simulation.now)
    }

    /// The authority in the Secret, made where it is missing, incomplete or near its end; nil where the Secret says
    /// nothing of its certificate.
    private static func authority(
        _ simulation: inout Simulation, _ run: ContainerRun, _ secret: ObjectKey
    ) -> Result<CertificateFacts?, APIError> {
        let exists = simulation.state.exists(secret)
        do throws(APIError) {
            let content = simulation.tables.content(secret)
            try simulation.authorize(run.caller, "get", .secret, content.namespace, content.name)
        } catch {
            return .failure(error)
        }
        if exists, let data = simulation.facts(secret, DataFacts.self),
            data.has("ca.crt"), data.has("tls.crt"), data.has("tls.key")
        {
            let body = simulation.tables.body(simulation.state[secret].body).value
            guard let present = CertificateFacts.chain(of: body, "tls.crt").first else { return .success(nil) }
            if present.isCA, simulation.now < renewal(of: present) { return .success(present) }
        }
        let authority = simulation.makeCertificate(
            subject: "CN=cert-manager-webhook-ca", isCA: true, validFor: authorityLifetime,
            purpose: Symbol("\(name)-ca"), keyAlgorithm: "ECDSA")
        return write(&simulation, run, secret, authority).map { _ in authority }
    }

    private static func write(
        _ simulation: inout Simulation, _ run: ContainerRun, _ secret: ObjectKey, _ authority: CertificateFacts
    ) -> Result<ObjectKey, APIError> {
        let content = simulation.tables.content(secret)
        let manifest = SecretContent.manifest(
            content.namespace, content.name, keys: ["tls.crt", "tls.key", "ca.crt"],
            annotations: [(CertManager.Annotation.allowsInjection, "true")],
            certificates: [("tls.crt", [authority]), ("ca.crt", [authority])])
        let tables = simulation.tables
        guard simulation.state.exists(secret) else {
            guard let draft = simulation.draft(manifest: manifest) else { return .success(secret) }
            return simulation.create(draft, as: run.caller)
        }
        let live = tables.body(simulation.state[secret].body).value
        var body = live.merged(with: ["data": manifest["data"] ?? nil])
        body[CertificateFacts.secretField] = manifest[CertificateFacts.secretField]
        let written = body
        return simulation.update(secret, as: run.caller) { $0.body = tables.body(kind: .secret, written) }
    }
}
