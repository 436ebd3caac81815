/// The objects of an EventBus of the type `nats.native`.
///
/// Source: argo-events `controllers/eventbus/installer/nats.go` for names, labels, ports, command and volumes; its API
/// documentation for the defaults of the limits.
struct NATSStreamingInstallation {
    let name: Symbol
    let namespace: Symbol
    /// `spec.nats.native`.
    let native: Value
    let images: Images
    /// More servers than that are nobody's peers in the configuration. Every server reads the names of all, so that the
    /// work would grow with the square of their number; no group that votes is that large, and what peers do is left out.
    private static let peersMax = 500

    struct Images {
        var streaming: Symbol = "nats-streaming:0.22.1"
        var exporter: Symbol = "natsio/prometheus-nats-exporter:0.8.0"
    }

    /// At least three: NATS streaming elects a leader among them.
    var replicas: Int { max(3, native["replicas"]?.instanceCount ?? 3) }

    private var labels: Value {
        ["controller": "eventbus-controller", "eventbus-name": Value(name), "owner-name": Value(name), "stan": "yes"]
    }

    private var statefulSetName: String { "eventbus-\(name)-stan" }
    private var usesToken: Bool { native["auth"]?.symbol == "token" }

    private func metadata(_ suffix: String) -> Value {
        ["name": .string("eventbus-\(name)-\(suffix)"), "namespace": Value(namespace), "labels": labels]
    }

    var service: Value {
        [
            "apiVersion": "v1", "kind": "Service", "metadata": metadata("stan-svc"),
            "spec": [
                "clusterIP": "None", "type": "ClusterIP", "selector": labels,
                "ports": [
                    ["name": "tcp-client", "port": 4222], ["name": "cluster", "port": 6222],
                    ["name": "monitor", "port": 8222],
                ],
            ],
        ]
    }

    var configMap: Value {
        [
            "apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata("stan-configmap"),
            "data": ["stan-config": .string(configuration)],
        ]
    }

    /// The server's configuration file. Values of the EventBus are written as they are, without quotes.
    var configuration: String {
        let peers = (0..<min(replicas, Self.peersMax)).map { "\"\(statefulSetName)-\($0)\"" }.joined(separator: ",")
        let limits = [
            ("max_age", "maxAge", "72h"), ("max_msgs", "maxMsgs", "1000000"), ("max_bytes", "maxBytes", "1GB"),
            ("max_subs", "maxSubs", "1000"),
        ].map { "    \($0.0): \(text(Symbol($0.1)) ?? $0.2)" }
        let raft = [
            ("raft_heartbeat_timeout", "raftHeartbeatTimeout", "2s"),
            ("raft_election_timeout", "raftElectionTimeout", "2s"),
            ("raft_lease_timeout", "raftLeaseTimeout", "1s"),
            ("raft_commit_timeout", "raftCommitTimeout", "100ms"),
        ].map { "    \($0.0): \(text(Symbol($0.1)) ?? $0.2)" }
        return """
            http: 8222
            include ./auth.conf
            max_payload: \(text("maxPayload") ?? "1MB")
            cluster {
              port: 6222
              routes: [nats://eventbus-\(name)-stan-svc:6222]
              cluster_advertise: $CLUSTER_ADVERTISE
              connect_retries: 10
            }
            streaming {
              id: eventbus-\(name)
              store: file
              dir: /data/stan/store
              cluster {
                node_id: $POD_NAME
                peers: [\(peers)]
                log_path: /data/stan/logs
            \(raft.joined(separator: "\n"))
              }
              store_limits {
            \(limits.joined(separator: "\n"))
              }
            }

            """
    }

    private func text(_ field: Symbol) -> String? {
        guard let value = native[field] else { return nil }
        return value.text ?? value.integer.map(String.init)
    }

    var serverAuthentication: Value {
        SecretContent.manifest(namespace, Symbol("eventbus-\(name)-server"), keys: ["auth"])
    }

    var clientAuthentication: Value? {
        usesToken ? SecretContent.manifest(namespace, Symbol("eventbus-\(name)-client"), keys: ["client-auth"]) : .none
    }

