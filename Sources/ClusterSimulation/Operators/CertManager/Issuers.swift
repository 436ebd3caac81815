/// Issuers of cert-manager that sign with what is in the cluster.
///
/// Source: cert-manager `pkg/issuer/selfsigned`, `pkg/issuer/ca`.
enum Issuers {
    /// Who signs.
    enum Signer {
        /// Each certificate signs itself.
        case itself
        /// The key pair of a Secret: its chain, the signing certificate first, and what it says of the root.
        case authority(chain: [CertificateFacts], root: [CertificateFacts])
    }

    static func reconcile(_ simulation: inout Simulation, _ key: ObjectKey) {
        guard let facts = simulation.facts(key, IssuerFacts.self) else { return }
        switch facts.method {
        case .outside: return
        case .selfSigned: simulation.setStatus(key, conditions: [OperatorCondition("Ready", true, "IsReady")])
        case .authority: reconcileAuthority(&simulation, key, facts)
        }
    }

    private static func reconcileAuthority(
        _ simulation: inout Simulation, _ key: ObjectKey, _ facts: IssuerFacts
    ) {
        let secret = authoritySecret(simulation, key, facts)
        let content = simulation.tables.content(secret)
        if !simulation.isAllowed(simulation.operatorCaller.user, "get", .secret, content.namespace, content.name) {
            simulation.refuse(Symbol("secrets \"\(content.name)\" is forbidden"), key)
            return
        }
        let condition: OperatorCondition
        if !simulation.state.exists(secret) {
            condition = OperatorCondition(
                "Ready", false, "ErrGetKeyPair",
                Symbol("Error getting keypair for CA issuer: secret \"\(content.name)\" not found"))
        } else if signer(simulation, key)?.isUsable ?? true {
            condition = OperatorCondition("Ready", true, "KeyPairVerified", "Signing CA verified")
        } else {
            condition = OperatorCondition(
                "Ready", false, "ErrInvalidKeyPair", "Invalid signing key pair: certificate is not a CA")
        }
        simulation.setStatus(key, conditions: [condition])
    }

    /// Who signs for an issuer; nil where the Secret of its key pair is not there or says nothing of a certificate.
    static func signer(_ simulation: Simulation, _ key: ObjectKey) -> Signer? {
        guard let facts = simulation.facts(key, IssuerFacts.self) else { return nil }
        switch facts.method {
        case .outside: return nil
        case .selfSigned: return .itself
        case .authority:
            let secret = authoritySecret(simulation, key, facts)
            guard simulation.state.exists(secret) else { return nil }
            let body = simulation.tables.body(simulation.state[secret].body).value
            let chain = CertificateFacts.chain(of: body, "tls.crt")
            guard let first = chain.first else { return nil }
            let root = first.isSelfSigned ? [first] : CertificateFacts.chain(of: body, "ca.crt")
            return .authority(chain: chain, root: root.isEmpty ? [chain[chain.count - 1]] : root)
        }
    }

    /// In the issuer's own namespace; for a ClusterIssuer in the one that `--cluster-resource-namespace` names.
    private static func authoritySecret(_ simulation: Simulation, _ key: ObjectKey, _ facts: IssuerFacts) -> ObjectKey {
        let own = simulation.tables.namespace(key)
        guard own.isEmpty else { return simulation.tables.key(.secret, own, facts.authoritySecret) }
        let run = simulation.currentInstance.flatMap(simulation.containerRun)
        let namespace = run?.option("cluster-resource-namespace").map { Symbol($0) } ?? "kube-system"
        return simulation.tables.key(.secret, namespace, facts.authoritySecret)
    }
}

extension Issuers.Signer {
    /// Whether what it signs can be verified.
    var isUsable: Bool {
        if case .authority(let chain, _) = self { return chain[0].isCA }
        return true
    }
}
