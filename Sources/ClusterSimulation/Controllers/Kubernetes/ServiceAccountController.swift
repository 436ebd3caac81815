/// Gives every namespace its ServiceAccount `default` and the ConfigMap `kube-root-ca.crt`.
///
/// Source: recordings; the controllers serviceaccount and root-ca-cert-publisher.
enum ServiceAccountController {
    static let controllerName: Symbol = "serviceaccount-controller"

    static let controller = Controller(
        controllerName,
        watches: [
            Watch(.namespace, changes: .created),
            Watch(.serviceAccount, .function(namespace), changes: .removed),
            Watch(.configMap, .function(namespace), changes: .removed),
        ],
        reconcile: reconcile)

    private static let caller = Caller.controller(controllerName)
    private static let rootCertificate: Symbol = "kube-root-ca.crt"

    private static func namespace(_ simulation: Simulation, _ key: ObjectKey, _ body: (ObjectKey) -> Void) {
        let name = simulation.tables.name(key)
        if name == "default" || name == rootCertificate { body(simulation.tables.namespaceKey(key)) }
    }

    private static func reconcile(_ simulation: inout Simulation, _ key: ObjectKey) {
        guard simulation.state.exists(key), !simulation.state[key].isDeleting else { return }
        let tables = simulation.tables
        let namespace = tables.name(key)
        if !simulation.state.exists(tables.key(.serviceAccount, namespace, "default")) {
            let body = tables.body(kind: .serviceAccount, Value(.object([])))
            simulation.create(
                ObjectDraft(kind: .serviceAccount, namespace: namespace, name: "default", body: body), as: caller)
        }
        if !simulation.state.exists(tables.key(.configMap, namespace, rootCertificate)) {
            let body = tables.body(kind: .configMap, ["data": ["ca.crt": "(the cluster's certificate authority)"]])
            simulation.create(
                ObjectDraft(kind: .configMap, namespace: namespace, name: rootCertificate, body: body), as: caller)
        }
    }
}
