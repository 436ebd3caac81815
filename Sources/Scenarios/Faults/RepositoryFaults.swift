import ClusterSimulation

extension FaultKind {
    /// Argo CD cannot read a git repository or a repository of charts.
    static let repositoryUnavailable = repository("repositoryUnavailable", "does not answer", isAvailable: false)
    /// The end of `repositoryUnavailable`.
    static let repositoryAvailable = repository("repositoryAvailable", "answers again", isAvailable: true)

    private static func repository(_ name: String, _ verb: String, isAvailable: Bool) -> FaultKind {
        FaultKind(name, ["url"]) { reader in
            guard let url = reader.symbol("url", required: true) else { return nil }
            return Fault("repository \(url) \(verb)", outside: { $0.setRepository(url, isAvailable: isAvailable) })
        }
    }
}
