/// What a Vault server holds: paths and the keys under them, never values.
package struct VaultFact: Sendable {
    package var address: Symbol
    /// `mount/path` and its keys.
    package var secrets: [(path: Symbol, keys: [Symbol])]
    package var roles: [Role]
    /// Whether it answers now, and with what.
    package var condition = Condition.serving

    /// What a request to the server meets.
    package enum Condition: Sendable, Equatable {
        case serving
        /// It answers everything but its seal status with 503.
        case sealed
        /// Nothing answers at its address.
        case unreachable
    }

    /// A role of the Kubernetes auth method; `*` allows all.
    package struct Role: Sendable {
        package var mount: Symbol
        package var name: Symbol
        package var serviceAccounts: [Symbol]
        package var namespaces: [Symbol]
        package var origin: Origin

        package init(
            mount: Symbol, name: Symbol, serviceAccounts: [Symbol], namespaces: [Symbol], origin: Origin = .none
        ) {
            self.mount = mount
            self.name = name
            self.serviceAccounts = serviceAccounts
            self.namespaces = namespaces
            self.origin = origin
        }
    }

    package init(address: Symbol, secrets: [(path: Symbol, keys: [Symbol])], roles: [Role]) {
        self.address = address
        self.secrets = secrets
        self.roles = roles
    }
}

extension ExternalSystems {
    private static let vaultsSlot = Slot<[VaultFact]>("vaults", [])

    /// Vault servers.
    package var vaults: [VaultFact] {
        _read { yield others[Self.vaultsSlot] }
        _modify { yield &others[Self.vaultsSlot] }
    }
}
