/// kube-webhook-certgen: one run makes the Secret of a webhook's certificate, another writes its CA into the webhooks.
///
/// `create` never changes a Secret that is there, whatever hosts its certificate is for; so a release that moves keeps
/// the old names until somebody deletes the Secret and runs both again.
/// Source: kubernetes/ingress-nginx `images/kube-webhook-certgen`: `cmd/create.go`, `cmd/patch.go`, `pkg/certs`,
/// `pkg/k8s`.
enum WebhookCertgen {
    static let program = ProgramModel("certgen", start: { _, _ in .completes() }, finish: finish)

    /// What the tool prints before it ends with code 1.
    private struct Failure: Error {
        var message: String
    }

    private static func finish(_ simulation: inout Simulation, _ run: ContainerRun) -> ContainerExit {
        do throws(Failure) {
            if run.words.contains("create") {
                try create(&simulation, run)
            } else if run.words.contains("patch") {
                try patch(&simulation, run)
            }
            return .success
        } catch {
            return ContainerExit(code: 1, message: Symbol(error.message))
        }
    }

    // MARK: create

    private static func create(_ simulation: inout Simulation, _ run: ContainerRun) throws(Failure) {
        let options = try required(["host", "namespace", "secret-name"], run)
        let namespace = Symbol(options[1])
        let name = Symbol(options[2])
        guard try !hasAuthority(simulation, run, namespace, name) else { return }
        let hosts = options[0].split(separator: ",").map(String.init)
        let (authority, leaf) = certificates(&simulation, hosts)
        let certificateKey = Symbol(run.option("cert-name") ?? "cert")
        let manifest = SecretContent.manifest(
            namespace, name, keys: ["ca", certificateKey, Symbol(run.option("key-name") ?? "key")],
            certificates: [("ca", [authority]), (certificateKey, [leaf])])
        guard let draft = simulation.draft(manifest: manifest) else { return }
        if case .failure(let error) = simulation.create(draft, as: run.caller) {
            throw Failure(message: "failed creating secret: \(error.message)")
        }
    }

    /// An authority and a certificate for exactly the hosts that are named, both good for a hundred years.
    private static func certificates(
        _ simulation: inout Simulation, _ hosts: [String]
    ) -> (authority: CertificateFacts, leaf: CertificateFacts) {
        let lifetime = SimulationTime.Span.minutes(100 * 365 * 24 * 60)
        let names = hosts.filter { IPAddress($0) == nil }.map { Symbol($0) }
        var authority = simulation.makeCertificate(
            subject: "O=nil1", isCA: true, validFor: lifetime, purpose: "certgen-ca", keyAlgorithm: "ECDSA")
        var leaf = simulation.makeCertificate(
            subject: "O=nil2", dnsNames: names, issuer: authority, validFor: lifetime, purpose: "certgen-leaf",
            keyAlgorithm: "ECDSA")
        leaf.ipAddresses = hosts.filter { IPAddress($0) != nil }.map { Symbol($0) }
        // Five minutes early, so that no clock that is late refuses them.
        let early = SimulationTime.Span.minutes(-5)
        authority.notBefore = authority.notBefore + early
        authority.notAfter = authority.notAfter + early
        leaf.notBefore = authority.notBefore
        leaf.notAfter = authority.notAfter
        return (authority, leaf)
    }

    // MARK: patch

    private static func patch(_ simulation: inout Simulation, _ run: ContainerRun) throws(Failure) {
        let options = try required(["namespace", "secret-name", "webhook-name"], run)
        let namespace = Symbol(options[0])
        let secret = Symbol(options[1])
        let kinds: [(flag: String, kind: KindID, word: String)] = [
            ("patch-validating", .validatingWebhookConfiguration, "validating"),
            ("patch-mutating", .mutatingWebhookConfiguration, "mutating"),
        ].filter { run.option($0.0) != "false" }
        guard !kinds.isEmpty else {
            throw Failure(
                message: "patch-validating=false, patch-mutating=false. You must patch at least one kind of webhook, "
                    + "otherwise this command is a no-op")
        }
        // The tool accepts `Ignore` and does nothing with it.
        let policy = run.option("patch-failure-policy") ?? ""
        guard ["", "Ignore", "Fail"].contains(policy) else {
            throw Failure(message: "patch-failure-policy \(policy) is not valid")
        }
        guard try hasAuthority(simulation, run, namespace, secret) else {
            throw Failure(message: "no secret with '\(secret)' in '\(namespace)'")
        }
        let body = simulation.tables.body(simulation.state[simulation.tables.key(.secret, namespace, secret)].body)
        let authorities = CertificateFacts.chain(of: body.value, "ca")
        for (_, kind, word) in kinds {
            let key = simulation.tables.key(kind, .empty, Symbol(options[2]))
            if let message = refusal(simulation, run, "get", key) {
                throw Failure(message: "failed getting \(word) webhook: \(message)")
            }
            let written = simulation.setCABundle(
                key, to: authorities, failurePolicy: policy == "Fail" ? "Fail" : nil, as: run.caller)
            if case .failure(let error) = written {
                throw Failure(message: "failed patching \(word) webhook: \(error.message)")
            }
        }
    }

    // MARK: Reading

    /// Whether the Secret is there, with a CA in it.
    private static func hasAuthority(
        _ simulation: Simulation, _ run: ContainerRun, _ namespace: Symbol, _ name: Symbol
    ) throws(Failure) -> Bool {
        let key = simulation.tables.key(.secret, namespace, name)
        if let message = refusal(simulation, run, "get", key) {
            if simulation.isAllowed(run.caller.user, "get", .secret, namespace, name) { return false }
            throw Failure(message: "error getting secret: \(message)")
        }
        guard simulation.facts(key, DataFacts.self)?.has("ca") ?? false else {
            throw Failure(message: "got secret, but it did not contain a 'ca' key")
        }
        return true
    }

    /// What the API server answers to a request for an object instead of the object; nil where it gives it.
    private static func refusal(
        _ simulation: Simulation, _ run: ContainerRun, _ verb: Symbol, _ key: ObjectKey
    ) -> String? {
        let content = simulation.tables.content(key)
        do throws(APIError) {
            try simulation.authorize(run.caller, verb, content.kind, content.namespace, content.name)
            guard simulation.state.exists(key) else {
                throw APIError.notFound(simulation.kind(content.kind), content.name)
            }
            return nil
        } catch {
            return error.message
        }
    }

    private static func required(_ names: [String], _ run: ContainerRun) throws(Failure) -> [String] {
        let missing = names.filter { run.option($0) == nil }
        guard missing.isEmpty else {
            let list = missing.map { "\"\($0)\"" }.joined(separator: ", ")
            throw Failure(message: "required flag(s) \(list) not set")
        }
        return names.map { run.option($0) ?? "" }
    }
}
