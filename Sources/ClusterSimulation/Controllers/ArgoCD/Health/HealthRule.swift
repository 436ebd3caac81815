/// The health check of one kind, or of every kind of a group.
struct HealthRule: Sendable {
    typealias Check = @Sendable (HealthInput) -> ResourceHealth?

    /// An API group. `*.` before a name stands for every group that ends so.
    let group: Symbol
    /// Empty for every kind of the group.
    let kind: Symbol
    let check: Check

    init(_ group: Symbol, _ kind: Symbol, _ check: @escaping Check) {
        self.group = group
        self.kind = kind
        self.check = check
    }

    init(_ group: Symbol, _ kind: Symbol, _ table: ConditionTable) {
        self.init(group, kind) { table.health($0) }
    }

    /// Whether the rule is for more than one kind.
    var isWildcard: Bool { kind.isEmpty }

    /// Whether a wildcard is for the kinds of a group.
    func covers(_ other: Symbol) -> Bool {
        if group == other { return true }
        let pattern = group.utf8
        let text = other.utf8
        guard pattern.count > 1, pattern[0] == UInt8(ascii: "*"), text.count >= pattern.count else { return false }
        return text.suffix(pattern.count - 1).elementsEqual(pattern.dropFirst())
    }
}

/// The checks for which Argo CD ships a script (`resource_customizations/<group>/<kind>/health.lua` of argoproj/argo-cd,
/// a wildcard where a folder is `_`), restated. Families: one line each.
enum HealthCatalogue {
    static let families: [[HealthRule]] = [
        KubernetesHealth.rules,
        GatewayHealth.rules,
        CertificateHealth.rules,
        ArgoHealth.rules,
        RolloutHealth.rules,
        PromoterHealth.rules,
        PostgresHealth.rules,
        SecretHealth.rules,
        ScalingHealth.rules,
        PolicyHealth.rules,
        ObservabilityHealth.rules,
        GrafanaHealth.rules,
        ElasticHealth.rules,
        KafkaHealth.rules,
        RabbitMQHealth.rules,
        FluxHealth.rules,
        CrossplaneHealth.rules,
        CloudResourceHealth.rules,
        ClusterAPIHealth.rules,
        DatabaseHealth.rules,
        GlooHealth.rules,
        PlatformHealth.rules,
        StateHealth.rules,
        WorkloadOperatorHealth.rules,
    ]

    /// The check of a kind: its own before one of its group; nil where it has none.
    static func check(group: Symbol, kind: Symbol) -> HealthRule.Check? {
        exact[Name(group: group, kind: kind)] ?? wildcards.first { $0.covers(group) }?.check
    }

    private struct Name: Hashable {
        var group: Symbol
        var kind: Symbol
    }

    private static let exact: [Name: HealthRule.Check] = {
        var checks: [Name: HealthRule.Check] = [:]
        for rule in families.joined() where !rule.isWildcard {
            checks[Name(group: rule.group, kind: rule.kind)] = rule.check
        }
        return checks
    }()

    private static let wildcards = families.joined().filter(\.isWildcard)
}
