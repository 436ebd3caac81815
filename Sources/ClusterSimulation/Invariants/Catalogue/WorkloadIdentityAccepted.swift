extension Invariant {
    /// I10: an identity that is bound to a namespace is accepted where the workload now lives.
    static let workloadIdentityAccepted = Invariant(
        "workload-identity-accepted", .always,
        title: "Vault accepts the ServiceAccount of every secret's namespace",
        grace: .minutes(5),
        reads: [.subjects(VaultPath.secretKind), .targets(.resource)],
        page: Page(
            rule: """
                A role of Vault's Kubernetes auth method lists ServiceAccounts and namespaces. The operator logs in as \
                the ServiceAccount in the *secret's* namespace, so a move needs the role changed too.
                """,
            incident: "hashicorp/vault-plugin-auth-kubernetes#89: `namespace not authorized` after a move.",
            symptom: "`namespace not authorized` in the operator's log; no Secret appears.",
            remedy: "Bind the role to the new namespace before the move, and unbind the old one after it.")
    ) { simulation, key in
        guard simulation.state.exists(key) else { return .notApplicable }
        guard let path = VaultPath(simulation, key) else { return .holds }
        guard let vault = simulation.externals.vaults.first(where: { $0.address == path.address }) else {
            return .unknown(
                Evidence { simulation in
                    Explanation(
                        "no fact says which roles the Vault at \(path.address) has",
                        remedy: "add facts.vault for \(path.address)", origin: path.origin)
                })
        }
        let namespace = simulation.tables.namespace(key)
        let accepted = vault.roles.contains { role in
            role.mount == path.mount && role.name == path.role
                && role.namespaces.contains { $0 == "*" || $0 == namespace }
                && role.serviceAccounts.contains { $0 == "*" || $0 == path.serviceAccount }
        }
        if accepted { return .holds }
        return .violated(
            Evidence(fingerprint: UInt64(path.auth.index)) { simulation in
                Explanation(
                    "Vault role \(path.role) does not accept ServiceAccount \(path.serviceAccount) of namespace "
                        + "\(namespace), which \(simulation.tables.describe(key)) logs in as: namespace not authorized",
                    remedy: "bind role \(path.role) of auth mount \(path.mount) to namespace \(namespace)",
                    origin: path.origin)
            })
    }
}
