/// Aggregated APIs: whether the server behind an APIService can be reached and is trusted.
extension Simulation {
    /// What keeps the API server from asking the server behind an APIService; nil where it answers, or where the API
    /// server itself serves the group.
    ///
    /// The server is verified for `service.namespace.svc`. Source: "Kubernetes Aggregation Layer";
    /// `APIServiceSpec.caBundle` and `insecureSkipTLSVerify`.
    package func failure(reaching apiService: ObjectKey) -> AggregationFailure? {
        guard let facts = facts(apiService, APIServiceFacts.self), !facts.serviceName.isEmpty else { return nil }
        let service = tables.key(.service, facts.serviceNamespace, facts.serviceName)
        if !hasReadyEndpoint(service) { return .noEndpoint(service) }
        if facts.skipsVerification { return nil }
        let chain = servingCertificates(of: service)
        guard let leaf = chain.first else { return nil }
        return leaf.refusal(
            hostname: "\(facts.serviceName).\(facts.serviceNamespace).svc", intermediates: Array(chain.dropFirst()),
            roots: facts.caBundle, at: now
        ).map { .refused($0) }
    }

    /// When the next certificate behind an APIService expires; `.never` where none counts.
    package func certificateExpiry(of apiService: ObjectKey) -> SimulationTime {
        guard let facts = facts(apiService, APIServiceFacts.self), !facts.serviceName.isEmpty, !facts.skipsVerification
        else { return .never }
        let service = tables.key(.service, facts.serviceNamespace, facts.serviceName)
        return CertificateFacts.nextExpiry(of: servingCertificates(of: service) + (facts.caBundle ?? []), after: now)
    }
}

/// Why an aggregated API does not answer.
package enum AggregationFailure: Hashable, Sendable {
    /// The Service is not there, or has no ready endpoint.
    case noEndpoint(ObjectKey)
    /// What answers has a certificate that the API server does not accept.
    case refused(CertificateRefusal)
}
