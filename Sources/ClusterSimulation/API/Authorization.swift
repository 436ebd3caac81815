/// RBAC. Source: the Kubernetes RBAC documentation; refusals: recordings, family rbac.
extension Simulation {
    /// Refuses what no role allows. Trusted callers may do everything.
    ///
    /// - Parameter name: empty for `create`, `list`, `watch` and `deletecollection`, which RBAC decides without a name.
    func authorize(
        _ caller: Caller, _ verb: Symbol, _ kind: KindID, _ namespace: Symbol, _ name: Symbol,
        subresource: Symbol = .empty
    ) throws(APIError) {
        if caller.isTrusted { return }
        if isAllowed(caller.user, verb, kind, namespace, name, subresource: subresource) { return }
        throw refusal(caller.user, verb, kind, namespace, name, subresource)
    }

    /// Whether RBAC lets a user do this now. Memoised: asked again under the same roles it is a look-up.
    ///
    /// - Parameters:
    ///   - user: `system:serviceaccount:NAMESPACE:NAME` or any other user name.
    ///   - namespace: empty for cluster-scoped kinds and for requests over all namespaces.
    package func isAllowed(
        _ user: Symbol, _ verb: Symbol, _ kind: KindID, _ namespace: Symbol, _ name: Symbol,
        subresource: Symbol = .empty
    ) -> Bool {
        let memo = tables.memo.store(AuthorizationMemo.self, make: AuthorizationMemo.init)
        let question = AuthorizationMemo.Question(
            stored: state.permissions.value, user: user, verb: verb, kind: kind,
            definition: state.kinds[kind]?.body ?? .empty, subresource: subresource, namespace: namespace, name: name)
        tables.work.hasAsked = true
        if let answer = memo.answers.answer(to: question) { return answer }
        let resource = self.kind(kind)
        let request = AuthorizationRequest(
            verb: verb, group: resource.group,
            resource: subresource.isEmpty ? resource.plural : Symbol("\(resource.plural)/\(subresource)"),
            anyResource: subresource.isEmpty ? .empty : Symbol("*/\(subresource)"), name: name)
        let answer = permissions(of: user, in: namespace, memo).rules.contains { $0.allows(request) }
        memo.answers.keep(answer, to: question)
        return answer
    }

    /// The rules of every role that is bound to the user, for one namespace or (empty) cluster-wide.
    package func rules(of user: Symbol, in namespace: Symbol) -> [PolicyRule] {
        permissions(of: user, in: namespace, tables.memo.store(AuthorizationMemo.self, make: AuthorizationMemo.init))
            .rules
    }

    private func permissions(
        of user: Symbol, in namespace: Symbol, _ memo: AuthorizationMemo
    ) -> AuthorizationMemo.Permissions {
        let holder = AuthorizationMemo.Holder(stored: state.permissions.value, user: user, namespace: namespace)
        tables.work.hasAsked = true
        if let permissions = memo.permissions.answer(to: holder) { return permissions }
        let permissions = tables.work.unmetered { findPermissions(of: user, in: namespace) }
        memo.permissions.keep(permissions, to: holder)
        return permissions
    }

    private func findPermissions(of user: Symbol, in namespace: Symbol) -> AuthorizationMemo.Permissions {
        var permissions = AuthorizationMemo.Permissions()
        let identity = Identity(user)
        forEach(.clusterRoleBinding) { collect($0, identity, .empty, .empty, into: &permissions) }
        if !namespace.isEmpty {
            forEach(.roleBinding, in: namespace) { collect($0, identity, namespace, namespace, into: &permissions) }
        }
        return permissions
    }

