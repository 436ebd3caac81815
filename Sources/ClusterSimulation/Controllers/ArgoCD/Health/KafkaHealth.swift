/// Health of Strimzi's kinds.
enum KafkaHealth {
    static let rules: [HealthRule] = [
        HealthRule("kafka.strimzi.io", "Kafka") {
            strimzi($0, waiting: "Waiting for Kafka Cluster", unless: "Creating")
        },
        HealthRule("kafka.strimzi.io", "KafkaBridge") { strimzi($0, waiting: "Waiting for KafkaBridge") },
        HealthRule("kafka.strimzi.io", "KafkaConnect") { strimzi($0, waiting: "Waiting for Kafka Connect") },
        HealthRule("kafka.strimzi.io", "KafkaConnector") { strimzi($0, waiting: "Waiting for KafkaConnector") },
        HealthRule("kafka.strimzi.io", "KafkaTopic") { strimzi($0, waiting: "Waiting for Kafka Topic") },
        HealthRule("kafka.strimzi.io", "KafkaUser") { strimzi($0, waiting: "Waiting for Kafka User") },
    ]

    /// - Parameter reason: with which not being ready is no fault.
    private static func strimzi(
        _ input: HealthInput, waiting: String, unless reason: Symbol? = nil
    ) -> ResourceHealth {
        for condition in input.reported {
            if condition.says("NotReady", "True"), reason == nil || condition.reason != reason {
                return ResourceHealth(.degraded, condition.message ?? "")
            }
            if condition.says("Ready", "True") { return ResourceHealth(.healthy) }
        }
        return ResourceHealth(.progressing, waiting)
    }
}
