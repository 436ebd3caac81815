package import ClusterSimulation

/// What is known of one block of PEM.
package enum PEMFacts: Hashable, Sendable {
    case certificate(CertificateFacts)
    /// Of a private key only which public key belongs to it, written as `CertificateFacts.keyIdentity`.
    case privateKey(identity: Symbol)
    /// Why nothing is known: the text could not be read as a certificate or key.
    case invalid(String)

    /// The facts as an object, which `CertificateFacts` reads back where they are a certificate's.
    package var value: Value {
        switch self {
        case .certificate(let facts): facts.value
        case .privateKey(let identity): ["privateKey": true, "keyIdentity": Value(identity)]
        case .invalid(let reason): ["invalid": .string(reason)]
        }
    }

    /// The facts, where they are a certificate's.
    package var certificate: CertificateFacts? {
        if case .certificate(let facts) = self { facts } else { nil }
    }
}

extension Value {
    /// A list of facts.
    init(_ facts: [PEMFacts]) { self.init(.array(facts.map(\.value))) }
}
