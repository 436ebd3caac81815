extension Simulation {
    /// Creates what the API server itself creates when it starts, unless it is there: the four system namespaces, the
    /// Service by which Pods reach it, and the roles and bindings that workloads can be given.
    ///
    /// Source: a recording of Kubernetes 1.36, before anything was applied.
    package mutating func bootstrap() {
        perform(by: Bootstrap.caller.user, detail: "start of the API server", origin: .none) { simulation in
            for manifest in Bootstrap.manifests {
                guard let draft = simulation.draft(manifest: manifest) else { continue }
                if simulation.state.exists(simulation.tables.key(draft.kind, draft.namespace, draft.name)) { continue }
                _ = simulation.create(draft, as: Bootstrap.caller)
            }
        }
    }
}

/// The manifests of a cluster in which nobody has done anything yet.
private enum Bootstrap {
    static let caller = Caller.controller("system:apiserver")

    static var manifests: [Value] {
        namespaces + [service, endpointSlice] + BootstrapRoles.all.map(clusterRole) + bindings
    }

    private static var namespaces: [Value] {
        (["default", "kube-node-lease", "kube-public", "kube-system"] as [Symbol]).map { name in
            ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": Value(name)]]
        }
    }

    private static let serviceLabels: Value = ["component": "apiserver", "provider": "kubernetes"]

    /// Without a selector: the API server keeps its endpoints itself.
    private static var service: Value {
        [
            "apiVersion": "v1", "kind": "Service",
            "metadata": ["name": "kubernetes", "namespace": "default", "labels": serviceLabels],
            "spec": [
                "type": "ClusterIP", "clusterIP": "10.96.0.1", "clusterIPs": ["10.96.0.1"],
                "ports": [["name": "https", "port": 443, "protocol": "TCP", "targetPort": 6443]],
            ],
        ]
    }

    private static var endpointSlice: Value {
        [
            "apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice",
            "metadata": [
                "name": "kubernetes", "namespace": "default", "labels": ["kubernetes.io/service-name": "kubernetes"],
            ],
            "addressType": "IPv4",
            "endpoints": [["addresses": ["192.0.2.1"], "conditions": ["ready": true]]],
            "ports": [["name": "https", "port": 6443, "protocol": "TCP"]],
        ]
    }

    private static func clusterRole(_ role: BootstrapRoles.Role) -> Value {
        let prefix = "rbac.authorization.k8s.io/"
        var labels: [Field] = [Field("kubernetes.io/bootstrapping", "rbac-defaults")]
        if !role.label.isEmpty { labels.append(Field(Symbol(prefix + role.label), "true")) }
        let aggregation: Value? =
            role.aggregates.isEmpty
            ? .none
            : [
                "clusterRoleSelectors": [
                    ["matchLabels": Value(.object([Field(Symbol(prefix + role.aggregates), "true")]))]
                ]
            ]
        return .object([
            "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole",
            "metadata": ["name": Value(role.name), "labels": Value(.object(labels))],
            "aggregationRule": aggregation, "rules": Value(.array(role.rules.map(rule))),
        ])
    }

    private static func rule(_ text: String) -> Value {
        if let colon = text.firstRange(of: " : ") {
            return ["verbs": words(text[..<colon.lowerBound]), "nonResourceURLs": words(text[colon.upperBound...])]
        }
        let columns = text.split(separator: "|")
        return .object([
            "verbs": words(columns[0]), "apiGroups": words(columns[1]), "resources": words(columns[2]),
            "resourceNames": columns.count > 3 ? words(columns[3]) : .none,
        ])
    }

    private static func words(_ text: Substring) -> Value {
        Value(.array(text.split(separator: " ").map { $0 == "core" ? "" : Value.string(String($0)) }))
    }

    private static var bindings: [Value] {
        let bound: [(role: Symbol, groups: [Symbol])] = [
            ("cluster-admin", ["system:masters"]),
            ("system:basic-user", ["system:authenticated"]),
            ("system:discovery", ["system:authenticated"]),
            ("system:monitoring", ["system:monitoring"]),
            ("system:public-info-viewer", ["system:authenticated", "system:unauthenticated"]),
        ]
        return bound.map { role, groups in
            [
                "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding",
                "metadata": [
                    "name": Value(role), "labels": ["kubernetes.io/bootstrapping": "rbac-defaults"],
                ],
                "roleRef": [
                    "apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": Value(role),
                ],
                "subjects": Value(
                    .array(
                        groups.map {
                            ["apiGroup": "rbac.authorization.k8s.io", "kind": "Group", "name": Value($0)]
                        })),
            ]
        }
    }
}
