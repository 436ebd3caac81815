import ClusterSimulation

extension NormalForm {
    /// Kinds that the recorders of operators did not list.
    static let leftOutOfOperators: [Symbol] = [
        "ServiceAccount", "Pod", "ReplicaSet", "EndpointSlice", "Role", "RoleBinding", "Lease",
    ]

    /// What recordings of an operator show besides: its kinds with their conditions, Secrets with type and annotations.
    func addOperatorFields(_ form: inout Value, _ kind: Symbol, _ document: Value) {
        guard let recorded else { return }
        let spec = document["spec"] ?? nil
        let status = document["status"] ?? nil
        if recorded.defines(kind, of: document["apiVersion"]?.symbol ?? .empty) {
            let conditions = conditions(of: status)
            if !conditions.fields.isEmpty { form["conditions"] = conditions }
        }
        switch kind {
        case "Certificate":
            form["secretName"] = spec["secretName"]
            form["revision"] = status["revision"]
        case "CertificateRequest":
            let issuer = spec["issuerRef"] ?? nil
            form["issuer"] = .string("\(issuer["kind"]?.text ?? "Issuer")/\(issuer["name"]?.text ?? "")")
        case "Secret":
            form["type"] = document["type"] ?? "Opaque"
            form["annotations"] = nonEmpty(document.at("metadata", "annotations"))
            addCertificates(&form, document)
        case "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration":
            let bundles = (document["webhooks"]?.elements ?? []).map { webhook -> Value in
                let bundle = webhook.at("clientConfig", CertificateFacts.bundleField)?.elements ?? []
                return bundle.first.flatMap(CertificateFacts.init).map { .string(certificates.name(of: $0)) } ?? nil
            }
            form["caBundles"] = Value(.array(bundles))
        default: break
        }
    }

    private func conditions(of status: Value) -> Value {
        .object(
            of: (status["conditions"]?.elements ?? []).compactMap { condition -> (Symbol, Value?)? in
                guard let type = condition["type"]?.symbol else { return nil }
                return (type, [condition["status"] ?? nil, condition["reason"] ?? "", condition["message"] ?? ""])
            })
    }

    private func addCertificates(_ form: inout Value, _ document: Value) {
        let facts = document[CertificateFacts.secretField] ?? nil
        func first(_ key: Symbol) -> CertificateFacts? { (facts[key]?.elements.first).flatMap(CertificateFacts.init) }
        if let certificate = first("tls.crt") {
            form["certificate"] = [
                "id": .string(certificates.name(of: certificate)), "isCA": Value(.boolean(certificate.isCA)),
                "dnsNames": .strings(certificate.dnsNames), "issuer": Value(certificate.issuer),
                "subject": Value(certificate.subject), "keyMatches": true,
            ]
        }
        if let authority = first("ca.crt") { form["ca"] = .string(certificates.name(of: authority)) }
    }
}

/// Certificates as the recordings number them: `cert#1` is the first that a trace shows.
final class CertificateNumbers {
    private var seen: [CertificateFacts] = []

    func name(of certificate: CertificateFacts) -> String {
        if let index = seen.firstIndex(of: certificate) { return "cert#\(index + 1)" }
        seen.append(certificate)
        return "cert#\(seen.count)"
    }
}
