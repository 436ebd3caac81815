/// A name with or without a namespace, as the Vault Secrets Operator writes references: `name` or `namespace/name`.
struct VaultReference: Equatable {
    /// Empty: that of the referring object.
    var namespace: Symbol
    var name: Symbol

    /// nil where there is more than one slash, or no text.
    init?(_ text: String?) {
        guard let text, !text.isEmpty else { return nil }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2 else { return nil }
        namespace = parts.count == 2 ? Symbol(parts[0]) : .empty
        name = Symbol(parts[parts.count - 1])
    }
}

/// What a VaultConnection says.
package final class VaultConnectionFacts: @unchecked Sendable {
    /// `http://vault.vault.svc.cluster.local:8200`.
    package let address: Symbol
    /// The Service behind the address; nil for a host outside the cluster.
    package let service: Reference?

    static func analyse(_ body: Value, _ tables: ClusterTables) -> Analysis.Result {
        let facts = VaultConnectionFacts(body)
        return Analysis.Result(facts: facts, references: facts.service.map { [$0] } ?? [])
    }

    init(_ body: Value) {
        let place = body.at("spec", "address")
        address = place?.symbol ?? .empty
        let labels = Self.host(address.text).split(separator: ".")
        if labels.count >= 2, labels.count == 2 || labels[2] == "svc" {
            service = Reference(
                .dnsName, .service, Symbol(labels[1]), Symbol(labels[0]), origin: place?.origin ?? .none)
        } else if labels.count == 1, let name = labels.first {
            service = Reference(.dnsName, .service, .empty, Symbol(name), origin: place?.origin ?? .none)
        } else {
            service = nil
        }
    }

    /// The host of a URL, and its port.
    static func hostAndPort(_ url: String) -> String {
        let isPlain = url.hasPrefix("http://")
        var rest = Substring(url)
        if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
        rest = rest.prefix { $0 != "/" }
        return rest.contains(":") ? String(rest) : "\(rest):\(isPlain ? 80 : 443)"
    }

    /// The host of a URL.
    private static func host(_ url: String) -> Substring {
        var rest = Substring(url)
        if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
        return rest.prefix { $0 != ":" && $0 != "/" }
    }
}

/// What a VaultAuth says.
package final class VaultAuthFacts: @unchecked Sendable {
    /// nil: the connection `default` of the operator's namespace.
    let connection: VaultReference?
    package let method: Symbol
    package let mount: Symbol
    package let role: Symbol
    /// Looked up in the namespace of the object that uses this VaultAuth.
    package let serviceAccount: Symbol
    package let allowedNamespaces: [Symbol]

    static func analyse(_ body: Value, _ tables: ClusterTables) -> Analysis.Result {
        let facts = VaultAuthFacts(body)
        var references: [Reference] = []
        if let connection = facts.connection {
            references.append(
                Reference(
                    .resource, VaultSecrets.kind(tables, "VaultConnection"), connection.namespace, connection.name,
                    origin: body.at("spec", "vaultConnectionRef")?.origin ?? .none))
        }
        for place in body.at("spec", "allowedNamespaces")?.elements ?? [] {
            guard let name = place.symbol, name != "*" else { continue }
            references.append(Reference(.namespaceName, .namespace, .empty, name, origin: place.origin))
        }
        return Analysis.Result(facts: facts, references: references)
    }

    init(_ body: Value) {
        let spec = body["spec"] ?? nil
        connection = VaultReference(spec["vaultConnectionRef"]?.text)
        method = spec["method"]?.symbol ?? "kubernetes"
        mount = spec["mount"]?.symbol ?? method
        role = spec[method]?["role"]?.symbol ?? .empty
        serviceAccount = spec[method]?["serviceAccount"]?.symbol ?? "default"
        allowedNamespaces = spec["allowedNamespaces"]?.symbols ?? []
    }

    /// Whether an object of a namespace may use this VaultAuth.
    ///
    /// Source: vault-secrets-operator `internal/common`: its own namespace always; the VaultAuth `default` of the
    /// operator's namespace for everybody; an empty list nobody else; exactly `["*"]` everybody; else who is listed.
    package func allows(_ namespace: Symbol, authNamespace: Symbol, authName: Symbol, operatorNamespace: Symbol) -> Bool
    {
        if namespace == authNamespace { return true }
        if authName == "default", authNamespace == operatorNamespace { return true }
        if allowedNamespaces == ["*"] { return true }
        return allowedNamespaces.contains(namespace)
    }
}

