/// The programs of Vault and of its operator.
enum VaultPrograms {
    /// A server that is initialised and unsealed as soon as it runs. What it holds are facts of the scenario.
    static let server = ProgramModel("vault")

    /// Source: vault-secrets-operator `main.go`: `--leader-elect` and the name of its Lease. Vault is asked when a
    /// secret is reconciled, not at the start.
    static let secretsOperator = ProgramModel(
        VaultSecrets.name,
        leaderElection: LeaderElection("b0d477c0.hashicorp.com", isEnabled: { $0.flag("leader-elect") }))
}
