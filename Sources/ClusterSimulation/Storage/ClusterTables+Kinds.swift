/// What a kind is in every cluster: its name within its group.
package struct KindName: Hashable, Sendable {
    package var group: Symbol
    package var kind: Symbol
}

/// Kinds have an identity here. How the API serves a custom kind is a matter of the cluster's state (`ServedKinds`).
extension ClusterTables {
    /// Whether a kind is served by a CustomResourceDefinition rather than by the API server itself.
    @inline(__always)
    package func isCustom(_ kind: KindID) -> Bool { Int(kind.index) >= Kind.builtIns.count }

    /// The identity of a kind.
    @inline(__always)
    package func kind(_ id: KindID) -> KindName {
        let kind = kinds[Int(id.index)]
        return KindName(group: kind.group, kind: kind.kind)
    }

    /// A kind as it is served where it is built in; a custom kind as it is guessed from its name alone.
    func undescribedKind(_ id: KindID) -> Kind { kinds[Int(id.index)] }

    /// The built-in kind of that group and name.
    ///
    /// Of custom kinds nobody can ask whether one was named before: what one fork has named is known in all others.
    package func builtInKindID(group: Symbol, kind: Symbol) -> KindID? {
        kindsByName[KindName(group: group, kind: kind)].flatMap { isCustom($0) ? nil : $0 }
    }

    /// The built-in kind of that group and resource name (`deployments`).
    func builtInKindID(group: Symbol, plural: Symbol) -> KindID? {
        builtInsByPlural[ResourceName(group: group, plural: plural)]
    }

    /// Kinds that one run can tell apart.
    static let kindsMax = Int(UInt16.max)

    /// The id of a kind, named here where it is new: custom kinds, and kinds known only from a reference.
    package func define(group: Symbol, kind: Symbol) -> KindID {
        let name = KindName(group: group, kind: kind)
        if let id = kindsByName[name] { return id }
        // No cluster has so many. The run ends at the next event, and says why.
        guard kinds.count < Self.kindsMax else {
            lacksKinds = true
            return KindID(index: UInt16(kinds.count - 1))
        }
        let id = KindID(index: UInt16(kinds.count))
        kinds.append(.undescribed(name))
        kindsByName[name] = id
        return id
    }

    /// The kind an `apiVersion` and `kind` name, whether or not anything serves it.
    package func kindIDDefiningIfNeeded(apiVersion: Symbol, kind: Symbol) -> KindID {
        define(group: groupVersion(apiVersion).group, kind: kind)
    }

    /// `v1` of `apps/v1`.
    func version(_ apiVersion: Symbol) -> Symbol { groupVersion(apiVersion).version }

    /// An `apiVersion` taken apart, once.
    private func groupVersion(_ apiVersion: Symbol) -> GroupVersion {
        let memo = memo.store(GroupVersionMemo.self, make: GroupVersionMemo.init)
        if let known = memo.answers[apiVersion] { return known }
        let answer = GroupVersion(apiVersion)
        memo.answers[apiVersion] = answer
        return answer
    }
}

extension Kind {
    /// What is taken for granted of a custom kind that nothing describes: version `v1`, the plural that Kubernetes guesses,
    /// a status subresource, and that it is namespaced unless it is known not to be.
    static func undescribed(_ name: KindName) -> Kind {
        Kind(
            group: name.group, version: "v1", kind: name.kind, plural: Symbol(GroupVersion.guessPlural(name.kind.text)),
            namespaced: !clusterScoped.contains(name), builtIn: false, statusSubresource: true)
    }

    /// Custom kinds that live in no namespace and are named by other kinds' references.
    /// Source: cert-manager's and the Gateway API's definitions.
    private static let clusterScoped: Set<KindName> = [
        KindName(group: "cert-manager.io", kind: "ClusterIssuer"),
        KindName(group: "gateway.networking.k8s.io", kind: "GatewayClass"),
    ]
}

/// A function of the text alone.
private final class GroupVersionMemo {
    var answers: [Symbol: GroupVersion] = [:]
}

/// An `apiVersion` taken apart.
package struct GroupVersion: Hashable, Sendable {
    package var group: Symbol
    package var version: Symbol

    /// `apps/v1` is group `apps`, version `v1`; `v1` is the core group.
    package init(_ apiVersion: Symbol) {
        let text = apiVersion.text
        if let slash = text.firstIndex(of: "/") {
            group = Symbol(text[..<slash])
            version = Symbol(text[text.index(after: slash)...])
        } else {
            group = .empty
            version = apiVersion
        }
    }

    /// The plural that Kubernetes guesses from a kind: lower case, `-es` after s, `-ies` for a final y.
    package static func guessPlural(_ kind: String) -> String {
        let lower = kind.lowercased()
        if lower.hasSuffix("s") { return lower + "es" }
        if lower.hasSuffix("y") { return lower.dropLast() + "ies" }
        return lower + "s"
    }
}
