extension Simulation {
    /// Makes a certificate with a key pair of its own: self-signed where no issuer is given.
    ///
    /// - Parameters:
    ///   - span: how long it is valid from now on.
    ///   - purpose: keeps certificates apart that are made at one moment for the same names.
    ///   - keyAlgorithm: `ECDSA`, `RSA`.
    mutating func makeCertificate(
        subject: Symbol, dnsNames: [Symbol] = [], issuer: CertificateFacts? = nil, isCA: Bool = false,
        validFor span: SimulationTime.Span, purpose: Symbol, keyAlgorithm: Symbol = .empty
    ) -> CertificateFacts {
        var hash = StableHash(seed: UInt64(state.lastResourceVersion))
        hash.combine(purpose.stableHash)
        hash.combine(subject.stableHash)
        hash.combine(UInt64(bitPattern: now.milliseconds))
        for name in dnsNames { hash.combine(name.stableHash) }
        let digits = String(hash.value, radix: 16)
        let identity = Symbol(String(repeating: "0", count: 16 - digits.count) + digits)
        return CertificateFacts(
            subject: subject, issuer: issuer?.subject ?? subject, dnsNames: dnsNames, notBefore: now,
            notAfter: now + span, isCA: isCA, keyIdentity: identity,
            issuerKeyIdentity: issuer?.keyIdentity ?? identity, isSelfSigned: issuer == nil,
            keyAlgorithm: keyAlgorithm)
    }

    /// Writes a CA bundle: into every webhook of a configuration, a definition's conversion, or an APIService.
    ///
    /// - Parameters:
    ///   - authorities: what the bundle holds.
    ///   - failurePolicy: written into the webhooks too where it is given.
    ///   - caller: as whom.
    mutating func setCABundle(
        _ key: ObjectKey, to authorities: [CertificateFacts], failurePolicy: Symbol? = nil, as caller: Caller
    ) -> Result<ObjectKey, APIError> {
        guard let first = authorities.first else { return .success(key) }
        let bundle: Value = [
            "caBundle": Value(first.bundleText),
            CertificateFacts.bundleField: Value(.array(authorities.map(\.value))),
        ]
        let body = tables.body(state[key].body).value
        var changed = body
        switch state[key].kind {
        case .customResourceDefinition:
            guard body.at("spec", "conversion", "webhook", "clientConfig") != nil else { return .success(key) }
            changed = body.replacing(bundle, at: ["spec", "conversion", "webhook", "clientConfig"])
        case .apiService:
            changed = body.replacing(bundle, at: ["spec"])
        default:
            let webhooks = (body["webhooks"]?.elements ?? []).map { webhook in
                var webhook = webhook.replacing(bundle, at: ["clientConfig"])
                if let failurePolicy { webhook["failurePolicy"] = Value(failurePolicy) }
                return webhook
            }
            changed["webhooks"] = Value(.array(webhooks), body["webhooks"]?.origin ?? .none)
        }
        if changed == body { return .success(key) }
        let tables = tables
        let written = changed
        return update(key, as: caller) { $0.body = tables.body(kind: $0.kind, written) }
    }
}

extension Value {
    /// This document with the fields of `other` set in the object at the end of a path.
    func replacing(_ other: Value, at path: [Symbol]) -> Value {
        var result = self
        guard let key = path.first else {
            for field in other.fields { result[field.key] = field.value }
            return result
        }
        result[key] = (self[key] ?? Value(.object([]))).replacing(other, at: Array(path.dropFirst()))
        return result
    }
}
