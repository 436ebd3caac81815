/// Who makes a request.
package struct Caller: Hashable, Sendable {
    /// `system:serviceaccount:NS:NAME`, `kubernetes-admin`, a controller's name.
    package var user: Symbol
    /// Whether authorization is skipped: cluster admins, and the control plane's own controllers, whose roles every
    /// cluster has.
    package var isTrusted: Bool

    package init(user: Symbol, isTrusted: Bool) {
        self.user = user
        self.isTrusted = isTrusted
    }

    /// The person at the keyboard, a cluster admin.
    package static let admin = Caller(user: "kubernetes-admin", isTrusted: true)

    /// A controller of the control plane.
    package static func controller(_ name: Symbol) -> Caller { Caller(user: name, isTrusted: true) }

    /// A ServiceAccount; RBAC decides.
    package static func serviceAccount(_ namespace: Symbol, _ name: Symbol) -> Caller {
        Caller(user: Symbol("system:serviceaccount:\(namespace):\(name)"), isTrusted: false)
    }
}
