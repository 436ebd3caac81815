import ClusterSimulation

extension FaultKind {
    /// A Vault server is sealed, as after a restart without auto-unseal.
    static let vaultSealed = vault("vaultSealed", "is sealed", .sealed)
    /// The end of `vaultSealed`.
    static let vaultUnsealed = vault("vaultUnsealed", "is unsealed", .serving)
    /// Nothing answers at a Vault server's address.
    static let vaultUnreachable = vault("vaultUnreachable", "does not answer", .unreachable)
    /// The end of `vaultUnreachable`.
    static let vaultReachable = vault("vaultReachable", "answers again", .serving)

    private static func vault(_ name: String, _ verb: String, _ condition: VaultFact.Condition) -> FaultKind {
        FaultKind(name, ["address"]) { reader in
            guard let address = reader.symbol("address", required: true) else { return nil }
            return Fault("Vault \(address) \(verb)") { simulation in
                guard simulation.externals.vaults.contains(where: { $0.address == address }) else {
                    return ["no Vault '\(address)' among the facts"]
                }
                simulation.setVault(address, condition)
                return []
            }
        }
    }
}
