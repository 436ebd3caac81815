import ClusterSimulation

extension FaultKind {
    /// A Pod is deleted without grace.
    static let podKill = FaultKind("podKill", ["namespace", "name"]) { reader in
        let namespace = reader.symbol("namespace", required: true)
        let name = reader.symbol("name", required: true)
        guard let namespace, let name else { return nil }
        return Fault("Pod \(namespace)/\(name) is killed") { simulation in
            let key = simulation.tables.key(.pod, namespace, name)
            switch simulation.delete(key, as: .admin, DeleteOptions(gracePeriodSeconds: 0)) {
            case .success: return []
            case .failure(let error): return [KubectlCommand.text(of: error)]
            }
        }
    }
}
