extension Invariant {
    /// I9: every reference across namespaces is one that its target allows.
    static let crossNamespaceReferencesAllowed = Invariant(
        "cross-namespace-references-allowed", .always,
        title: "Every cross-namespace reference is allowed by its target",
        predicate: "uses a VaultAuth that does not allow its namespace",
        grace: .minutes(5),
        reads: VaultPath.reads,
        page: Page(
            rule: """
                A VaultAuth serves its own namespace, and others as `allowedNamespaces` lists them: "*" all of them; \
                absent or empty none (API reference of the Vault Secrets Operator).
                """,
            incident: "hashicorp/vault-secrets-operator PR#291 and PR#1113: four forms of the list, four meanings.",
            symptom: "The VaultStaticSecret reports that its namespace is not allowed; no Secret appears.",
            remedy: "Add the new namespace to `allowedNamespaces` in the change set that moves the consumer.")
    ) { simulation, key in
        guard simulation.state.exists(key) else { return .notApplicable }
        guard let path = VaultPath(simulation, key) else { return .holds }
        let namespace = simulation.tables.namespace(key)
        if path.allows(namespace, simulation.tables) { return .holds }
        return .violated(
            Evidence(fingerprint: UInt64(path.auth.index)) { simulation in
                let auth = simulation.tables.describe(path.auth)
                return Explanation(
                    "\(simulation.tables.describe(key)) uses \(auth), which does not allow namespace \(namespace)",
                    remedy: "add \"\(namespace)\" to spec.allowedNamespaces of \(auth)", origin: path.origin,
                    theme: "\(auth) does not allow \(namespace)")
            })
    }
}
