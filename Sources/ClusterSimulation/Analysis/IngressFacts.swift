/// What the model reads of an Ingress.
package final class IngressFacts {
    package let className: Symbol
    package let hosts: [Symbol]

    init(_ spec: Value) {
        className = spec["ingressClassName"]?.symbol ?? .empty
        hosts = spec["rules"]?.elements.compactMap { $0["host"]?.symbol } ?? []
    }

    static func analyse(_ body: Value, _ tables: ClusterTables) -> Analysis.Result {
        let spec = body["spec"] ?? nil
        let facts = IngressFacts(spec)
        var collector = ReferenceCollector()
        func add(_ backend: Value?, _ collector: inout ReferenceCollector) {
            guard let name = backend?.at("service", "name") else { return }
            collector.add(.backend, .service, name.symbol ?? .empty, origin: name.origin)
        }
        add(spec["defaultBackend"], &collector)
        for rule in spec["rules"]?.elements ?? [] {
            for path in rule.at("http", "paths")?.elements ?? [] { add(path["backend"], &collector) }
        }
        // Without the Secret an ingress controller serves its own certificate.
        for tls in spec["tls"]?.elements ?? [] {
            guard let name = tls["secretName"] else { continue }
            collector.add(.secret, .secret, name.symbol ?? .empty, optional: true, origin: name.origin)
        }
        collector.add(.resource, .ingressClass, facts.className, origin: spec["ingressClassName"]?.origin ?? .none)
        return Analysis.Result(facts: facts, references: collector.references)
    }
}

/// What the model reads of an APIService: who serves a group and version.
package final class APIServiceFacts {
    package let group: Symbol
    package let version: Symbol
    /// Empty: the API server itself.
    package let serviceNamespace: Symbol
    package let serviceName: Symbol
    /// `insecureSkipTLSVerify`: any certificate will do.
    package let skipsVerification: Bool
    /// Whom the API server trusts; nil where the bundle's certificates are not known.
    package let caBundle: [CertificateFacts]?

    init(_ spec: Value) {
        skipsVerification = spec["insecureSkipTLSVerify"]?.boolean ?? false
        caBundle = CertificateFacts.bundle(spec)
        group = spec["group"]?.symbol ?? .empty
        version = spec["version"]?.symbol ?? .empty
        serviceNamespace = spec.at("service", "namespace")?.symbol ?? .empty
        serviceName = spec.at("service", "name")?.symbol ?? .empty
    }

    static func analyse(_ body: Value, _ tables: ClusterTables) -> Analysis.Result {
        let facts = APIServiceFacts(body["spec"] ?? nil)
        var collector = ReferenceCollector()
        collector.add(
            .webhookService, .service, facts.serviceName, in: facts.serviceNamespace,
            origin: body.at("spec", "service")?.origin ?? .none)
        return Analysis.Result(facts: facts, references: collector.references)
    }
}
