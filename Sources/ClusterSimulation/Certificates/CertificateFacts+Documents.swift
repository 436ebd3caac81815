extension CertificateFacts {
    /// The chain under one key of a Secret's body; empty where there is none.
    static func chain(of secret: Value, _ key: Symbol) -> [CertificateFacts] {
        secret[secretField]?[key]?.elements.compactMap(CertificateFacts.init) ?? []
    }

    /// The authorities of the bundle in a client configuration or an APIService's spec: none where it has no bundle, so
    /// that the system's roots count, which sign nothing in a cluster; nil where its certificates are not known.
    static func bundle(_ value: Value?) -> [CertificateFacts]? {
        if let bundle = value?[bundleField] { return bundle.elements.compactMap(CertificateFacts.init) }
        let isMissing = value?["caBundle"] == nil || value?["caBundle"]?.symbol == .empty
        return isMissing ? [] : nil
    }

    /// What stands for the certificate where a text is wanted, in the alphabet of base64.
    var bundleText: Symbol { Symbol("CERT" + keyIdentity.text.filter { $0.isLetter || $0.isNumber }) }
}
