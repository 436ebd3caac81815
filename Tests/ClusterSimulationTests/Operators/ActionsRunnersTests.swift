import Testing

@testable import ClusterSimulation

@Suite struct ActionsRunnersTests {
    private static let group = "actions.github.com/v1alpha1" as Symbol

    private func cluster(jobs: Int = 3) -> OperatorCluster {
        var externals = ExternalSystems()
        externals.images = [
            ImageFact(pattern: "example/arc", program: "arc-controller"),
            ImageFact(pattern: "example/runner", program: "server"),
        ]
        externals.githubActions = [GitHubActionsFact(url: "https://github.com/example", assignedJobs: jobs)]
        var cluster = OperatorCluster(
            kinds: [
                "actions.github.com/AutoscalingRunnerSet/autoscalingrunnersets",
                "actions.github.com/AutoscalingListener/autoscalinglisteners",
                "actions.github.com/EphemeralRunnerSet/ephemeralrunnersets",
                "actions.github.com/EphemeralRunner/ephemeralrunners",
            ], namespaces: ["systems", "other", "runners"], externals: externals)
        cluster.apply(SecretContent.manifest("runners", "credentials", keys: ["github_token"]))
        cluster.apply([
            "apiVersion": "v1", "kind": "ServiceAccount", "metadata": ["name": "runner", "namespace": "runners"],
        ])
        return cluster
    }

    private func scaleSet(_ annotations: Value = [:], maxRunners: Value = 4) -> Value {
        [
            "apiVersion": Value(Self.group), "kind": "AutoscalingRunnerSet",
            "metadata": [
                "name": "set", "namespace": "runners", "labels": ["app.kubernetes.io/version": "0.12.1"],
                "annotations": annotations,
            ],
            "spec": [
                "githubConfigUrl": "https://github.com/example", "githubConfigSecret": "credentials",
                "minRunners": 2, "maxRunners": maxRunners,
                "template": [
                    "spec": [
                        "serviceAccountName": "runner",
                        "containers": [["name": "runner", "image": "example/runner:1"]],
                    ]
                ],
            ],
        ]
    }

    private func deploy(
        _ cluster: inout OperatorCluster, in namespace: Symbol = "systems", mayDoEverything: Bool = true
    ) {
        cluster.deploy("arc", in: namespace, image: "example/arc:0.12.1", mayDoEverything: mayDoEverything)
    }

    private func key(_ cluster: OperatorCluster) -> ObjectKey {
        cluster.key(Self.group, "AutoscalingRunnerSet", "runners", "set")
    }

    private func listeners(_ cluster: OperatorCluster, in namespace: Symbol = "systems") -> [String] {
        cluster.names(.pod, in: namespace).filter { $0.hasSuffix("-listener") }
    }

    @Test(arguments: [(0, 2), (1, 3), (9, 4)])
    func `runners are the least and one for each job up to the most`(jobs: Int, runners: Int) {
        var cluster = cluster(jobs: jobs)
        deploy(&cluster)
        cluster.apply(scaleSet())
        cluster.settle(.minutes(5))
        #expect(listeners(cluster).count == 1)
        #expect(cluster.names(.pod, in: "runners").count == runners)
        let status = cluster.simulation.state.status(key(cluster))?.document
        #expect(status?["runningEphemeralRunners"]?.integer == runners)
    }

    @Test func `what is as it should be is not written again`() {
        var cluster = cluster()
        deploy(&cluster)
        cluster.apply(scaleSet())
        cluster.settle(.minutes(5))
        let writes = cluster.simulation.counters.apiWrites
        cluster.settle(.minutes(60))
        #expect(cluster.simulation.counters.apiWrites == writes)
    }

    @Test func `a deleted scale set goes with all its parts and frees what the chart protects`() {
        var cluster = cluster()
        deploy(&cluster)
        cluster.apply([
            "apiVersion": "v1", "kind": "ServiceAccount",
            "metadata": [
                "name": "protected", "namespace": "runners", "finalizers": ["actions.github.com/cleanup-protection"],
            ],
        ])
        cluster.apply(
            scaleSet(["actions.github.com/cleanup-no-permission-service-account-name": "protected"]))
        cluster.settle(.minutes(5))
        cluster.delete(cluster.simulation.tables.key(.serviceAccount, "runners", "protected"))
        #expect(cluster.exists(.serviceAccount, "runners", "protected"))
        cluster.delete(key(cluster))
        #expect(!cluster.simulation.state.exists(key(cluster)))
        #expect(!cluster.exists(.serviceAccount, "runners", "protected"))
        #expect(listeners(cluster).isEmpty)
        #expect(cluster.names(.pod, in: "runners").isEmpty)
        #expect(cluster.names(.role, in: "runners").isEmpty)
        #expect(cluster.names(.secret, in: "runners") == ["credentials"])
    }

