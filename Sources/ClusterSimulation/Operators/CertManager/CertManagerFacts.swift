/// What an Issuer or ClusterIssuer says.
package final class IssuerFacts: @unchecked Sendable {
    package enum Method: Sendable {
        case selfSigned, authority
        /// ACME, Vault, Venafi: whoever signs is outside the cluster.
        case outside
    }

    package let method: Method
    /// The Secret with the key pair that a CA issuer signs with; empty for other methods.
    package let authoritySecret: Symbol

    static func analyse(_ body: Value, _ tables: ClusterTables) -> Analysis.Result {
        let facts = IssuerFacts(body)
        var collector = ReferenceCollector()
        if !facts.authoritySecret.isEmpty {
            let origin = body.at("spec", "ca", "secretName")?.origin ?? .none
            collector.add(.secret, .secret, facts.authoritySecret, origin: origin)
        }
        return Analysis.Result(facts: facts, references: collector.references)
    }

    /// The Secret of a ClusterIssuer is in a namespace that a flag of the controller names: no reference to follow.
    static func analyseClusterIssuer(_ body: Value, _ tables: ClusterTables) -> Analysis.Result {
        Analysis.Result(facts: IssuerFacts(body))
    }

    init(_ body: Value) {
        let spec = body["spec"] ?? nil
        authoritySecret = spec.at("ca", "secretName")?.symbol ?? .empty
        method = spec["selfSigned"] != nil ? .selfSigned : spec["ca"] != nil ? .authority : .outside
    }
}

/// What a Certificate of cert-manager asks for.
package final class CertificateSpecFacts: @unchecked Sendable {
    package let secretName: Symbol
    package let commonName: Symbol
    package let dnsNames: [Symbol]
    package let ipAddresses: [Symbol]
    package let isCA: Bool
    /// 90 days where the spec does not say.
    package let duration: SimulationTime.Span
    /// How long before its end it is renewed; nil: a third of its validity.
    package let renewBefore: SimulationTime.Span?
    package let issuerName: Symbol
    /// `Issuer` or `ClusterIssuer`.
    package let issuerKind: Symbol
    package let issuerGroup: Symbol
    /// Whether a new certificate gets a new key. `Never` is the default of the releases before 1.18.
    let rotatesKey: Bool
    /// `RSA`, `ECDSA` or `Ed25519`.
    let keyAlgorithm: Symbol
    let labels: [(Symbol, Symbol)]
    let annotations: [(Symbol, Symbol)]

    static func analyse(_ body: Value, _ tables: ClusterTables) -> Analysis.Result {
        let facts = CertificateSpecFacts(body)
        var collector = ReferenceCollector()
        if facts.issuerGroup == CertManager.group {
            let origin = body.at("spec", "issuerRef", "name")?.origin ?? .none
            collector.add(
                .resource, CertManager.kind(tables, facts.issuerKind), facts.issuerName, origin: origin)
        }
        return Analysis.Result(facts: facts, references: collector.references)
    }

    init(_ body: Value) {
        let spec = body["spec"] ?? nil
        secretName = spec["secretName"]?.symbol ?? .empty
        commonName = spec["commonName"]?.symbol ?? .empty
        dnsNames = spec["dnsNames"]?.symbols ?? []
        ipAddresses = spec["ipAddresses"]?.symbols ?? []
        isCA = spec["isCA"]?.boolean ?? false
        duration = spec["duration"].flatMap(GoDuration.init(value:))?.span ?? .minutes(90 * 24 * 60)
        if let percentage = spec["renewBeforePercentage"]?.int32 {
            renewBefore = .milliseconds(duration.milliseconds / 100 * Int64(min(max(percentage, 0), 100)))
        } else {
            renewBefore = spec["renewBefore"].flatMap(GoDuration.init(value:))?.span
        }
        let issuer = spec["issuerRef"] ?? nil
        issuerName = issuer["name"]?.symbol ?? .empty
        issuerKind = issuer["kind"]?.symbol ?? "Issuer"
        issuerGroup = issuer["group"]?.symbol ?? CertManager.group
        rotatesKey = spec.at("privateKey", "rotationPolicy")?.symbol == "Always"
        keyAlgorithm = spec.at("privateKey", "algorithm")?.symbol ?? "RSA"
        let template = spec["secretTemplate"] ?? nil
        labels = (template["labels"]?.fields ?? []).map { ($0.key, $0.value.symbol ?? .empty) }
        annotations = (template["annotations"]?.fields ?? []).map { ($0.key, $0.value.symbol ?? .empty) }
    }

    /// When a certificate is renewed. Source: cert-manager `pkg/util/pki`, `RenewalTime`.
    func renewalTime(of certificate: CertificateFacts) -> SimulationTime {
        let validity = certificate.notAfter - certificate.notBefore
        let third = SimulationTime.Span.milliseconds(validity.milliseconds / 3)
        let early = renewBefore.map { $0 < validity ? $0 : third } ?? third
        return certificate.notAfter + .milliseconds(-early.milliseconds)
    }
}
