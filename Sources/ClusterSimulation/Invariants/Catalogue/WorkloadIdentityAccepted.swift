extension Invariant {
    /// I10: an identity that is bound to a namespace is accepted where the workload now lives.
    static let workloadIdentityAccepted = Invariant(
        "workload-identity-accepted", .always,
        title: "Vault accepts the ServiceAccount of every secret's namespace",
        predicate: "is not accepted by Vault",
        grace: .minutes(5),
        reads: VaultPath.reads + [
            .changes(of: .kind(.serviceAccount), [.created, .removed]) { simulation, account, body in
                let kind = VaultSecrets.kind(simulation.tables, "VaultStaticSecret")
                simulation.forEach(kind, in: simulation.tables.namespace(account), body)
            }
        ],
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
        let namespace = simulation.tables.namespace(key)
        let auth = path.authFacts
        guard let address = path.address, auth.method == "kubernetes" else { return .holds }
        let account = simulation.tables.key(.serviceAccount, namespace, auth.serviceAccount)
        guard simulation.state.exists(account) else {
            return violated(key, path, "\(simulation.tables.describe(account)) does not exist")
        }
        guard let vault = simulation.externals.vaults.first(where: { $0.address == address }) else {
            return .unknown(
                Evidence { _ in
                    Explanation(
                        "no fact says which roles the Vault at \(address) has",
                        remedy: "add facts.vault for \(address)", origin: path.origin)
                })
        }
        guard let refusal = VaultStaticSecrets.refusal(vault, auth, namespace) else { return .holds }
        return violated(key, path, refusal)
    }

    private static func violated(_ key: ObjectKey, _ path: VaultPath, _ refusal: String) -> Finding {
        .violated(
            Evidence(fingerprint: UInt64(path.auth.index) ^ Symbol(refusal).stableHash) { simulation in
                let namespace = simulation.tables.namespace(key)
                let auth = path.authFacts
                return Explanation(
                    "Vault role \(auth.role) does not accept ServiceAccount \(auth.serviceAccount) of namespace "
                        + "\(namespace), as which \(simulation.tables.describe(key)) logs in: \(refusal)",
                    remedy: "bind role \(auth.role) of auth mount \(auth.mount) to ServiceAccount "
                        + "\(auth.serviceAccount) of namespace \(namespace)",
                    origin: path.origin)
            })
    }
}
