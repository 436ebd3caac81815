import Testing

@testable import ClusterSimulation

@Suite struct VaultSecretsTests {
    private func cluster(namespaces: [Symbol] = ["*"]) -> OperatorCluster {
        var externals = ExternalSystems()
        externals.vaults = [
            VaultFact(
                address: "http://vault.vault.svc.cluster.local:8200",
                secrets: [(path: "secret/token", keys: ["token", "user"])],
                roles: [
                    .init(mount: "kubernetes", name: "operator", serviceAccounts: ["default"], namespaces: namespaces)
                ])
        ]
        var cluster = OperatorCluster(
            kinds: [
                "secrets.hashicorp.com/VaultConnection/vaultconnections",
                "secrets.hashicorp.com/VaultAuth/vaultauths",
                "secrets.hashicorp.com/VaultStaticSecret/vaultstaticsecrets",
            ], namespaces: ["vault", "infra", "app"], externals: externals)
        cluster.serve("vault", "vault")
        cluster.apply([
            "apiVersion": "v1", "kind": "ServiceAccount", "metadata": ["name": "default", "namespace": "app"],
        ])
        cluster.apply([
            "apiVersion": "secrets.hashicorp.com/v1beta1", "kind": "VaultConnection",
            "metadata": ["name": "connection", "namespace": "infra"],
            "spec": ["address": "http://vault.vault.svc.cluster.local:8200"],
        ])
        cluster.run("vault-secrets-operator", in: "infra")
        return cluster
    }

    private func auth(_ allowed: Value?, serviceAccount: Value = "default") -> Value {
        [
            "apiVersion": "secrets.hashicorp.com/v1beta1", "kind": "VaultAuth",
            "metadata": ["name": "auth", "namespace": "infra"],
            "spec": .object([
                "vaultConnectionRef": "connection", "method": "kubernetes", "mount": "kubernetes",
                "kubernetes": ["role": "operator", "serviceAccount": serviceAccount], "allowedNamespaces": allowed,
            ]),
        ]
    }

    private func secret(_ auth: Value = "infra/auth", path: Value = "token", transformation: Value? = nil) -> Value {
        [
            "apiVersion": "secrets.hashicorp.com/v1beta1", "kind": "VaultStaticSecret",
            "metadata": ["name": "token", "namespace": "app"],
            "spec": [
                "vaultAuthRef": auth, "mount": "secret", "path": path, "type": "kv-v2", "refreshAfter": "30s",
                "destination": .object(["create": true, "name": "token", "transformation": transformation]),
            ],
        ]
    }

    private func reason(_ cluster: OperatorCluster) -> String {
        let key = cluster.key("secrets.hashicorp.com/v1beta1", "VaultStaticSecret", "app", "token")
        let synced = cluster.simulation.statusCondition(key, "SecretSynced")
        return "\(synced?["reason"]?.text ?? ""): \(synced?["message"]?.text ?? "")"
    }

    @Test func `a static secret becomes a Secret with the keys of Vault and no values`() {
        var cluster = cluster()
        cluster.apply(auth(["*"]))
        cluster.apply(secret())
        cluster.settle()
        let data = cluster.body(.secret, "app", "token")["data"]
        #expect(data?.fields.map(\.key) == ["token", "user", "_raw"])
        #expect(data?.fields.allSatisfy { $0.value.symbol == SecretContent.placeholder } == true)
        let writes = cluster.simulation.counters.apiWrites
        cluster.settle()
        #expect(cluster.simulation.counters.apiWrites == writes)
    }

