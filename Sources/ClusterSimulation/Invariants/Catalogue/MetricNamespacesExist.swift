extension Invariant {
    /// I8, for metrics: every namespace that an alert rule or dashboard selects exists.
    static let metricNamespacesExist = Invariant(
        "metric-namespaces-exist", .always,
        title: "Every namespace label in an alert rule or dashboard names a namespace that exists",
        predicate: "selects a namespace that is gone",
        grace: .minutes(10),
        reads: [
            .subjects(.kind(.configMap)),
            .subjects(.custom(group: "monitoring.coreos.com", kind: "PrometheusRule")),
            .subjects(.custom(group: "operator.victoriametrics.com", kind: "VMRule")),
            .targets(.namespaceName),
        ],
        page: Page(
            rule: """
                A metric carries the namespace it was scraped in. A rule that selects `namespace="old"` matches nothing \
                once the workload has moved: `up == 0` goes silent, `absent(...)` fires for ever.
                """,
            incident: "Alert rules that still selected `telemetry` after its rename to `observability`.",
            symptom: "None: an alert that can no longer fire, or one that never stops.",
            remedy:
                "Change the label in the rules, and in static scrape labels, in the change set that moves the target.")
    ) { simulation, key in
        Dangling.finding(simulation, key, .namespaceName) { simulation, missing in
            let names = missing.map { "namespace=\"\(simulation.tables.name($0.target))\"" }
            return Explanation(
                "\(simulation.tables.describe(key)) selects \(names.joined(separator: ", ")), which no longer exists",
                remedy: "select the namespace that the workload lives in now",
                theme: "selects \(names.joined(separator: ", "))")
        }
    }
}
