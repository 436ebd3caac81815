/// A name of a kind within its group.
struct KindName: Hashable {
    var group: Symbol
    var name: Symbol
}

extension ClusterTables {
    /// Whether a kind is served by a CustomResourceDefinition rather than by the API server itself.
    @inline(__always)
    package func isCustom(_ kind: KindID) -> Bool { Int(kind.index) >= Kind.builtIns.count }

    func indexKind(_ kind: Kind, _ id: KindID) {
        kindsByName[KindName(group: kind.group, name: kind.kind)] = id
        kindsByPlural[KindName(group: kind.group, name: kind.plural)] = id
    }

    package func kind(_ id: KindID) -> Kind { kinds[Int(id.index)] }

    /// The kind of that group and name, whatever the version; nil where nothing defined it.
    package func kindID(group: Symbol, kind: Symbol) -> KindID? { kindsByName[KindName(group: group, name: kind)] }

    /// The kind of that group and resource name (`deployments`).
    package func kindID(group: Symbol, plural: Symbol) -> KindID? {
        kindsByPlural[KindName(group: group, name: plural)]
    }

    /// The kind an `apiVersion` and `kind` name.
    package func kindID(apiVersion: Symbol, kind: Symbol) -> KindID? {
        kindID(group: groupVersion(apiVersion).group, kind: kind)
    }

    /// Kinds that one run can tell apart.
    static let kindsMax = Int(UInt16.max)

    /// The id of a kind, defined here where it is new: custom kinds, and kinds known only from a reference.
    ///
    /// Whether the kind is *served* is a matter of the cluster state (its CustomResourceDefinition), not of this table.
    package func define(_ kind: Kind) -> KindID {
        if let id = kindsByName[KindName(group: kind.group, name: kind.kind)] { return id }
        // No cluster has so many. The run ends at the next event, and says why.
        guard kinds.count < Self.kindsMax else {
            lacksKinds = true
            return KindID(index: UInt16(kinds.count - 1))
        }
        let id = KindID(index: UInt16(kinds.count))
        kinds.append(kind)
        indexKind(kind, id)
        return id
    }

    /// Brings what a definition says of an already known custom kind up to date (plural, scope, versions).
    package func redefine(_ id: KindID, as kind: Kind) {
        guard !kinds[Int(id.index)].builtIn else { return }
        kinds[Int(id.index)] = kind
        indexKind(kind, id)
    }

    /// A custom kind known from a manifest or a reference before its definition: plural guessed as Kubernetes does.
    package func kindIDDefiningIfNeeded(apiVersion: Symbol, kind: Symbol, namespaced: Bool = true) -> KindID {
        let groupVersion = groupVersion(apiVersion)
        if let id = kindID(group: groupVersion.group, kind: kind) { return id }
        return define(
            Kind(
                group: groupVersion.group, version: groupVersion.version, kind: kind,
                plural: Symbol(GroupVersion.guessPlural(kind.text)), namespaced: namespaced, builtIn: false,
                statusSubresource: true))
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