    @Test func `without a controller a deleted scale set stays`() {
        var cluster = cluster()
        deploy(&cluster)
        cluster.apply(scaleSet())
        cluster.settle(.minutes(5))
        cluster.delete(cluster.simulation.tables.key(.pod, "systems", "arc"))
        cluster.delete(key(cluster), in: .minutes(60))
        #expect(cluster.simulation.state.exists(key(cluster)))
    }

    @Test func `without its secret a deleted scale set stays until the secret is back`() {
        var cluster = cluster()
        deploy(&cluster)
        cluster.apply(scaleSet())
        cluster.settle(.minutes(5))
        cluster.delete(cluster.simulation.tables.key(.secret, "runners", "credentials"))
        cluster.delete(key(cluster), in: .minutes(60))
        #expect(cluster.simulation.state.exists(key(cluster)))
        cluster.apply(SecretContent.manifest("runners", "credentials", keys: ["github_token"]))
        cluster.settle(.minutes(60))
        #expect(!cluster.simulation.state.exists(key(cluster)))
    }

    @Test func `without rights in its namespace a deleted scale set stays`() {
        var cluster = cluster()
        var manifest = scaleSet()
        var metadata = manifest["metadata"]!
        metadata["finalizers"] = ["autoscalingrunnerset.actions.github.com/finalizer"]
        manifest["metadata"] = metadata
        cluster.apply(manifest)
        cluster.apply([
            "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": ["name": "reader"],
            "rules": [["apiGroups": ["*"], "resources": ["*"], "verbs": ["get", "list", "watch"]]],
        ])
        cluster.grant("reader", to: "arc", in: "systems")
        deploy(&cluster, mayDoEverything: false)
        cluster.delete(key(cluster), in: .minutes(60))
        #expect(cluster.simulation.state.exists(key(cluster)))
    }

    @Test func `the rights that the chart protects last until everything is released`() {
        var cluster = cluster()
        let names: [(Symbol, Value)] = [
            ("reader", ["apiGroups": ["*"], "resources": ["*"], "verbs": ["get", "list", "watch"]]),
            ("listeners", ["apiGroups": ["", "actions.github.com"], "resources": ["*"], "verbs": ["*"]]),
            ("sets", ["apiGroups": ["actions.github.com"], "resources": ["*"], "verbs": ["*"]]),
        ]
        for (name, rule) in names {
            cluster.apply([
                "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": ["name": Value(name)],
                "rules": [rule],
            ])
        }
        cluster.grant("reader", to: "arc", in: "systems")
        cluster.grant("listeners", to: "arc", in: "systems", only: "systems")
        cluster.grant("sets", to: "arc", in: "systems", only: "runners")
        let metadata: Value = [
            "name": "manager", "namespace": "runners", "finalizers": ["actions.github.com/cleanup-protection"],
        ]
        let role = cluster.apply([
            "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "metadata": metadata,
            "rules": [
                [
                    "apiGroups": ["", "rbac.authorization.k8s.io"],
                    "resources": ["pods", "secrets", "roles", "rolebindings"], "verbs": ["*"],
                ]
            ],
        ])
        let binding = cluster.apply([
            "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": metadata,
            "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "manager"],
            "subjects": [["kind": "ServiceAccount", "name": "arc", "namespace": "systems"]],
        ])
        deploy(&cluster, mayDoEverything: false)
        cluster.apply(
            scaleSet([
                "actions.github.com/cleanup-manager-role-name": "manager",
                "actions.github.com/cleanup-manager-role-binding": "manager",
            ]))
        cluster.settle(.minutes(5))
        #expect(cluster.names(.pod, in: "runners").count == 4)
        cluster.delete(binding)
        cluster.delete(role)
        #expect(cluster.simulation.state.exists(role))
        cluster.delete(key(cluster))
        #expect(!cluster.simulation.state.exists(key(cluster)))
        #expect(!cluster.simulation.state.exists(role))
        #expect(!cluster.simulation.state.exists(binding))
    }

    @Test func `a controller that is moved takes the listener with it`() {
        var cluster = cluster()
        deploy(&cluster)
        cluster.apply(scaleSet())
        cluster.settle(.minutes(5))
        deploy(&cluster, in: "other")
        cluster.settle(.minutes(5))
        #expect(listeners(cluster).count == 1)
        #expect(listeners(cluster, in: "other").count == 1)
        #expect(cluster.names(.pod, in: "runners").count == 4)
        cluster.delete(cluster.simulation.tables.key(.namespace, .empty, "systems"), in: .minutes(10))
        #expect(!cluster.exists(.namespace, .empty, "systems"))
        #expect(listeners(cluster, in: "other").count == 1)
        #expect(cluster.names(.pod, in: "runners").count == 4)
    }

    @Test func `a scale set of another version is deleted`() {
        var cluster = cluster()
        deploy(&cluster)
        var manifest = scaleSet()
        var metadata = manifest["metadata"]!
        metadata["labels"] = ["app.kubernetes.io/version": "0.11.0"]
        manifest["metadata"] = metadata
        cluster.apply(manifest)
        cluster.settle(.minutes(5))
        #expect(!cluster.simulation.state.exists(key(cluster)))
    }
}
