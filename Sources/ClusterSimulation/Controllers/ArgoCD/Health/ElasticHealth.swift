/// Health of the kinds of Elastic Cloud on Kubernetes for which there is a check.
enum ElasticHealth {
    static let rules: [HealthRule] = [
        HealthRule("elasticsearch.k8s.elastic.co", "Elasticsearch", elasticsearch),
        HealthRule("beat.k8s.elastic.co", "Beat", beat),
        HealthRule("logstash.k8s.elastic.co", "Logstash", logstash),
    ]

    private static func unknown(_ subject: String) -> ResourceHealth {
        ResourceHealth(
            .unknown,
            "\(subject) status is unknown. Ensure your ArgoCD is current and then check for/file a bug report: "
                + "https://github.com/argoproj/argo-cd/issues")
    }

    private static func elasticsearch(_ input: HealthInput) -> ResourceHealth? {
        let unknown = unknown("Elasticsearch Cluster")
        guard let available = input.status["availableNodes"]?.int32 else { return unknown }
        let wanted = (input.spec("nodeSets")?.elements ?? []).reduce(0) { $0 + ($1["count"]?.int32 ?? 0) }
        if available < wanted {
            return ResourceHealth(
                .progressing,
                "The desired amount of availableNodes is \(wanted) but the current amount is \(available)")
        }
        guard available == wanted, let phase = input.statusText("phase"), let color = input.statusText("health")
        else { return unknown }
        switch phase {
        case "Ready": return cluster(color) ?? unknown
        case "ApplyingChanges", "MigratingData":
            return ResourceHealth(.progressing, "Elasticsearch phase is \(phase)")
        case "Invalid": return ResourceHealth(.degraded, "Elasticsearch phase is Invalid")
        default: return unknown
        }
    }

    private static func cluster(_ color: String) -> ResourceHealth? {
        let advice = "Check the status of indices, replicas and shards"
        return switch color {
        case "green": ResourceHealth(.healthy, "Elasticsearch Cluster status is Green")
        case "yellow": ResourceHealth(.progressing, "Elasticsearch Cluster status is Yellow. \(advice)")
        case "red": ResourceHealth(.degraded, "Elasticsearch Cluster status is Red. \(advice)")
        default: nil
        }
    }

    private static func beat(_ input: HealthInput) -> ResourceHealth? {
        let color = input.statusText("health")
        let expected = input.status["expectedNodes"]?.integer
        guard color != nil || expected != nil else { return unknown("Elastic Beat") }
        switch color {
        case "red": return ResourceHealth(.degraded, "Elastic Beat status is Red")
        case "green": return ResourceHealth(.healthy, "Elastic Beat status is Green")
        case "yellow":
            guard let available = input.status["availableNodes"]?.integer, let expected else { fallthrough }
            return ResourceHealth(
                .progressing,
                "Elastic Beat status is deploying, there is \(available) instance(s) on \(expected) expected")
        case nil: return ResourceHealth(.progressing, "Elastic Beat phase is progressing")
        default: return unknown("Elastic Beat")
        }
    }

    private static func logstash(_ input: HealthInput) -> ResourceHealth? {
        switch input.statusText("health") {
        case "green": ResourceHealth(.healthy, "Logstash status is Green")
        case "yellow": ResourceHealth(.progressing, "Logstash status is Yellow")
        case "red": ResourceHealth(.degraded, "Logstash status is Red")
        default: ResourceHealth(.progressing, "Waiting for Logstash")
        }
    }
}
