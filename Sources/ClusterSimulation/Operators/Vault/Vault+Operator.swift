extension Operator {
    /// Vault, and the Vault Secrets Operator.
    static let vault = Operator(
        programs: [VaultPrograms.server, VaultPrograms.secretsOperator],
        controllers: [VaultSecrets.controller],
        analysers: [
            "secrets.hashicorp.com/VaultConnection": VaultConnectionFacts.analyse,
            "secrets.hashicorp.com/VaultAuth": VaultAuthFacts.analyse,
            "secrets.hashicorp.com/VaultStaticSecret": VaultStaticSecretFacts.analyse,
        ],
        finalizers: FinalizerOwners.Entry.of(
            VaultSecrets.name, "vaultconnection.secrets.hashicorp.com/*", "vaultauth.secrets.hashicorp.com/*",
            "vaultstaticsecret.secrets.hashicorp.com/*", "vaultdynamicsecret.secrets.hashicorp.com/*"))
}
