/// Health of the kinds that make clusters and nodes: Cluster API and Karpenter.
enum ClusterAPIHealth {
    static let rules: [HealthRule] = [
        HealthRule(
            "addons.cluster.x-k8s.io", "ClusterResourceSet",
            ConditionTable(
                [
                    .when("ResourcesApplied", "True", .healthy, "cluster resource set is applied"),
                    .when("ResourcesApplied", "False", .degraded),
                ], waiting: "Initializing cluster resource set")),
        HealthRule("cluster.x-k8s.io", "Cluster", cluster),
        HealthRule("cluster.x-k8s.io", "Machine", machine),
        HealthRule("cluster.x-k8s.io", "MachineDeployment", machineDeployment),
        HealthRule("cluster.x-k8s.io", "MachinePool", machinePool),
        HealthRule("karpenter.sh", "NodeClaim", nodeClaim),
        HealthRule(
            "karpenter.k8s.aws", "EC2NodeClass",
            ConditionTable(
                [
                    .when("Ready", "False", .degraded), .when("Ready", "True", .healthy, "EC2NodeClass is ready"),
                    .when("SubnetsReady", "False", .degraded), .when("SecurityGroupsReady", "False", .degraded),
                    .when("ValidationSucceeded", "False", .degraded),
                ], first: .rows, waiting: "Waiting for EC2NodeClass to be ready")),
    ]

    private static func cluster(_ input: HealthInput) -> ResourceHealth? {
        if input.spec("paused")?.boolean == true { return ResourceHealth(.suspended, "Cluster is paused") }
        if let unready = input.reported.first(where: { $0.says("Ready", "False") }) {
            return ResourceHealth(.degraded, unready.message ?? "")
        }
        switch input.statusText("phase") {
        case "Provisioned": return ResourceHealth(.healthy, "Cluster is running")
        case "Failed": return ResourceHealth(.degraded)
        default: return ResourceHealth(.progressing, "Waiting for clusters")
        }
    }

    private static func machine(_ input: HealthInput) -> ResourceHealth? {
        let phase = input.statusText("phase")
        if phase == "Running" { return ResourceHealth(.healthy, "Machine is running") }
        let unready = input.reported.first { $0.says("Ready", "False") }
        return ResourceHealth(
            phase == "Failed" ? .degraded : .progressing, unready.map { $0.message ?? "" } ?? "Condition is unknown")
    }

    private static func machineDeployment(_ input: HealthInput) -> ResourceHealth? {
        if input.spec("paused")?.boolean == true {
            return ResourceHealth(.suspended, "MachineDeployment is paused")
        }
        let replicas = input.status["replicas"]
        switch input.statusText("phase") {
        case "Running" where replicas == input.status["updatedReplicas"] && replicas == input.status["readyReplicas"]:
            return ResourceHealth(.healthy, "Machines are running under this deployment")
        case "ScalingUp": return ResourceHealth(.progressing, "Cluster is spawning machines")
        case "ScalingDown": return ResourceHealth(.progressing, "Cluster is stopping machines")
        case "Failed": return ResourceHealth(.degraded, "MachineDeployment is failed")
        default: return ResourceHealth(.progressing, "Waiting for machines")
        }
    }

    /// What is not as it should be is told beside the phase, which alone decides.
    private static func machinePool(_ input: HealthInput) -> ResourceHealth? {
        var health = ResourceHealth(.progressing)
        if let phase = input.statusText("phase") {
            health.message = "MachinePool is \(phase)"
            if phase == "Running" || phase == "Scaling" { health.code = .healthy }
            if phase == "Failed" || phase == "Unknown" { health.code = .degraded }
        }
        let troubles = input.reported.filter { $0.status == "False" && $0.type != nil }.map { condition in
            "Not \(condition.type?.text ?? "")" + (condition.reason.map { " (\($0))" } ?? "")
        }
        if !troubles.isEmpty { health.message += ": " + troubles.joined(separator: ", ") }
        return health
    }

    private static let claims = ConditionTable(
        [
            .when("Disrupting", "True", .suspended), .when("Ready", "True", .healthy),
            .when("Ready", "False", .degraded),
            .when("Initialized", "True", .progressing, "Node initialized, waiting for Ready"),
            .when("Registered", "True", .progressing, "Node registered, waiting for initialization"),
            .when("Launched", "True", .progressing, "Node launched, waiting for registration"),
        ], first: .rows, waiting: "Waiting for NodeClaim to be launched")

    private static func nodeClaim(_ input: HealthInput) -> ResourceHealth? {
        if input.isBehind(input.status["observedGeneration"]) {
            return ResourceHealth(.progressing, "Waiting for NodeClaim spec to be reconciled")
        }
        return claims.health(input)
    }
}
