/// Vault servers that are sealed or do not answer.
extension VaultStaticSecrets {
    /// What an operator that holds a token is told when it reads; nil where it has none, or where the server serves.
    ///
    /// A client that has logged in is kept, and a secret that was synced had one. The Secret that was written stays as
    /// it is: nothing is read, nothing is written.
    /// Source: vault-secrets-operator `vaultstaticsecret_controller.go`; the text of Vault's API client;
    /// hashicorp/vault#213 for the 503.
    static func readFailure(_ simulation: Simulation, _ key: ObjectKey, _ facts: VaultStaticSecretFacts) -> Failure? {
        let auth = self.auth(simulation, key, facts)
        guard simulation.state.exists(auth), let authFacts = simulation.facts(auth, VaultAuthFacts.self) else {
            return nil
        }
        let connection = VaultSecrets.connection(simulation, of: auth, authFacts)
        guard simulation.state.exists(connection), let vault = vault(simulation, connection)
        else { return nil }
        let synced = simulation.statusCondition(key, "SecretSynced")
        guard synced?["status"]?.symbol == "True" || synced?["reason"]?.symbol == "VaultClientError",
            let problem = problem(of: vault, "GET", path: facts.requestPath)
        else { return nil }
        return Failure(reason: "VaultClientError", message: "Failed to read Vault secret: \(problem)")
    }

    /// Why a login gets no answer of the auth method; nil where it gets one.
    static func loginProblem(_ vault: VaultFact, _ auth: VaultAuthFacts) -> String? {
        problem(of: vault, "PUT", path: "auth/\(auth.mount)/login")
    }

    private static func problem(of vault: VaultFact, _ method: String, path: String) -> String? {
        let url = "\(vault.address)/v1/\(path)"
        switch vault.condition {
        case .serving: return nil
        case .sealed: return "Error making API request. URL: \(method) \(url). Code: 503. Errors: * Vault is sealed"
        case .unreachable:
            let verb = method == "GET" ? "Get" : "Put"
            let address = VaultConnectionFacts.hostAndPort(vault.address.text)
            return "\(verb) \"\(url)\": dial tcp \(address): connect: connection refused"
        }
    }
}

extension Simulation {
    /// The longest pause of the operator between two attempts (`--back-off-max-interval`).
    private static let longestVaultBackOff = SimulationTime.Span.seconds(60)

    /// A Vault server is sealed, stops answering, or serves again. The operator finds an outage when it looks next, at
    /// a multiple of each secret's `refreshAfter`, and its end within the longest back-off, which is taken as the pause.
    package mutating func setVault(_ address: Symbol, _ condition: VaultFact.Condition) {
        for index in externals.vaults.indices where externals.vaults[index].address == address {
            externals.vaults[index].condition = condition
        }
        for key in objects(of: VaultSecrets.kind(tables, "VaultStaticSecret")) {
            guard let facts = facts(key, VaultStaticSecretFacts.self) else { continue }
            if condition == .serving {
                requeue(VaultSecrets.name, key, after: Self.longestVaultBackOff)
            } else {
                lookAgain(key, facts)
            }
        }
        guard condition == .serving else { return }
        // A connection is judged when it changes, and tried again only where that failed.
        for key in objects(of: VaultSecrets.kind(tables, "VaultConnection")) {
            requeue(VaultSecrets.name, key, after: Self.longestVaultBackOff)
        }
    }

    /// Lets the operator look at a secret at the next multiple of its `refreshAfter`.
    mutating func lookAgain(_ key: ObjectKey, _ facts: VaultStaticSecretFacts) {
        let period = max(1000, facts.refreshAfter.milliseconds)
        let elapsed = (now - state[key].created).milliseconds
        requeue(VaultSecrets.name, key, after: .milliseconds(period - elapsed % period))
    }
}
