/// What the model reads of a PodDisruptionBudget.
package final class DisruptionBudgetFacts {
    /// Which Pods of its namespace it covers; an empty one covers all, nil covers none.
    package let selector: LabelSelector?
    package let minAvailable: WorkloadFacts.Amount?
    package let maxUnavailable: WorkloadFacts.Amount?
    /// `unhealthyPodEvictionPolicy: AlwaysAllow`: a Pod that is not ready may go whatever the budget says.
    package let alwaysAllowsUnhealthy: Bool

    static func analyse(_ body: Value, _ tables: ClusterTables) -> Analysis.Result {
        Analysis.Result(facts: DisruptionBudgetFacts(body["spec"] ?? nil))
    }

    init(_ spec: Value) {
        selector = spec["selector"].flatMap { $0.isNull ? nil : LabelSelector($0) }
        minAvailable = WorkloadFacts.Amount(spec["minAvailable"])
        maxUnavailable = WorkloadFacts.Amount(spec["maxUnavailable"])
        alwaysAllowsUnhealthy = spec["unhealthyPodEvictionPolicy"]?.symbol == "AlwaysAllow"
    }

    /// Whether it covers a Pod of its namespace with these labels.
    package func covers(_ labels: LabelMap) -> Bool { selector?.matches(labels) ?? false }
}
