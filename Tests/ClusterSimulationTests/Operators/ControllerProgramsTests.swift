import Testing

@testable import ClusterSimulation

/// The programs of Argo Workflows and of the Vault Secrets Operator in Pods.
@Suite struct ControllerProgramsTests {
    private func cluster() -> OperatorCluster {
        var externals = ExternalSystems()
        externals.images = [
            ImageFact(pattern: "example/workflow-controller", program: "argo-workflow-controller"),
            ImageFact(pattern: "example/argocli", program: "argo-server"),
            ImageFact(pattern: "example/vault-secrets-operator", program: "vault-secrets-operator"),
        ]
        return OperatorCluster(
            kinds: ["secrets.hashicorp.com/VaultConnection/vaultconnections"], namespaces: ["argo", "infra"],
            externals: externals)
    }

    private let identity: Value = [
        ["name": "LEADER_ELECTION_IDENTITY", "valueFrom": ["fieldRef": ["fieldPath": "metadata.name"]]]
    ]

    private func configMap(_ name: Value) -> Value {
        ["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": name, "namespace": "argo"], "data": [:]]
    }

    private func end(_ cluster: OperatorCluster, _ pod: ObjectKey) -> Symbol? {
        cluster.simulation.podState(pod)?.containers.first?.lastMessage
    }

    private func leaders(_ cluster: OperatorCluster) -> [String] {
        cluster.simulation.programs.running.filter(\.isLeading).map { cluster.simulation.tables.name($0.pod).text }
    }

    @Test func `a workflow controller gives its Lease back when it is told to stop`() {
        var cluster = cluster()
        cluster.apply(configMap("settings"))
        let fields: Value = ["args": ["--configmap", "settings"], "env": identity]
        let first = cluster.deploy("first", in: "argo", image: "example/workflow-controller:1", fields)
        cluster.deploy("second", in: "argo", image: "example/workflow-controller:1", fields)
        #expect(leaders(cluster) == ["first"])
        #expect(cluster.body(.lease, "argo", "workflow-controller").at("spec", "holderIdentity")?.text == "first")
        cluster.delete(first, in: .seconds(6))
        #expect(leaders(cluster) == ["second"])
    }

    @Test func `a workflow controller needs its ConfigMap and a name for its Lease`() {
        var cluster = cluster()
        let pod = cluster.deploy(
            "controller", in: "argo", image: "example/workflow-controller:1", ["args": ["--configmap", "settings"]])
        #expect(end(cluster, pod) == "configmaps \"settings\" not found")
        cluster.apply(configMap("settings"))
        cluster.settle(.minutes(10))
        #expect(
            end(cluster, pod)
                == "LEADER_ELECTION_IDENTITY must be set so that the workflow controllers can elect a leader")
    }

    @Test func `the server of Argo Workflows reads the ConfigMap of its own namespace`() {
        var cluster = cluster()
        let fields: Value = ["args": ["server", "--configmap=settings"]]
        let pod = cluster.deploy("server", in: "argo", image: "example/argocli:1", fields)
        #expect(end(cluster, pod) == "configmaps \"settings\" not found")
        cluster.apply(configMap("settings"))
        cluster.settle(.minutes(10))
        #expect(cluster.simulation.isPodReady(pod))
    }

    @Test func `the operator of Vault's secrets acts once its Pod is ready and it leads`() {
        var cluster = cluster()
        cluster.serve("infra", "vault")
        let connection = cluster.apply([
            "apiVersion": "secrets.hashicorp.com/v1beta1", "kind": "VaultConnection",
            "metadata": ["name": "default", "namespace": "infra"], "spec": ["address": "http://vault.infra.svc:8200"],
        ])
        cluster.apply([
            "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": ["name": "no-leases"],
            "rules": [["apiGroups": ["secrets.hashicorp.com"], "resources": ["*"], "verbs": ["*"]]],
        ])
        cluster.grant("no-leases", to: "operator", in: "infra")
        let pod = cluster.deploy(
            "operator", in: "infra", image: "example/vault-secrets-operator:1",
            ["args": ["--leader-elect"], "readinessProbe": ["httpGet": ["path": "/readyz", "port": 8081]]],
            mayDoEverything: false)
        #expect(cluster.simulation.isPodReady(pod))
        #expect(!cluster.simulation.hasFinalizer(connection, VaultSecrets.finalizer("VaultConnection")))
        #expect(
            cluster.simulation.service(of: VaultSecrets.finalizer("VaultConnection"), on: connection)
                == .notRunning(program: "vault-secrets-operator"))
        cluster.grant("everything", to: "operator", in: "infra", only: "infra")
        cluster.settle()
        #expect(cluster.simulation.hasFinalizer(connection, VaultSecrets.finalizer("VaultConnection")))
        cluster.delete(pod)
        cluster.simulation.delete(connection, as: .admin)
        cluster.settle()
        #expect(cluster.simulation.state.exists(connection))
    }

    @Test func `a StatefulSet may mount the volumes of its claim templates`() {
        var cluster = cluster()
        let key = cluster.apply([
            "apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": ["name": "store", "namespace": "infra"],
            "spec": [
                "selector": ["matchLabels": ["app": "store"]], "serviceName": "store",
                "template": [
                    "metadata": ["labels": ["app": "store"]],
                    "spec": [
                        "containers": [
                            [
                                "name": "main", "image": "example/store",
                                "volumeMounts": [["name": "data", "mountPath": "/data"]],
                            ]
                        ]
                    ],
                ],
                "volumeClaimTemplates": [
                    [
                        "metadata": ["name": "data"],
                        "spec": ["accessModes": ["ReadWriteOnce"], "resources": ["requests": ["storage": "1Gi"]]],
                    ]
                ],
            ],
        ])
        #expect(cluster.simulation.state.exists(key))
    }
}
