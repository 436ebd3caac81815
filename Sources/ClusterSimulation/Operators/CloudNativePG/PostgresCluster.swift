/// What a Cluster of CloudNativePG says.
package final class PostgresClusterFacts: @unchecked Sendable {
    package let instances: Int
    let image: Symbol?
    let spec: Value

    static func analyse(_ body: Value, _ tables: ClusterTables) -> Analysis.Result {
        Analysis.Result(facts: PostgresClusterFacts(body))
    }

    init(_ body: Value) {
        spec = body["spec"] ?? Value(.object([]))
        instances = spec["instances"]?.instanceCount ?? 1
        image = spec["imageName"]?.symbol
    }

    /// The application's Secret is made where the cluster is made from nothing or from a backup.
    var hasApplicationSecret: Bool { spec.at("bootstrap", "pg_basebackup") == nil }
    var hasSuperuserSecret: Bool { spec["enableSuperuserAccess"]?.boolean ?? false }
    var hasDisruptionBudget: Bool { spec["enablePDB"]?.boolean ?? true }
}

/// The objects of one PostgreSQL cluster.
///
/// Source: cloudnative-pg 1.27, `pkg/specs` and `internal/controller/cluster_create.go`. Left out: monitoring, backups,
/// poolers, image catalogues, managed roles, tablespaces, and the Jobs that fill a new volume: the Pod comes at once.
struct PostgresCluster {
    var name: Symbol
    var namespace: Symbol
    var facts: PostgresClusterFacts
    /// The operator's own image, whose program each instance runs.
    var operatorImage: Symbol
    var image: Symbol

    static let clusterLabel: Symbol = "cnpg.io/cluster"
    static let instanceLabel: Symbol = "cnpg.io/instanceName"
    static let roleLabel: Symbol = "cnpg.io/instanceRole"

    private func metadata(_ suffix: String = "", _ labels: [(Symbol, Symbol)] = []) -> Value {
        [
            "name": .string("\(name)\(suffix)"), "namespace": Value(namespace),
            "labels": SecretContent.map([(Self.clusterLabel, name)] + labels),
        ]
    }

    // MARK: Access

