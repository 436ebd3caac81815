/// Health of KEDA's kinds.
enum ScalingHealth {
    static let rules: [HealthRule] = [
        HealthRule("keda.sh", "ScaledJob") {
            scaled($0, failing: [("Ready", "False"), ("Ready", "Unknown")], waiting: "Waiting for ScaledJob")
        },
        HealthRule("keda.sh", "ScaledObject") {
            scaled(
                $0, failing: [("Ready", "False"), ("Fallback", "True")],
                waiting: "Creating HorizontalPodAutoscaler Object")
        },
    ]

    /// What fails is worse than what is paused; the message is that of the last condition that counts.
    private static func scaled(
        _ input: HealthInput, failing: [(Symbol, Symbol)], waiting: String
    ) -> ResourceHealth {
        var message = ""
        var isReady = false
        var isPaused = false
        var isFailing = false
        for condition in input.reported {
            if condition.says("Ready", "True") {
                isReady = true
            } else if condition.says("Paused", "True") {
                isPaused = true
            } else if failing.contains(where: { condition.says($0.0, $0.1) }) {
                isFailing = true
            } else {
                continue
            }
            message = condition.message ?? ""
        }
        if isFailing { return ResourceHealth(.degraded, message) }
        if isReady { return ResourceHealth(isPaused ? .suspended : .healthy, message) }
        return ResourceHealth(.progressing, waiting)
    }
}
