package import ClusterSimulation

/// The manifests of benchmark clusters, different for every application as real ones are.
package enum BenchmarkManifests {
    package static func namespaceName(_ index: Int) -> String {
        "team-\(index / BenchmarkCluster.applicationsPerNamespace)"
    }

    package static func node(_ name: String) -> Value {
        ["apiVersion": "v1", "kind": "Node", "metadata": ["name": .string(name)]]
    }

    package static func namespace(_ name: String) -> Value {
        ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(name)]]
    }

    /// The five manifests of an application.
    package static func application(_ index: Int, of number: Int) -> [Value] {
        [
            serviceAccount(index), configMap(index, of: number), secret(index), service(index),
            deployment(index, of: number),
        ]
    }

    static func metadata(_ index: Int) -> Value {
        [
            "name": .string("app-\(index)"), "namespace": .string(namespaceName(index)),
            "labels": labels(index),
            "annotations": ["team.example/owner": .string("team \(index / 10), see the handbook: chapter \(index)")],
        ]
    }

    static func labels(_ index: Int) -> Value {
        ["app.kubernetes.io/name": .string("app-\(index)"), "app.kubernetes.io/part-of": "shop"]
    }

    static func serviceAccount(_ index: Int) -> Value {
        ["apiVersion": "v1", "kind": "ServiceAccount", "metadata": metadata(index)]
    }

    /// The next application of the same kind of place: the neighbour, or one in the next namespace.
    private static func address(_ index: Int, of number: Int, ahead: Int) -> Value {
        let other = (index + ahead) % number
        return .string("http://app-\(other).\(namespaceName(other)).svc.cluster.local:8080/v1")
    }

    package static func configMap(_ index: Int, of number: Int, level: String = "info") -> Value {
        [
            "apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata(index),
            "data": [
                "LOG_LEVEL": .string(level), "NEXT_URL": address(index, of: number, ahead: 10),
                "application.properties": .string(
                    "server.port=8080\nserver.name=app-\(index)\ncache.size=\(index % 512)\nretries=5\ntimeout=30s\n"),
            ],
        ]
    }

    static func secret(_ index: Int) -> Value {
        [
            "apiVersion": "v1", "kind": "Secret", "type": "Opaque", "metadata": metadata(index),
            "data": ["username": "YXBw", "password": "bm90IGEgcmVhbCBvbmU="],
        ]
    }

    static func service(_ index: Int) -> Value {
        [
            "apiVersion": "v1", "kind": "Service", "metadata": metadata(index),
            "spec": [
                "selector": ["app.kubernetes.io/name": .string("app-\(index)")],
                "ports": [["name": "http", "port": 8080, "targetPort": 8080]],
            ],
        ]
    }

    package static func deployment(_ index: Int, of number: Int, tag: String = "1.0.0") -> Value {
        let name = Value.string("app-\(index)")
        let password: Value = ["secretKeyRef": ["name": name, "key": "password"]]
        let container: Value = [
            "name": "main", "image": .string("registry.example/shop/app-\(index):\(tag)"),
            "ports": [["name": "http", "containerPort": 8080]],
            "envFrom": [["configMapRef": ["name": name]]],
            "env": [
                ["name": "PASSWORD", "valueFrom": password],
                ["name": "NEIGHBOUR_URL", "value": address(index, of: number, ahead: 1)],
            ],
            "resources": [
                "requests": ["cpu": "100m", "memory": "128Mi"], "limits": ["memory": "256Mi"],
            ],
            "volumeMounts": [["name": "configuration", "mountPath": "/etc/app"]],
        ]
        let pod: Value = [
            "serviceAccountName": name, "containers": [container],
            "volumes": [["name": "configuration", "configMap": ["name": name]]],
        ]
        return [
            "apiVersion": "apps/v1", "kind": "Deployment", "metadata": metadata(index),
            "spec": [
                "replicas": 2, "selector": ["matchLabels": ["app.kubernetes.io/name": name]],
                "template": ["metadata": ["labels": labels(index)], "spec": pod],
            ],
        ]
    }
}
