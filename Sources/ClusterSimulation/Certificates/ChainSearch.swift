/// Looks for chains from a certificate to an authority that the client trusts.
///
/// What is said where there is none follows from the order in which candidates are tried: those whose key identifier
/// fits first, roots before intermediates. The last candidate that signed but is itself not valid gives the error
/// (an expired authority is "expired", not "unknown"); where none signed, the first one that was tried is the hint.
///
/// Source: Go `crypto/x509`, `Certificate.buildChains` and `CertPool.findPotentialParents`.
struct ChainSearch {
    let roots: [CertificateFacts]
    let intermediates: [CertificateFacts]
    let now: SimulationTime
    private var signatureChecks = 0

    /// How many signatures are looked at before a client gives up.
    private static let signatureChecksMax = 100

    private enum Role { case root, intermediate }

    /// What has come of the candidates for one place in a chain.
    private struct Attempt {
        var chains: [[CertificateFacts]] = []
        var failure: CertificateRefusal?
        var hint: (authority: CertificateFacts, reason: SignatureFailure)?
    }

    init(roots: [CertificateFacts], intermediates: [CertificateFacts], now: SimulationTime) {
        self.roots = roots
        self.intermediates = intermediates
        self.now = now
    }

    /// Every chain that begins with `chain`, whose last certificate is looked up, and ends in a root.
    mutating func chains(continuing chain: [CertificateFacts]) throws(CertificateRefusal) -> [[CertificateFacts]] {
        var attempt = Attempt()
        for root in candidates(chain, roots) { consider(root, .root, chain, &attempt) }
        for intermediate in candidates(chain, intermediates) { consider(intermediate, .intermediate, chain, &attempt) }
        if !attempt.chains.isEmpty { return attempt.chains }
        throw attempt.failure ?? .unknownAuthority(hint: attempt.hint)
    }

    private mutating func consider(
        _ candidate: CertificateFacts, _ role: Role, _ chain: [CertificateFacts], _ attempt: inout Attempt
    ) {
        guard let child = chain.last, !chain.contains(where: { isRepeated(candidate, $0) }) else { return }
        signatureChecks += 1
        if signatureChecks > Self.signatureChecksMax {
            attempt.failure = .signatureLimit
            return
        }
        if let reason = SignatureFailure(of: child, by: candidate) {
            if attempt.hint == nil { attempt.hint = (candidate, reason) }
            return
        }
        attempt.failure = invalidity(of: candidate, role, below: chain.count)
        if let failure = attempt.failure {
            if attempt.hint == nil { attempt.hint = (candidate, SignatureFailure(failure)) }
            return
        }
        if role == .root {
            attempt.chains.append(chain + [candidate])
            return
        }
        do throws(CertificateRefusal) {
            attempt.chains += try chains(continuing: chain + [candidate])
        } catch {
            attempt.failure = error
        }
    }

    /// What is wrong with an authority that did sign.
    ///
    /// - Parameter count: how many certificates stand below it, the leaf among them.
    private func invalidity(of authority: CertificateFacts, _ role: Role, below count: Int) -> CertificateRefusal? {
        if let refusal = authority.validity(at: now) { return refusal }
        if role == .intermediate, !authority.isCA { return .notAuthorizedToSign }
        if let most = authority.maxPathLength, count - 1 > most { return .tooManyIntermediates }
        return nil
    }

    /// Those of a pool with the name of the issuer: where the key identifiers are equal, then where one is missing.
    private func candidates(_ chain: [CertificateFacts], _ pool: [CertificateFacts]) -> [CertificateFacts] {
        guard let child = chain.last else { return [] }
        let wanted = child.authorityKeyIdentifier
        let named = pool.filter { $0.subject == child.issuer }
        func rank(_ candidate: CertificateFacts) -> Int {
            if candidate.subjectKeyIdentifier == wanted { return 0 }
            return candidate.subjectKeyIdentifier.isEmpty || wanted.isEmpty ? 1 : 2
        }
        return (0...2).flatMap { order in named.filter { rank($0) == order } }
    }

    /// Cross-signed authorities would go round in circles.
    private func isRepeated(_ candidate: CertificateFacts, _ other: CertificateFacts) -> Bool {
        candidate.subject == other.subject && candidate.keyIdentity == other.keyIdentity
            && candidate.hasSameNames(as: other)
    }
}

extension SignatureFailure {
    /// An authority that signed and may not: its refusal is the reason.
    fileprivate init(_ refusal: CertificateRefusal) { text = refusal.text }
}
