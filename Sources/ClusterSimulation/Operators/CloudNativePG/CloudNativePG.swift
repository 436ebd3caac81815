/// CloudNativePG: names, its program, and the certificate of its webhooks.
///
/// Source: cloudnative-pg 1.27, `internal/cmd/manager/controller`, `pkg/certs/k8s.go`: before it works the operator
/// makes its Secrets where they are missing, in its own namespace and for the name of its Service there, and writes the
/// certificate into the webhooks; it looks again every hour. Left out: renewal before the certificate ends.
enum CloudNativePG {
    static let group: Symbol = "postgresql.cnpg.io"
    static let program: Symbol = "cnpg-controller"
    private static let authoritySecret: Symbol = "cnpg-ca-secret"
    private static let certificateSecret: Symbol = "cnpg-webhook-cert"
    private static let service: Symbol = "cnpg-webhook-service"
    private static let configurations: [(kind: KindID, name: Symbol)] = [
        (.mutatingWebhookConfiguration, "cnpg-mutating-webhook-configuration"),
        (.validatingWebhookConfiguration, "cnpg-validating-webhook-configuration"),
    ]
    /// How long its certificates are valid.
    static let validity = SimulationTime.Span.minutes(90 * 24 * 60)
    private static let maintenance = SimulationTime.Span.minutes(60)

    /// The operator; in the init container of an instance the same image copies its program and ends.
    static let model = ProgramModel(
        program,
        start: { simulation, run in
            guard run.words.contains("controller") else { return .completes(after: .seconds(1)) }
            let owner = simulation.controllerOwner(run.pod)?.owner ?? run.pod
            let deployment = simulation.controllerOwner(owner)?.owner ?? owner
            let problem = ensureCertificates(&simulation, in: run.namespace, owner: deployment, as: run.caller)
            return problem.map { .exits(code: 1, message: $0) } ?? .runs()
        },
        watchedNamespace: { _, run in run.variable("WATCH_NAMESPACE") ?? .empty },
        leaderElection: LeaderElection("db9c8771.cnpg.io", isEnabled: { $0.flag("leader-elect") }))

    static let controllerName: Symbol = "cnpg-certificates"

    /// Looks after webhooks that lost the certificate, at the full hours of the process.
    static let certificates = Operator.controller(
        controllerName, program: program,
        watches: configurations.map { Watch($0.kind, changes: [.created, .body]) }
    ) { simulation, key in
        guard configurations.contains(where: { simulation.tables.key($0.kind, .empty, $0.name) == key }),
            simulation.state.exists(key), let pod = simulation.currentInstance?.pod
        else { return }
        let namespace = simulation.operatorNamespace
        if let leaf = certificate(simulation, namespace), isInjected(simulation, key, leaf) { return }
        let started = simulation.podState(pod)?.containers.first { $0.phase == .running }?.since ?? simulation.now
        let elapsed = (simulation.now - started).milliseconds % maintenance.milliseconds
        guard elapsed == 0 else {
            simulation.requeue(controllerName, key, after: .milliseconds(maintenance.milliseconds - elapsed))
            return
        }
        let owner = simulation.controllerOwner(pod)?.owner ?? pod
        let deployment = simulation.controllerOwner(owner)?.owner ?? owner
        let problem = ensureCertificates(&simulation, in: namespace, owner: deployment, as: simulation.operatorCaller)
        if let problem { simulation.refuse(problem, key) }
    }

    private static func certificate(_ simulation: Simulation, _ namespace: Symbol) -> CertificateFacts? {
        let secret = simulation.tables.key(.secret, namespace, certificateSecret)
        guard simulation.state.exists(secret) else { return nil }
        return CertificateFacts.chain(of: simulation.tables.body(simulation.state[secret].body).value, "tls.crt").first
    }

    private static func isInjected(_ simulation: Simulation, _ key: ObjectKey, _ leaf: CertificateFacts) -> Bool {
        let webhooks = simulation.tables.body(simulation.state[key].body).value["webhooks"]?.elements ?? []
        return webhooks.allSatisfy { webhook in
            webhook.at("clientConfig", CertificateFacts.bundleField)?.elements == [leaf.value]
        }
    }

    /// Makes what is missing; the reason why it could not, or nil.
    private static func ensureCertificates(
        _ simulation: inout Simulation, in namespace: Symbol, owner: ObjectKey, as caller: Caller
    ) -> Symbol? {
        do throws(APIError) {
            let tables = simulation.tables
            for name in [authoritySecret, certificateSecret] {
                try simulation.authorize(caller, "get", .secret, namespace, name)
            }
            let authorityKey = tables.key(.secret, namespace, authoritySecret)
            if !simulation.state.exists(authorityKey) {
                let made = simulation.makeCertificate(
                    subject: Symbol("CN=\(authoritySecret),OU=\(namespace)"), isCA: true, validFor: validity,
                    purpose: authoritySecret, keyAlgorithm: "ECDSA")
                let manifest = SecretContent.manifest(
                    namespace, authoritySecret, keys: ["ca.crt", "ca.key"], certificates: [("ca.crt", [made])])
                try create(&simulation, manifest, owner: owner, as: caller)
            }
            let chain = CertificateFacts.chain(of: tables.body(simulation.state[authorityKey].body).value, "ca.crt")
            if !simulation.state.exists(tables.key(.secret, namespace, certificateSecret)) {
                let host = Symbol("\(service).\(namespace).svc")
                let made = simulation.makeCertificate(
                    subject: Symbol("CN=\(host)"), dnsNames: [host], issuer: chain.first, validFor: validity,
                    purpose: certificateSecret, keyAlgorithm: "ECDSA")
                let manifest = SecretContent.manifest(
                    namespace, certificateSecret, type: "kubernetes.io/tls", keys: ["tls.crt", "tls.key"],
                    certificates: [("tls.crt", [made])])
                try create(&simulation, manifest, owner: owner, as: caller)
            }
            guard let leaf = certificate(simulation, namespace) else { return nil }
            for entry in configurations {
                let key = tables.key(entry.kind, .empty, entry.name)
                guard simulation.state.exists(key) else { continue }
                _ = try simulation.setCABundle(key, to: [leaf], as: caller).get()
            }
            return nil
        } catch {
            return Symbol("unable to setup PKI infrastructure: \(error.message)")
        }
    }

    /// Creates a Secret that belongs to the operator's Deployment and goes with it.
    private static func create(
        _ simulation: inout Simulation, _ manifest: Value, owner: ObjectKey, as caller: Caller
    ) throws(APIError) {
        guard var draft = simulation.draft(manifest: manifest) else { return }
        if simulation.state.exists(owner), simulation.state[owner].kind == .deployment {
            draft.owners = PodControl.ownership(simulation, by: owner)
        }
        _ = try simulation.create(draft, as: caller).get()
    }
}
