import ClusterSimulation

extension FaultKind {
    /// Images of a registry cannot be pulled.
    static let registryUnavailable = registry("registryUnavailable", "does not answer", isAvailable: false)
    /// The end of `registryUnavailable`.
    static let registryAvailable = registry("registryAvailable", "answers again", isAvailable: true)

    private static func registry(_ name: String, _ verb: String, isAvailable: Bool) -> FaultKind {
        FaultKind(name, ["host"]) { reader in
            guard let host = reader.symbol("host", required: true) else { return nil }
            return Fault("registry \(host) \(verb)", outside: { $0.setRegistry(host, isAvailable: isAvailable) })
        }
    }
}