    /// Account and rights of the instances.
    var access: [Value] {
        [
            ["apiVersion": "v1", "kind": "ServiceAccount", "metadata": metadata()],
            [
                "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "metadata": metadata(),
                "rules": [
                    ["apiGroups": [""], "resources": ["configmaps", "secrets"], "verbs": ["get", "watch"]],
                    [
                        "apiGroups": ["postgresql.cnpg.io"], "resources": ["clusters"],
                        "resourceNames": [Value(name)], "verbs": ["get", "list", "watch"],
                    ],
                    [
                        "apiGroups": ["postgresql.cnpg.io"], "resources": ["clusters/status"],
                        "resourceNames": [Value(name)], "verbs": ["get", "patch", "update", "watch"],
                    ],
                    ["apiGroups": [""], "resources": ["events"], "verbs": ["create", "patch"]],
                ],
            ],
            [
                "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": metadata(),
                "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": Value(name)],
                "subjects": [["kind": "ServiceAccount", "name": Value(name), "namespace": Value(namespace)]],
            ],
        ]
    }

    /// User names and passwords, which are made once.
    var credentials: [Value] {
        let keys: [Symbol] = [
            "dbname", "fqdn-jdbc-uri", "fqdn-uri", "host", "jdbc-uri", "password", "pgpass", "port", "uri", "user",
            "username",
        ]
        var suffixes: [String] = []
        if facts.hasSuperuserSecret { suffixes.append("superuser") }
        if facts.hasApplicationSecret { suffixes.append("app") }
        return suffixes.map { suffix in
            SecretContent.manifest(
                namespace, Symbol("\(name)-\(suffix)"), type: "kubernetes.io/basic-auth", keys: keys,
                labels: [(Self.clusterLabel, name), ("cnpg.io/reload", "true")])
        }
    }

    /// The names for which the server's certificate is good.
    var serverNames: [Symbol] {
        ["rw", "r", "ro"].flatMap { suffix in
            let service = "\(name)-\(suffix)"
            return [
                service, "\(service).\(namespace)", "\(service).\(namespace).svc",
                "\(service).\(namespace).svc.cluster.local",
            ].map { Symbol($0) }
        }
    }

    // MARK: Services and budgets

    /// For writing, for any instance, for reading from replicas.
    var services: [Value] {
        let selectors: [(String, [(Symbol, Symbol)])] = [
            ("-rw", [(Self.clusterLabel, name), (Self.roleLabel, "primary")]),
            ("-r", [(Self.clusterLabel, name), ("cnpg.io/podRole", "instance")]),
            ("-ro", [(Self.clusterLabel, name), (Self.roleLabel, "replica")]),
        ]
        return selectors.map { suffix, selector in
            [
                "apiVersion": "v1", "kind": "Service", "metadata": metadata(suffix),
                "spec": [
                    "type": "ClusterIP", "selector": SecretContent.map(selector),
                    "ports": [["name": "postgres", "port": 5432, "targetPort": 5432, "protocol": "TCP"]],
                ],
            ]
        }
    }

    /// One primary is to stay, and all replicas but one of three or more instances.
    var budgets: [Value] {
        guard facts.hasDisruptionBudget else { return [] }
        func budget(_ suffix: String, _ role: Symbol, _ minAvailable: Int) -> Value {
            let selector: [(Symbol, Symbol)] = [(Self.clusterLabel, name), (Self.roleLabel, role)]
            return [
                "apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": metadata(suffix),
                "spec": [
                    "minAvailable": .integer(minAvailable), "selector": ["matchLabels": SecretContent.map(selector)],
                ],
            ]
        }
        let primary = budget("-primary", "primary", 1)
        return facts.instances < 3 ? [primary] : [primary, budget("", "replica", facts.instances - 2)]
    }

    // MARK: Instances

    /// The volumes of an instance: data, and its log where that has one of its own.
    func claims(_ instance: Symbol) -> [Value] {
        var entries: [(suffix: String, role: Symbol, storage: Value)] = [
            ("", "PG_DATA", facts.spec["storage"] ?? Value(.object([])))
        ]
        if let storage = facts.spec["walStorage"] { entries.append(("-wal", "PG_WAL", storage)) }
        return entries.map { entry in
            var spec: Value = ["accessModes": ["ReadWriteOnce"], "volumeMode": "Filesystem"]
            for field in entry.storage["pvcTemplate"]?.fields ?? [] { spec[field.key] = field.value }
            if let size = entry.storage["size"] { spec["resources"] = ["requests": ["storage": size]] }
            if let className = entry.storage["storageClass"] { spec["storageClassName"] = className }
            var metadata = metadata("", [(Self.instanceLabel, instance), ("cnpg.io/pvcRole", entry.role)])
            metadata["name"] = .string("\(instance)\(entry.suffix)")
            return ["apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": metadata, "spec": spec]
        }
    }

    func pod(_ instance: Symbol, isPrimary: Bool) -> Value {
        var metadata = metadata(
            "",
            [
                (Self.instanceLabel, instance), (Self.roleLabel, isPrimary ? "primary" : "replica"),
                ("cnpg.io/podRole", "instance"),
            ])
        metadata["name"] = Value(instance)
        let scratch: Value = ["name": "scratch-data", "mountPath": "/controller"]
        var mounts: [Value] = [["name": "pgdata", "mountPath": "/var/lib/postgresql/data"], scratch]
        var volumes: [Value] = [
            ["name": "pgdata", "persistentVolumeClaim": ["claimName": Value(instance)]],
            ["name": "scratch-data", "emptyDir": .object([:])],
        ]
        if facts.spec["walStorage"] != nil {
            mounts.append(["name": "pg-wal", "mountPath": "/var/lib/postgresql/wal"])
            volumes.append(["name": "pg-wal", "persistentVolumeClaim": ["claimName": .string("\(instance)-wal")]])
        }
        let variables: Value = [
            ["name": "PGDATA", "value": "/var/lib/postgresql/data/pgdata"],
            ["name": "POD_NAME", "value": Value(instance)],
            ["name": "NAMESPACE", "value": Value(namespace)], ["name": "CLUSTER_NAME", "value": Value(name)],
        ]
        let postgres: Value = .object([
            "name": "postgres", "image": Value(image), "command": ["/controller/manager", "instance", "run"],
            "env": variables, "resources": facts.spec["resources"],
            "ports": [
                ["name": "postgresql", "containerPort": 5432], ["name": "metrics", "containerPort": 9187],
                ["name": "status", "containerPort": 8000],
            ],
            "readinessProbe": ["httpGet": ["path": "/readyz", "port": 8000]],
            "volumeMounts": Value(.array(mounts)),
        ])
        return [
            "apiVersion": "v1", "kind": "Pod", "metadata": metadata,
            "spec": .object([
                "serviceAccountName": Value(name), "hostname": Value(instance),
                "imagePullSecrets": facts.spec["imagePullSecrets"],
                "nodeSelector": facts.spec.at("affinity", "nodeSelector"),
                "tolerations": facts.spec.at("affinity", "tolerations"),
                "initContainers": [
                    [
                        "name": "bootstrap-controller", "image": Value(operatorImage),
                        "command": ["/manager", "bootstrap", "/controller/manager"], "volumeMounts": [scratch],
                    ]
                ],
                "containers": [postgres], "volumes": Value(.array(volumes)),
            ]),
        ]
    }
}
