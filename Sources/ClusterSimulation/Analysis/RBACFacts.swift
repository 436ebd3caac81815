/// One rule of a Role or ClusterRole.
package struct PolicyRule: Equatable, Sendable {
    package var verbs: [Symbol]
    package var apiGroups: [Symbol]
    /// Plurals, with a subresource as `deployments/status`; `*` and `*/scale` are wildcards.
    package var resources: [Symbol]
    /// Empty: every name.
    package var resourceNames: [Symbol]

    /// Reads one element of `rules`.
    init(_ value: Value) {
        verbs = value["verbs"]?.symbols ?? []
        apiGroups = value["apiGroups"]?.symbols ?? []
        resources = value["resources"]?.symbols ?? []
        resourceNames = value["resourceNames"]?.symbols ?? []
    }

    /// Whether the rule allows a request. Source: the RBAC documentation, "Referring to resources".
    func allows(_ request: AuthorizationRequest) -> Bool {
        guard verbs.contains(where: { $0 == request.verb || $0 == "*" }) else { return false }
        guard apiGroups.contains(where: { $0 == request.group || $0 == "*" }) else { return false }
        guard resources.contains(where: { request.isCovered(by: $0) }) else { return false }
        return resourceNames.isEmpty || (!request.name.isEmpty && resourceNames.contains(request.name))
    }
}

/// What authorization is asked, in the words of a rule.
struct AuthorizationRequest {
    var verb: Symbol
    var group: Symbol
    /// `deployments` or `deployments/status`.
    var resource: Symbol
    /// `*/status`, or empty without a subresource.
    var anyResource: Symbol
    var name: Symbol

    func isCovered(by resource: Symbol) -> Bool {
        resource == self.resource || resource == "*" || (!anyResource.isEmpty && resource == anyResource)
    }
}

/// What a Role or ClusterRole says.
package final class RoleFacts: Sendable {
    package let rules: [PolicyRule]
    /// The label selectors of `aggregationRule`; the rules of every ClusterRole that one of them matches count.
    package let aggregates: [LabelSelector]

    static func analyse(_ body: Value, _ tables: ClusterTables) -> Analysis.Result {
        Analysis.Result(facts: RoleFacts(body))
    }

    init(_ body: Value) {
        rules = (body["rules"]?.elements ?? []).map(PolicyRule.init)
        aggregates = (body.at("aggregationRule", "clusterRoleSelectors")?.elements ?? []).map(LabelSelector.init)
    }
}

/// What a RoleBinding or ClusterRoleBinding says.
package final class BindingFacts: Sendable {
    /// Whether the role is a ClusterRole.
    package let isClusterRole: Bool
    package let role: Symbol
    package let subjects: [Subject]

    /// Who is bound.
    package enum Subject: Hashable, Sendable {
        case user(Symbol)
        case group(Symbol)
        /// Namespace and name. An empty namespace matches nobody, as in Kubernetes.
        case serviceAccount(Symbol, Symbol)
    }

    static func analyse(_ body: Value, _ tables: ClusterTables) -> Analysis.Result {
        let facts = BindingFacts(body)
        let roleReference = body["roleRef"]
        var references = [
            Reference(
                .role, facts.isClusterRole ? .clusterRole : .role, .empty, facts.role,
                origin: roleReference?["name"]?.origin ?? .none)
        ]
        for (subject, element) in zip(facts.subjects, body["subjects"]?.elements ?? []) {
            let place = element["namespace"] ?? element["name"] ?? element
            if let reference = reference(to: subject, place.origin) { references.append(reference) }
        }
        return Analysis.Result(facts: facts, references: references)
    }

    private static func reference(to subject: Subject, _ origin: Origin) -> Reference? {
        switch subject {
        case .serviceAccount(let namespace, let name):
            return Reference(.subject, .serviceAccount, namespace, name, origin: origin)
        case .user(let user):
            guard let account = ServiceAccountName(user: user) else { return nil }
            return Reference(.subject, .serviceAccount, account.namespace, account.name, origin: origin)
        case .group(let group):
            let prefix = "system:serviceaccounts:"
            guard group.text.hasPrefix(prefix) else { return nil }
            let namespace = Symbol(group.text.dropFirst(prefix.count))
            return Reference(.namespaceName, .namespace, .empty, namespace, origin: origin)
        }
    }

    init(_ body: Value) {
        isClusterRole = body.at("roleRef", "kind")?.symbol == "ClusterRole"
        role = body.at("roleRef", "name")?.symbol ?? .empty
        subjects = (body["subjects"]?.elements ?? []).map { element in
            let name = element["name"]?.symbol ?? .empty
            switch element["kind"]?.symbol {
            case "Group": return .group(name)
            case "ServiceAccount": return .serviceAccount(element["namespace"]?.symbol ?? .empty, name)
            default: return .user(name)
            }
        }
    }
}

/// The user name of a ServiceAccount taken apart.
package struct ServiceAccountName: Hashable, Sendable {
    package var namespace: Symbol
    package var name: Symbol

    /// nil where the user is no ServiceAccount (`system:serviceaccount:NAMESPACE:NAME`).
    package init?(user: Symbol) {
        let parts = user.text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "system", parts[1] == "serviceaccount" else { return nil }
        namespace = Symbol(parts[2])
        name = Symbol(parts[3])
    }
}