    @Test func `a template adds its key and excludeRaw leaves the raw entry out`() {
        var cluster = cluster()
        cluster.apply(auth(["*"]))
        cluster.apply(secret(transformation: ["excludeRaw": true, "templates": ["github_token": ["text": "x"]]]))
        cluster.settle()
        #expect(
            cluster.body(.secret, "app", "token")["data"]?.fields.map(\.key) == ["token", "user", "github_token"])
    }

    @Test(
        arguments: [(nil, false), ([], false), (["*"], true), (["app"], true), (["other"], false)]
            as [([String]?, Bool)])
    func `allowedNamespaces decides who may use a VaultAuth`(allowed: [String]?, expected: Bool) {
        var cluster = cluster()
        cluster.apply(auth(allowed.map { .strings($0.map { Symbol($0) }) }))
        cluster.apply(secret())
        cluster.settle()
        #expect(cluster.exists(.secret, "app", "token") == expected)
        if !expected { #expect(reason(cluster).contains("is not allowed by auth method infra/auth")) }
    }

    @Test func `without its VaultAuth there is no Secret, and there is one when it comes`() {
        var cluster = cluster()
        cluster.apply(secret())
        cluster.settle()
        #expect(reason(cluster).hasPrefix("VaultClientConfigError"))
        #expect(!cluster.exists(.secret, "app", "token"))
        cluster.apply(auth(["*"]))
        cluster.settle()
        #expect(cluster.exists(.secret, "app", "token"))
    }

    @Test func `the ServiceAccount is looked up in the namespace of the secret`() {
        var cluster = cluster()
        cluster.apply(auth(["*"], serviceAccount: "reader"))
        cluster.apply([
            "apiVersion": "v1", "kind": "ServiceAccount", "metadata": ["name": "reader", "namespace": "infra"],
        ])
        cluster.apply(secret())
        cluster.settle()
        #expect(reason(cluster).contains("ServiceAccount \"reader\" not found"))
    }

    @Test func `a role bound to another namespace refuses the login`() {
        var cluster = cluster(namespaces: ["operators"])
        cluster.apply(auth(["*"]))
        cluster.apply(secret())
        cluster.settle()
        #expect(reason(cluster).contains("namespace not authorized"))
    }

    @Test func `an empty path gives no Secret until a value is put there`() {
        var cluster = cluster()
        cluster.apply(auth(["*"]))
        cluster.apply(secret(path: "later"))
        cluster.settle()
        #expect(reason(cluster).contains("empty response from Vault, path=\"secret/data/later\""))
        cluster.simulation.vaultPut("secret/later", keys: ["KUBECONFIG"])
        cluster.settle(.seconds(31))
        #expect(cluster.body(.secret, "app", "token").at("data", "KUBECONFIG") != nil)
    }

    @Test(
        arguments: [
            (
                .sealed,
                "Error making API request. URL: GET http://vault.vault.svc.cluster.local:8200/v1/secret/data/token. "
                    + "Code: 503. Errors: * Vault is sealed"
            ),
            (
                .unreachable,
                "Get \"http://vault.vault.svc.cluster.local:8200/v1/secret/data/token\": "
                    + "dial tcp vault.vault.svc.cluster.local:8200: connect: connection refused"
            ),
        ] as [(VaultFact.Condition, String)])
    func `a secret that was synced stays while Vault is out, and is synced again`(
        condition: VaultFact.Condition, problem: String
    ) {
        var cluster = cluster()
        cluster.apply(auth(["*"]))
        cluster.apply(secret())
        cluster.settle()
        let vault: Symbol = "http://vault.vault.svc.cluster.local:8200"
        cluster.simulation.setVault(vault, condition)
        cluster.settle(.seconds(31))
        #expect(reason(cluster) == "VaultClientError: Failed to read Vault secret: \(problem)")
        #expect(cluster.body(.secret, "app", "token").at("data", "token") != nil)
        cluster.settle(.minutes(60))
        #expect(reason(cluster).hasPrefix("VaultClientError"))
        cluster.simulation.setVault(vault, .serving)
        cluster.settle(.seconds(61))
        #expect(reason(cluster) == "SecretSynced: Secret synced")
    }

    @Test(arguments: [.sealed, .unreachable] as [VaultFact.Condition])
    func `a new secret waits for a login until Vault serves`(condition: VaultFact.Condition) {
        var cluster = cluster()
        cluster.apply(auth(["*"]))
        let vault: Symbol = "http://vault.vault.svc.cluster.local:8200"
        cluster.simulation.setVault(vault, condition)
        cluster.apply(secret())
        cluster.settle()
        #expect(reason(cluster).hasPrefix("VaultClientConfigError: Failed to get Vault auth login: "))
        #expect(reason(cluster).contains(condition == .sealed ? "Vault is sealed" : "connection refused"))
        #expect(!cluster.exists(.secret, "app", "token"))
        cluster.simulation.setVault(vault, .serving)
        cluster.settle(.seconds(61))
        #expect(cluster.exists(.secret, "app", "token"))
    }

    @Test func `Vault without a ready endpoint gives nothing until it has one`() {
        var cluster = cluster()
        cluster.serve("vault", "vault", ready: false)
        cluster.apply(auth(["*"]))
        cluster.apply(secret())
        cluster.settle()
        #expect(reason(cluster).contains("connection refused"))
        cluster.serve("vault", "vault", ready: true)
        cluster.settle()
        #expect(cluster.exists(.secret, "app", "token"))
    }
}
