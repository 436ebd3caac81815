/// The Redis operator of OT-Container-Kit: one StatefulSet and its Services for each Redis and RedisReplication.
///
/// Source: redis-operator v0.22, `internal/k8sutils`: names, labels, the finalizers, and that the claims go with the
/// object unless `keepAfterDelete` is set. Left out: RedisCluster, RedisSentinel, which Pod is the master, TLS, ACLs.
enum RedisControllers {
    static let group: Symbol = "redis.redis.opstreelabs.in"
    static let program: Symbol = "redis-operator"

    static let model = ProgramModel(
        program,
        watchedNamespace: { _, run in run.variable("WATCH_NAMESPACE") ?? .empty },
        leaderElection: LeaderElection("6cab913b.redis.opstreelabs.in", isEnabled: { $0.flag("leader-elect") }))

    static let redis = controller("Redis", finalizer: "redisFinalizer", role: "standalone")
    static let replication = controller("RedisReplication", finalizer: "redisReplicationFinalizer", role: "replication")

    private static func controller(_ kind: Symbol, finalizer: Symbol, role: Symbol) -> Controller {
        Operator.controller(
            Symbol("\(kind.text.lowercased())-controller"), program: program,
            watches: [
                Watch(group: group, kind: kind, changes: .exceptStatus),
                Watch(.statefulSet, .customOwner(group: group, kind: kind), changes: [.body, .removed]),
                Watch(.service, .customOwner(group: group, kind: kind), changes: [.body, .removed]),
            ]
        ) { simulation, key in
            guard simulation.state.exists(key), simulation.canWatch(key) else { return }
            let spec = simulation.tables.body(simulation.state[key].body).value["spec"] ?? Value(.object([]))
            let installation = RedisInstallation(
                name: simulation.tables.name(key), namespace: simulation.tables.namespace(key), spec: spec, role: role,
                instancesMax: simulation.configuration.limits.podsOfWorkload)
            if simulation.state[key].isDeleting {
                if simulation.hasFinalizer(key, finalizer) { finalize(&simulation, key, installation, finalizer) }
                return
            }
            if simulation.annotation(key, Symbol("\(kind.text.lowercased()).opstreelabs.in/skip-reconcile")) == "true" {
                return
            }
            guard simulation.ensureFinalizer(key, finalizer) else { return }
            for manifest in [installation.statefulSet] + installation.services {
                guard simulation.ensure(manifest, ownedBy: key) != nil else { return }
            }
        }
    }

    private static func finalize(
        _ simulation: inout Simulation, _ key: ObjectKey, _ installation: RedisInstallation, _ finalizer: Symbol
    ) {
        for name in installation.claims {
            let claim = simulation.tables.key(.persistentVolumeClaim, installation.namespace, name)
            guard simulation.state.exists(claim), !simulation.state[claim].isDeleting else { continue }
            guard simulation.noted(simulation.delete(claim, as: simulation.operatorCaller), claim) != nil
            else { return }
        }
        simulation.removeFinalizer(key, finalizer)
    }
}

/// The objects of one Redis installation.
struct RedisInstallation {
    var name: Symbol
    var namespace: Symbol
    var spec: Value
    /// `standalone`, `replication`.
    var role: Symbol
    /// More instances are not simulated, and have no claims.
    var instancesMax: Int

    private var replicas: Int { role == "standalone" ? 1 : spec["clusterSize"]?.instanceCount ?? 3 }

    private var labels: Value {
        SecretContent.map([("app", name), ("redis_setup_type", role), ("role", role)])
    }

    private func metadata(_ suffix: String = "") -> Value {
        ["name": .string("\(name)\(suffix)"), "namespace": Value(namespace), "labels": labels]
    }

    /// Claims that go with the object: those of the StatefulSet's template, unless they are to be kept.
    var claims: [Symbol] {
        guard let storage = spec["storage"], !(storage["keepAfterDelete"]?.boolean ?? false) else { return [] }
        return (0..<min(replicas, instancesMax)).map { Symbol("\(name)-\(name)-\($0)") }
    }

    /// One with an address, one without, and one of the type that the spec names.
    var services: [Value] {
        let options = spec.at("kubernetesConfig", "service")
        var entries: [(suffix: String, type: Value, isHeadless: Bool)] = [
            ("-headless", "ClusterIP", true), ("", "ClusterIP", false),
        ]
        if options?.at("additional", "enabled")?.boolean ?? true {
            entries.append(("-additional", options?["serviceType"] ?? "ClusterIP", false))
        }
        return entries.map { entry in
            [
                "apiVersion": "v1", "kind": "Service", "metadata": metadata(entry.suffix),
                "spec": .object([
                    "type": entry.type, "clusterIP": entry.isHeadless ? "None" : nil, "selector": labels,
                    "ports": [["name": "redis-client", "port": 6379, "targetPort": 6379, "protocol": "TCP"]],
                ]),
            ]
        }
    }

    var statefulSet: Value {
        let configuration = spec["kubernetesConfig"]
        var containers = [container(configuration)]
        if spec.at("redisExporter", "enabled")?.boolean ?? false {
            containers.append(
                .object([
                    "name": "redis-exporter", "image": spec.at("redisExporter", "image"),
                    "resources": spec.at("redisExporter", "resources"),
                    "ports": [["name": "redis-exporter", "containerPort": 9121]],
                ]))
        }
        var template: Value? = nil
        if let storage = spec["storage"] {
            let wanted = storage.at("volumeClaimTemplate", "spec") ?? Value(.object([]))
            template = [["metadata": ["name": Value(name), "labels": labels], "spec": wanted]]
        }
        return [
            "apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": metadata(),
            "spec": .object([
                "replicas": .integer(replicas), "serviceName": .string("\(name)-headless"),
                "selector": ["matchLabels": labels],
                "template": [
                    "metadata": ["labels": labels],
                    "spec": .object([
                        "containers": Value(.array(containers)), "serviceAccountName": spec["serviceAccountName"],
                        "imagePullSecrets": configuration?["imagePullSecrets"],
                        "securityContext": spec["podSecurityContext"], "nodeSelector": spec["nodeSelector"],
                        "tolerations": spec["tolerations"], "affinity": spec["affinity"],
                    ]),
                ],
                "volumeClaimTemplates": template,
            ]),
        ]
    }

    private func container(_ configuration: Value?) -> Value {
        var variables: [Value] = [
            ["name": "REDIS_MODE", "value": Value(role)], ["name": "SETUP_MODE", "value": Value(role)],
            ["name": "REDIS_ADDR", "value": "redis://localhost:6379"],
        ]
        if let secret = configuration?["redisSecret"], let name = secret["name"], let key = secret["key"] {
            variables.append(
                ["name": "REDIS_PASSWORD", "valueFrom": ["secretKeyRef": ["name": name, "key": key]]])
        }
        let mounts: Value? = spec["storage"] == nil ? nil : [["name": Value(name), "mountPath": "/data"]]
        return .object([
            "name": Value(name), "image": configuration?["image"], "imagePullPolicy": configuration?["imagePullPolicy"],
            "env": Value(.array(variables + (spec["env"]?.elements ?? []))), "resources": configuration?["resources"],
            "ports": [["name": "redis", "containerPort": 6379]],
            "readinessProbe": spec["readinessProbe"]
                ?? ["exec": ["command": ["sh", "-c", "redis-cli -h $(hostname) ping"]]],
            "volumeMounts": mounts,
        ])
    }
}
