/// When cert-manager issues a certificate again, and when it calls one ready.
///
/// What was asked for at the last issue is read from the certificate in the Secret; usages, key sizes and durations are
/// not compared. Source: cert-manager `internal/controller/certificates/policies`.
enum CertificatePolicies {
    /// What is wrong with a Certificate's Secret.
    struct Violation: Equatable {
        var reason: Symbol
        var message: Symbol
    }

    /// The certificate in the Secret; nil where there is none, or nothing is known of it.
    static func current(_ simulation: Simulation, _ secret: ObjectKey) -> CertificateFacts? {
        guard simulation.state.exists(secret) else { return nil }
        return CertificateFacts.chain(of: simulation.tables.body(simulation.state[secret].body).value, "tls.crt").first
    }

    /// Why a certificate has to be issued; nil where the one that is there is good.
    static func trigger(
        _ simulation: Simulation, _ key: ObjectKey, _ spec: CertificateSpecFacts, _ secret: ObjectKey
    ) -> Violation? {
        if let violation = content(simulation, secret) { return violation }
        if let violation = issuer(simulation, spec, secret) { return violation }
        guard let certificate = current(simulation, secret) else { return nil }
        if let violation = names(certificate, spec) { return violation }
        let renewal = spec.renewalTime(of: certificate)
        if simulation.now < renewal { return nil }
        return Violation(
            reason: "Renewing", message: Symbol("Renewing certificate as renewal was scheduled at \(renewal.rfc3339)"))
    }

    /// Why a Certificate is not ready; nil where it is.
    static func readiness(
        _ simulation: Simulation, _ spec: CertificateSpecFacts, _ secret: ObjectKey
    ) -> Violation? {
        if let violation = content(simulation, secret) { return violation }
        guard let certificate = current(simulation, secret) else { return nil }
        if let violation = names(certificate, spec) { return violation }
        if simulation.now <= certificate.notAfter { return nil }
        return Violation(
            reason: "Expired", message: Symbol("Certificate expired on \(certificate.notAfter.rfc1123)"))
    }

    private static func content(_ simulation: Simulation, _ secret: ObjectKey) -> Violation? {
        guard simulation.state.exists(secret), let data = simulation.facts(secret, DataFacts.self) else {
            return Violation(reason: "DoesNotExist", message: "Issuing certificate as Secret does not exist")
        }
        let what: String
        if data.keys.isEmpty {
            what = "any data"
        } else if !data.has("tls.key") {
            what = "a private key"
        } else if !data.has("tls.crt") {
            what = "a certificate"
        } else {
            return nil
        }
        return Violation(
            reason: "MissingData", message: Symbol("Issuing certificate as Secret does not contain \(what)"))
    }

    /// Only where the Secret says who issued it.
    private static func issuer(
        _ simulation: Simulation, _ spec: CertificateSpecFacts, _ secret: ObjectKey
    ) -> Violation? {
        guard let name = simulation.annotation(secret, CertManager.Annotation.issuerName) else { return nil }
        let kind = simulation.annotation(secret, CertManager.Annotation.issuerKind) ?? "Issuer"
        let group = simulation.annotation(secret, CertManager.Annotation.issuerGroup) ?? CertManager.group
        if name == spec.issuerName, kind == spec.issuerKind, group == spec.issuerGroup { return nil }
        return Violation(
            reason: "IncorrectIssuer",
            message: Symbol("Issuing certificate as Secret was previously issued by \"\(kind).\(group)/\(name)\""))
    }

    private static func names(_ certificate: CertificateFacts, _ spec: CertificateSpecFacts) -> Violation? {
        var fields: [String] = []
        if !spec.commonName.isEmpty, certificate.subject != subject(spec) { fields.append("spec.commonName") }
        if !sameNames(certificate.dnsNames, spec.dnsNames) { fields.append("spec.dnsNames") }
        if !sameNames(certificate.ipAddresses, spec.ipAddresses) { fields.append("spec.ipAddresses") }
        if certificate.isCA != spec.isCA { fields.append("spec.isCA") }
        if fields.isEmpty { return nil }
        let list = fields.joined(separator: " ")
        return Violation(
            reason: "RequestChanged",
            message: Symbol("Fields on existing CertificateRequest resource not up to date: [\(list)]"))
    }

    private static func sameNames(_ left: [Symbol], _ right: [Symbol]) -> Bool {
        left.map(\.text).sorted() == right.map(\.text).sorted()
    }

    /// The subject of a certificate that a spec asks for.
    static func subject(_ spec: CertificateSpecFacts) -> Symbol {
        spec.commonName.isEmpty ? .empty : Symbol("CN=\(spec.commonName)")
    }
}

extension SimulationTime {
    /// `Thu, 27 Nov 2025 04:10:00 UTC`, as Go's `time.RFC1123` writes it.
    fileprivate var rfc1123: String {
        let parts = rfc3339.split { "-T:Z".contains($0) }
        let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard parts.count == 6, let month = Int(parts[1]), (1...12).contains(month) else { return rfc3339 }
        let day = Int(((milliseconds / 86_400_000) % 7 + 7) % 7)
        return "\(days[day]), \(parts[2]) \(months[month - 1]) \(parts[0]) \(parts[3]):\(parts[4]):\(parts[5]) UTC"
    }
}