/// What a VaultStaticSecret says.
package final class VaultStaticSecretFacts: @unchecked Sendable {
    /// nil: the VaultAuth `default` of the operator's namespace.
    let auth: VaultReference?
    package let mount: Symbol
    package let path: Symbol
    package let isVersion2: Bool
    /// How often the operator looks at Vault.
    package let refreshAfter: SimulationTime.Span
    package let destination: Symbol
    let createsDestination: Bool
    let overwritesDestination: Bool
    let type: Symbol
    let labels: [(Symbol, Symbol)]
    let annotations: [(Symbol, Symbol)]
    let excludesRaw: Bool
    let excludes: [String]
    let includes: [String]
    let templateKeys: [Symbol]

    static func analyse(_ body: Value, _ tables: ClusterTables) -> Analysis.Result {
        let facts = VaultStaticSecretFacts(body)
        var references: [Reference] = []
        if let auth = facts.auth {
            references.append(
                Reference(
                    .resource, VaultSecrets.kind(tables, "VaultAuth"), auth.namespace, auth.name,
                    origin: body.at("spec", "vaultAuthRef")?.origin ?? .none))
        }
        return Analysis.Result(facts: facts, references: references)
    }

    init(_ body: Value) {
        let spec = body["spec"] ?? nil
        auth = VaultReference(spec["vaultAuthRef"]?.text)
        mount = spec["mount"]?.symbol ?? .empty
        path = spec["path"]?.symbol ?? .empty
        isVersion2 = spec["type"]?.symbol == "kv-v2"
        refreshAfter = GoDuration(spec["refreshAfter"]?.text ?? "60s")?.span ?? .seconds(60)
        let destination = spec["destination"] ?? nil
        self.destination = destination["name"]?.symbol ?? .empty
        createsDestination = destination["create"]?.boolean ?? false
        overwritesDestination = destination["overwrite"]?.boolean ?? false
        type = destination["type"]?.symbol ?? "Opaque"
        labels = (destination["labels"]?.fields ?? []).map { ($0.key, $0.value.symbol ?? .empty) }
        annotations = (destination["annotations"]?.fields ?? []).map { ($0.key, $0.value.symbol ?? .empty) }
        let transformation = destination["transformation"] ?? nil
        excludesRaw = transformation["excludeRaw"]?.boolean ?? false
        excludes = (transformation["excludes"]?.symbols ?? []).map(\.text)
        includes = (transformation["includes"]?.symbols ?? []).map(\.text)
        templateKeys = (transformation["templates"]?.fields ?? []).map(\.key)
    }

    /// `mount/path`, as the facts of Vault name it.
    package var vaultPath: Symbol { Symbol("\(mount)/\(path)") }

    /// The path of the request: a kv-v2 mount puts `data/` between.
    var requestPath: String { isVersion2 ? "\(mount)/data/\(path)" : "\(mount)/\(path)" }

    /// The keys of the Secret that come of the keys in Vault.
    ///
    /// Source: the operator's documentation, "Secret data transformation": the source keys that the filters leave, one
    /// key a template, and `_raw`. Filters are regular expressions; they are compared as plain names here.
    func secretKeys(_ keys: [Symbol]) -> [Symbol] {
        var result = keys.filter { key in
            if !includes.isEmpty, !includes.contains(where: { Self.matches($0, key) }) { return false }
            return !excludes.contains { Self.matches($0, key) }
        }
        for key in templateKeys where !result.contains(key) { result.append(key) }
        if !excludesRaw, !result.contains("_raw") { result.append("_raw") }
        return result
    }

    private static func matches(_ pattern: String, _ key: Symbol) -> Bool {
        let plain = pattern.drop { $0 == "^" }
        let name = plain.hasSuffix("$") ? plain.dropLast() : plain
        return name == key.text || name == ".*" || name == ".+"
    }
}
