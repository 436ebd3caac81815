/// The value of the annotation `argocd.argoproj.io/tracking-id`. Source: specs/argocd.md 3.1.
package struct TrackingID: Hashable, Sendable {
    /// The Application's name; `<namespace>_<name>` outside the control plane's namespace.
    package var application: Symbol
    package var group: Symbol
    package var kind: Symbol
    /// Of a cluster-scoped object: the Application's destination namespace (2.4).
    package var namespace: Symbol
    package var name: Symbol

    package init(application: Symbol, group: Symbol, kind: Symbol, namespace: Symbol, name: Symbol) {
        self.application = application
        self.group = group
        self.kind = kind
        self.namespace = namespace
        self.name = name
    }

    /// Takes `<app>:<group>/<kind>:<namespace>/<name>` apart; nil for any other form. The name may hold colons.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        let kind = parts[1].split(separator: "/", omittingEmptySubsequences: false)
        let name = parts[2].split(separator: "/", omittingEmptySubsequences: false)
        guard kind.count == 2, name.count == 2 else { return nil }
        self.init(
            application: Symbol(parts[0]), group: Symbol(kind[0]), kind: Symbol(kind[1]), namespace: Symbol(name[0]),
            name: Symbol(name[1]))
    }

    /// The annotation's value.
    package var text: String { "\(application):\(group)/\(kind):\(namespace)/\(name)" }

    /// Whether a live object without a target is the one its tracking id speaks of, and not a copy of it.
    ///
    /// Source: specs/argocd.md 3.5: group, kind, namespace and name must be equal; a cluster-scoped object carries a
    /// namespace in its tracking id all the same.
    package func isSelfReference(group: Symbol, kind: Symbol, namespace: Symbol, name: Symbol) -> Bool {
        self.group == group && self.kind == kind && self.name == name
            && (namespace.isEmpty || self.namespace == namespace)
    }
}

extension ClusterTables {
    /// The name by which objects are tracked as an Application's. Source: specs/argocd.md 3.1.
    package func trackingName(of application: ObjectKey) -> Symbol {
        let content = content(application)
        return content.namespace == ArgoCD.namespace ? content.name : Symbol("\(content.namespace)_\(content.name)")
    }
}