    var statefulSet: Value {
        let metrics: Value = [
            "name": "metrics", "image": Value(images.exporter),
            "args": ["-connz", "-routez", "-subz", "-varz", "-channelz", "-serverz", "http://localhost:8222"],
            "ports": [["name": "metrics", "containerPort": 7777]],
        ]
        let template = native["template"] ?? native
        return [
            "apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": metadata("stan"),
            "spec": .object([
                "replicas": .integer(replicas), "serviceName": .string("eventbus-\(name)-stan-svc"),
                "selector": ["matchLabels": labels], "podManagementPolicy": "Parallel",
                "template": [
                    "metadata": ["labels": labels],
                    "spec": .object([
                        "serviceAccountName": template["serviceAccountName"],
                        "imagePullSecrets": template["imagePullSecrets"],
                        "volumes": [configurationVolume], "containers": [server, metrics],
                    ]),
                ],
                "volumeClaimTemplates": claimTemplates,
            ]),
        ]
    }

    private var configurationVolume: Value {
        [
            "name": "stan-config-volume",
            "projected": [
                "sources": [
                    [
                        "configMap": [
                            "name": .string("eventbus-\(name)-stan-configmap"),
                            "items": [["key": "stan-config", "path": "stan.conf"]],
                        ]
                    ],
                    [
                        "secret": [
                            "name": .string("eventbus-\(name)-server"),
                            "items": [["key": "auth", "path": "auth.conf"]],
                        ]
                    ],
                ]
            ],
        ]
    }

    private var server: Value {
        var mounts: [Value] = [["name": "stan-config-volume", "mountPath": "/etc/stan-config"]]
        if native["persistence"] != nil {
            mounts.append(["name": .string("stan-\(name)-vol"), "mountPath": "/data/stan"])
        }
        return [
            "name": "stan", "image": Value(images.streaming),
            "command": ["/nats-streaming-server", "-sc", "/etc/stan-config/stan.conf"],
            "ports": [
                ["name": "client", "containerPort": 4222], ["name": "cluster", "containerPort": 6222],
                ["name": "monitor", "containerPort": 8222],
            ],
            "env": [
                ["name": "POD_NAME", "valueFrom": ["fieldRef": ["fieldPath": "metadata.name"]]],
                ["name": "POD_NAMESPACE", "valueFrom": ["fieldRef": ["fieldPath": "metadata.namespace"]]],
                [
                    "name": "CLUSTER_ADVERTISE",
                    "value": .string("$(POD_NAME).eventbus-\(name)-stan-svc.$(POD_NAMESPACE).svc"),
                ],
            ],
            "volumeMounts": Value(.array(mounts)),
        ]
    }

    private var claimTemplates: Value? {
        guard let persistence = native["persistence"] else { return nil }
        return [
            [
                "metadata": ["name": .string("stan-\(name)-vol"), "labels": labels],
                "spec": .object([
                    "accessModes": [persistence["accessMode"] ?? "ReadWriteOnce"],
                    "storageClassName": persistence["storageClassName"],
                    "resources": ["requests": ["storage": persistence["volumeSize"] ?? "10Gi"]],
                ]),
            ]
        ]
    }
}

extension NATSStreamingInstallation {
    /// The images of a version, as the controller's own ConfigMap `argo-events-controller-config` lists them.
    static func images(_ simulation: Simulation, version: String?) -> Images {
        var images = Images()
        let key = simulation.tables.key(
            .configMap, simulation.operatorNamespace, "argo-events-controller-config")
        let body = simulation.tables.body(simulation.state[key].body).value
        guard simulation.state.exists(key), let text = body.at("data", "controller-config.yaml")?.text else {
            return images
        }
        var isWanted = false
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: .max, omittingEmptySubsequences: true)
            let entry = words.drop { $0 == "-" }
            guard let name = entry.first, let value = entry.dropFirst().first else { continue }
            let plain = value.filter { $0 != "\"" && $0 != "'" }
            switch name {
            case "version:": isWanted = plain == (version ?? "latest")
            case "natsStreamingImage:" where isWanted: images.streaming = Symbol(plain)
            case "metricsExporterImage:" where isWanted: images.exporter = Symbol(plain)
            default: break
            }
        }
        return images
    }
}