    private func collect(
        _ binding: ObjectKey, _ identity: Identity, _ namespace: Symbol, _ roleNamespace: Symbol,
        into permissions: inout AuthorizationMemo.Permissions
    ) {
        guard let facts = facts(binding, BindingFacts.self), facts.subjects.contains(where: identity.isNamed) else {
            return
        }
        let role =
            facts.isClusterRole
            ? tables.key(.clusterRole, .empty, facts.role) : tables.key(.role, roleNamespace, facts.role)
        guard state.exists(role) else {
            let kind = facts.isClusterRole ? "clusterrole" : "role"
            permissions.errors.append("\(kind).rbac.authorization.k8s.io \"\(facts.role)\" not found")
            return
        }
        permissions.rules += rules(of: role)
    }

    /// The rules of a role, with those of the ClusterRoles that it aggregates.
    package func rules(of role: ObjectKey) -> [PolicyRule] {
        guard let facts = facts(role, RoleFacts.self) else { return [] }
        if facts.aggregates.isEmpty { return facts.rules }
        var rules: [PolicyRule] = []
        forEach(.clusterRole) { key in
            let labels = tables.map(state[key].labels)
            guard key != role, facts.aggregates.contains(where: { $0.matches(labels) }) else { return }
            rules += self.facts(key, RoleFacts.self)?.rules ?? []
        }
        return rules
    }

    private func refusal(
        _ user: Symbol, _ verb: Symbol, _ id: KindID, _ namespace: Symbol, _ name: Symbol, _ subresource: Symbol
    ) -> APIError {
        let kind = self.kind(id)
        let memo = tables.memo.store(AuthorizationMemo.self, make: AuthorizationMemo.init)
        let resource = subresource.isEmpty ? kind.plural.text : "\(kind.plural)/\(subresource)"
        let subject = name.isEmpty ? kind.resource : "\(kind.resource) \"\(name)\""
        let scope = namespace.isEmpty ? "at the cluster scope" : "in the namespace \"\(namespace)\""
        var message =
            "\(subject) is forbidden: User \"\(user)\" cannot \(verb) resource \"\(resource)\" "
            + "in API group \"\(kind.group)\" \(scope)"
        let errors = permissions(of: user, in: namespace, memo).errors
        if errors.count == 1 { message += ": RBAC: \(errors[0])" }
        if errors.count > 1 { message += ": RBAC: [\(errors.joined(separator: ", "))]" }
        return APIError(code: 403, reason: "Forbidden", message: message)
    }
}

/// A user and the groups that authentication gives them.
private struct Identity {
    let user: Symbol
    let account: ServiceAccountName?
    let groups: [Symbol]

    init(_ user: Symbol) {
        self.user = user
        account = ServiceAccountName(user: user)
        if let account {
            groups = [
                "system:serviceaccounts", Symbol("system:serviceaccounts:\(account.namespace)"),
                "system:authenticated",
            ]
        } else {
            groups = [user == "system:anonymous" ? "system:unauthenticated" : "system:authenticated"]
        }
    }

    func isNamed(by subject: BindingFacts.Subject) -> Bool {
        switch subject {
        case .user(let name): name == user || name == "*"
        case .group(let name): groups.contains(name)
        case .serviceAccount(let namespace, let name): account?.namespace == namespace && account?.name == name
        }
    }
}

/// Answers of authorization: they follow from the roles and bindings, and from the plural of the kind.
private final class AuthorizationMemo {
    struct Question: Hashable {
        /// The sum of the roles and bindings.
        var stored: UInt64
        var user: Symbol
        var verb: Symbol
        var kind: KindID
        /// What gives a custom kind its plural.
        var definition: BodyID
        var subresource: Symbol
        var namespace: Symbol
        var name: Symbol
    }

    struct Holder: Hashable {
        /// The sum of the roles and bindings.
        var stored: UInt64
        var user: Symbol
        var namespace: Symbol
    }

    struct Permissions {
        var rules: [PolicyRule] = []
        /// Bindings whose role is missing, as a refusal mentions them.
        var errors: [String] = []
    }

    var answers = BoundedMemo<Question, Bool>(max: 65_536)
    var permissions = BoundedMemo<Holder, Permissions>(max: 4096)
}
