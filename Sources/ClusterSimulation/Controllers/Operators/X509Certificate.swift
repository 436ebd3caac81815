/// What the model knows of an X.509 certificate: whom it names, who signed it, how long it is valid.
///
/// Secrets carry it beside their data, under `rehearse.dev/certificates`: by key of `data`, one certificate each. A
/// `caBundle` is the fingerprint of the certificate of the authority that it trusts.
package struct X509Certificate: Equatable, Sendable {
    /// Names one certificate.
    package var fingerprint: Symbol
    /// The fingerprint of the authority that signed it; its own where it is self-signed.
    package var issuer: Symbol
    /// Subject alternative names; a first label `*` stands for one label.
    package var dnsNames: [Symbol]
    package var isAuthority: Bool
    package var notBefore: SimulationTime
    package var notAfter: SimulationTime

    /// The field of a Secret's body that holds its certificates.
    package static let field: Symbol = "rehearse.dev/certificates"

    package init(
        fingerprint: Symbol, issuer: Symbol, dnsNames: [Symbol], isAuthority: Bool, notBefore: SimulationTime,
        notAfter: SimulationTime
    ) {
        self.fingerprint = fingerprint
        self.issuer = issuer
        self.dnsNames = dnsNames
        self.isAuthority = isAuthority
        self.notBefore = notBefore
        self.notAfter = notAfter
    }

    /// Reads one entry of the field; nil where it is none.
    package init?(_ value: Value) {
        guard let fingerprint = value["fingerprint"]?.symbol, let issuer = value["issuer"]?.symbol else { return nil }
        self.fingerprint = fingerprint
        self.issuer = issuer
        dnsNames = value["dnsNames"]?.symbols ?? []
        isAuthority = value["isCA"]?.boolean ?? false
        notBefore = value["notBefore"]?.text.flatMap(SimulationTime.init(rfc3339:)) ?? .epoch
        notAfter = value["notAfter"]?.text.flatMap(SimulationTime.init(rfc3339:))
            ?? SimulationTime(milliseconds: .max)
    }

    package var value: Value {
        .object([
            "fingerprint": Value(fingerprint), "issuer": Value(issuer), "dnsNames": .strings(dnsNames),
            "isCA": Value(.boolean(isAuthority)), "notBefore": .string(notBefore.rfc3339),
            "notAfter": .string(notAfter.rfc3339),
        ])
    }

    /// The certificate under one key of a Secret's body.
    package static func of(_ secret: Value, _ key: Symbol) -> X509Certificate? {
        secret[field]?[key].flatMap(X509Certificate.init)
    }

    /// Whether the certificate names a host. Source: RFC 6125 6.4: exact, or a wildcard for the first label.
    package func isValid(for host: Symbol) -> Bool {
        let text = host.text
        return dnsNames.contains { name in
            if name == host { return true }
            let pattern = name.text
            guard pattern.hasPrefix("*."), let dot = text.firstIndex(of: ".") else { return false }
            return pattern.dropFirst() == text[dot...]
        }
    }

    /// Whether a `caBundle` holds the authority that signed this certificate.
    package func isTrusted(by caBundle: Symbol) -> Bool {
        !caBundle.isEmpty && (caBundle == issuer || caBundle == fingerprint)
    }
}

extension Simulation {
    /// Makes a certificate: self-signed where no issuer is given.
    ///
    /// - Parameter purpose: keeps certificates apart that are made at one moment for the same names.
    mutating func makeCertificate(
        for dnsNames: [Symbol], issuer: X509Certificate? = nil, isAuthority: Bool = false,
        validFor span: SimulationTime.Span, purpose: Symbol
    ) -> X509Certificate {
        var hash = StableHash(seed: UInt64(state.lastResourceVersion))
        hash.combine(purpose.stableHash)
        hash.combine(UInt64(bitPattern: now.milliseconds))
        for name in dnsNames { hash.combine(name.stableHash) }
        if let issuer { hash.combine(issuer.fingerprint.stableHash) }
        let digits = String(hash.value, radix: 16)
        // Letters and digits in a multiple of four: a `caBundle` must be base64.
        let fingerprint = Symbol("CERT" + String(repeating: "0", count: 16 - digits.count) + digits)
        return X509Certificate(
            fingerprint: fingerprint, issuer: issuer?.fingerprint ?? fingerprint, dnsNames: dnsNames,
            isAuthority: isAuthority, notBefore: now, notAfter: now + span)
    }

    /// Sets `clientConfig.caBundle` of every webhook of a configuration, a definition's conversion, or an APIService.
    ///
    /// - Parameter caller: as whom; nil: as the program that is reconciling.
    mutating func setCABundle(
        _ key: ObjectKey, to caBundle: Symbol, failurePolicy: Symbol? = nil, as caller: Caller? = nil
    ) -> Result<ObjectKey, APIError> {
        let body = tables.body(state[key].body).value
        var changed = body
        switch state[key].kind {
        case .customResourceDefinition:
            guard let client = body.at("spec", "conversion", "webhook", "clientConfig") else { return .success(key) }
            let wanted: Value = ["spec": ["conversion": ["webhook": ["clientConfig": ["caBundle": Value(caBundle)]]]]]
            if client["caBundle"]?.symbol != caBundle { changed = body.merged(with: wanted) }
        case .apiService:
            changed = body.merged(with: ["spec": ["caBundle": Value(caBundle)]])
        default:
            let webhooks = (body["webhooks"]?.elements ?? []).map { webhook in
                var webhook = webhook.merged(with: ["clientConfig": ["caBundle": Value(caBundle)]])
                if let failurePolicy { webhook["failurePolicy"] = Value(failurePolicy) }
                return webhook
            }
            changed["webhooks"] = Value(.array(webhooks), body["webhooks"]?.origin ?? .none)
        }
        if changed == body { return .success(key) }
        let tables = tables
        let written = changed
        return update(key, as: caller ?? operatorCaller) { $0.body = tables.body(kind: $0.kind, written) }
    }
}
