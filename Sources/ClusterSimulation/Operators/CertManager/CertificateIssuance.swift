/// How a Certificate becomes a Secret, and stays one.
///
/// A CertificateRequest is not made: what it would ask for is signed after the latency `certificateIssue`. The Secret
/// has no owner unless the controller was told so, and outlives its Certificate.
/// Source: cert-manager `pkg/controller/certificates`: trigger, issuing, readiness.
enum CertificateIssuance {
    static func reconcile(_ simulation: inout Simulation, _ key: ObjectKey) {
        guard let spec = simulation.facts(key, CertificateSpecFacts.self), !spec.secretName.isEmpty else { return }
        let secret = simulation.tables.key(.secret, simulation.tables.namespace(key), spec.secretName)
        let trigger = CertificatePolicies.trigger(simulation, key, spec, secret)
        report(&simulation, key, spec, secret, trigger)
        guard let trigger else {
            wake(&simulation, key, spec, secret)
            return
        }
        let issuer = simulation.tables.key(
            CertManager.kind(simulation.tables, spec.issuerKind),
            spec.issuerKind == "ClusterIssuer" ? .empty : simulation.tables.namespace(key), spec.issuerName)
        guard spec.issuerGroup == CertManager.group, simulation.state.exists(issuer),
            simulation.isTrue(issuer, "Ready"), let signer = Issuers.signer(simulation, issuer)
        else {
            if trigger.reason == "Renewing" { wake(&simulation, key, spec, secret) }
            return
        }
        let since =
            simulation.statusCondition(key, "Issuing")?["lastTransitionTime"]?.text
            .flatMap(SimulationTime.init(rfc3339:)) ?? simulation.now
        let due = since + simulation.configuration.latencies[.certificateIssue]
        if simulation.now < due {
            simulation.requeue(CertManager.controllerName, key, after: due - simulation.now)
            return
        }
        write(&simulation, key, spec, secret, signer)
    }

    /// Looks again when the certificate is to be renewed, and when it ends.
    private static func wake(
        _ simulation: inout Simulation, _ key: ObjectKey, _ spec: CertificateSpecFacts, _ secret: ObjectKey
    ) {
        guard let certificate = CertificatePolicies.current(simulation, secret) else { return }
        let moments = [spec.renewalTime(of: certificate), certificate.notAfter + .milliseconds(1)]
        guard let next = moments.filter({ $0 > simulation.now }).min() else { return }
        simulation.requeue(CertManager.controllerName, key, after: next - simulation.now)
    }

    private static func report(
        _ simulation: inout Simulation, _ key: ObjectKey, _ spec: CertificateSpecFacts, _ secret: ObjectKey,
        _ trigger: CertificatePolicies.Violation?
    ) {
        var conditions: [OperatorCondition] = []
        if let violation = CertificatePolicies.readiness(simulation, spec, secret) {
            conditions.append(OperatorCondition("Ready", false, violation.reason, violation.message))
        } else {
            conditions.append(
                OperatorCondition("Ready", true, "Ready", "Certificate is up to date and has not expired"))
        }
        if let trigger { conditions.append(OperatorCondition("Issuing", true, trigger.reason, trigger.message)) }
        let certificate = CertificatePolicies.current(simulation, secret)
        simulation.setStatus(
            key, conditions: conditions,
            [
                ("notAfter", certificate.map { .string($0.notAfter.rfc3339) }),
                ("notBefore", certificate.map { .string($0.notBefore.rfc3339) }),
                ("renewalTime", certificate.map { .string(spec.renewalTime(of: $0).rfc3339) }),
            ])
    }

    private static func write(
        _ simulation: inout Simulation, _ key: ObjectKey, _ spec: CertificateSpecFacts, _ secret: ObjectKey,
        _ signer: Issuers.Signer
    ) {
        let (chain, authorities) = sign(&simulation, key, spec, secret, signer)
        let annotations = self.annotations(simulation, key, spec)
        let keys: [Symbol] = ["tls.crt", "tls.key", "ca.crt"]
        var manifest = SecretContent.manifest(
            simulation.tables.namespace(key), spec.secretName, type: "kubernetes.io/tls", keys: keys,
            labels: [("controller.cert-manager.io/fao", "true")] + spec.labels, annotations: annotations,
            certificates: [("tls.crt", chain), ("ca.crt", authorities)])
        let tables = simulation.tables
        guard simulation.state.exists(secret) else {
            let run = simulation.currentInstance.flatMap(simulation.containerRun)
            let isOwner = run?.flag("enable-certificate-owner-ref") ?? false
            _ = simulation.ensure(manifest, ownedBy: isOwner ? key : nil)
            return
        }
        // What others wrote into the Secret stays, under keys of its own; the type can never be changed.
        let live = tables.body(simulation.state[secret].body).value
        manifest["type"] = live["type"]
        let body = live.merged(with: ObjectDraft.body(of: manifest))
        var whole = body
        whole[CertificateFacts.secretField] = manifest[CertificateFacts.secretField]
        let written = whole
        _ = simulation.noted(
            simulation.update(secret, as: simulation.operatorCaller) { draft in
                draft.body = tables.body(kind: .secret, written)
                for label in spec.labels {
                    draft.labels = tables.map(draft.labels, setting: label.0, to: label.1)
                }
                for entry in annotations {
                    draft.annotations = tables.map(draft.annotations, setting: entry.0, to: entry.1)
                }
            }, secret)
    }

    /// The chain for `tls.crt`, and what `ca.crt` holds.
    private static func sign(
        _ simulation: inout Simulation, _ key: ObjectKey, _ spec: CertificateSpecFacts, _ secret: ObjectKey,
        _ signer: Issuers.Signer
    ) -> (chain: [CertificateFacts], authorities: [CertificateFacts]) {
        let before = CertificatePolicies.current(simulation, secret)
        var issuer: CertificateFacts?
        if case .authority(let chain, _) = signer { issuer = chain[0] }
        var certificate = simulation.makeCertificate(
            subject: CertificatePolicies.subject(spec), dnsNames: spec.dnsNames, issuer: issuer, isCA: spec.isCA,
            validFor: spec.duration, purpose: Symbol("\(key.index)"), keyAlgorithm: spec.keyAlgorithm)
        certificate.ipAddresses = spec.ipAddresses
        if let before, !spec.rotatesKey {
            certificate.keyIdentity = before.keyIdentity
            if issuer == nil { certificate.issuerKeyIdentity = before.keyIdentity }
        }
        switch signer {
        case .itself: return ([certificate], [certificate])
        case .authority(let chain, let root):
            return ([certificate] + chain.filter { !$0.isSelfSigned }, root)
        }
    }

    private static func annotations(
        _ simulation: Simulation, _ key: ObjectKey, _ spec: CertificateSpecFacts
    ) -> [(Symbol, Symbol)] {
        func list(_ names: [Symbol]) -> Symbol { Symbol(names.map(\.text).joined(separator: ",")) }
        return spec.annotations + [
            (CertManager.Annotation.certificateName, simulation.tables.name(key)),
            (CertManager.Annotation.issuerName, spec.issuerName),
            (CertManager.Annotation.issuerKind, spec.issuerKind),
            (CertManager.Annotation.issuerGroup, spec.issuerGroup),
            (CertManager.Annotation.commonName, spec.commonName),
            (CertManager.Annotation.alternativeNames, list(spec.dnsNames)),
            (CertManager.Annotation.addresses, list(spec.ipAddresses)),
        ]
    }
}
