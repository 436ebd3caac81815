/// What the scheduler reads of a Node.
package final class NodeFacts {
    package let isUnschedulable: Bool
    package let taints: [Taint]

    package struct Taint: Hashable, Sendable {
        package var key: Symbol
        package var value: Symbol
        /// `NoSchedule`, `PreferNoSchedule`, `NoExecute`.
        package var effect: Symbol

        /// Whether it keeps Pods off that do not tolerate it.
        package var isHard: Bool { effect == "NoSchedule" || effect == "NoExecute" }
    }

    init(_ spec: Value) {
        isUnschedulable = spec["unschedulable"]?.boolean ?? false
        taints =
            spec["taints"]?.elements.map {
                Taint(
                    key: $0["key"]?.symbol ?? .empty, value: $0["value"]?.symbol ?? .empty,
                    effect: $0["effect"]?.symbol ?? .empty)
            } ?? []
    }

    static func analyse(_ body: Value, _ tables: ClusterTables) -> Analysis.Result {
        Analysis.Result(facts: NodeFacts(body["spec"] ?? nil))
    }
}

/// One entry of `tolerations`.
package struct TolerationFacts: Hashable, Sendable {
    package var key: Symbol
    package var exists: Bool
    package var value: Symbol
    package var effect: Symbol
    /// `tolerationSeconds`; nil: for ever.
    package var seconds: Int?

    init(_ value: Value) {
        key = value["key"]?.symbol ?? .empty
        exists = value["operator"]?.symbol == "Exists"
        self.value = value["value"]?.symbol ?? .empty
        effect = value["effect"]?.symbol ?? .empty
        seconds = value["tolerationSeconds"]?.integer
    }

    /// Whether a Pod with this toleration may go where the taint is.
    package func tolerates(_ taint: NodeFacts.Taint) -> Bool {
        if !effect.isEmpty, effect != taint.effect { return false }
        if key.isEmpty { return exists }
        return key == taint.key && (exists || value == taint.value)
    }
}
