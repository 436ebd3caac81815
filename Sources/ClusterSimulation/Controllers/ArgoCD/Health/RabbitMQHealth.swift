/// Health of the kinds of RabbitMQ's operators.
enum RabbitMQHealth {
    static let rules: [HealthRule] =
        [HealthRule("rabbitmq.com", "RabbitmqCluster", cluster)]
        + ["Binding", "Exchange", "Permission", "Policy", "Queue", "Shovel", "User", "Vhost"].map { kind in
            HealthRule("rabbitmq.com", Symbol(kind), topology(kind.lowercased()))
        }

    private static func topology(_ noun: String) -> ConditionTable {
        ConditionTable(
            [
                .when(
                    "Ready", "True", .healthy, .text("RabbitMQ \(noun) ready"), reason: "SuccessfulCreateOrUpdate"),
                .when(
                    "Ready", "False", .degraded, .text("RabbitMQ \(noun) failed to be created or updated"),
                    reason: "FailedCreateOrUpdate"),
            ], otherwise: ResourceHealth(.unknown, "RabbitMQ \(noun) status is unknown"))
    }

    private static func cluster(_ input: HealthInput) -> ResourceHealth? {
        if let failure = input.reported.first(where: { $0.says("ReconcileSuccess", "False") }) {
            return ResourceHealth(.degraded, failure.message ?? "")
        }
        let available = input.reported.last { $0.type == "ClusterAvailable" }?.status
        let replicas = input.reported.last { $0.type == "AllReplicasReady" }
        if available == "Unknown" || replicas?.status == "Unknown" {
            return ResourceHealth(
                .progressing, "Waiting for RabbitMQ cluster readiness (conditions unknown)")
        }
        if replicas?.reason == "ScaledToZero", replicas?.status == "False", input.spec("replicas")?.integer == 0 {
            return ResourceHealth(.suspended, "RabbitmqCluster is scaled to 0 replicas")
        }
        if available == "False" { return ResourceHealth(.progressing, "Waiting for RabbitMQ cluster formation") }
        if replicas?.status == "False" {
            return ResourceHealth(.progressing, "Waiting for RabbitMQ instances ready")
        }
        if available == "True", replicas?.status == "True" {
            return ResourceHealth(.healthy, "RabbitMQ cluster ready")
        }
        return ResourceHealth(.progressing, "Waiting for RabbitMQ Operator")
    }
}
