/// Health of Kubernetes' own kinds for which Argo CD ships a script.
enum KubernetesHealth {
    static let rules: [HealthRule] = [
        HealthRule("apiextensions.k8s.io", "CustomResourceDefinition", definition),
        HealthRule("policy", "PodDisruptionBudget", disruptionBudget),
        HealthRule("batch", "CronJob", cronJob),
        HealthRule("snapshot.storage.k8s.io", "VolumeSnapshot", volumeSnapshot),
        HealthRule("autoscaling.k8s.io", "VerticalPodAutoscaler", verticalAutoscaler),
    ]

    /// The message is that of the last condition that counts, whatever it is about.
    private static func definition(_ input: HealthInput) -> ResourceHealth? {
        let conditions = input.reported
        guard !conditions.isEmpty else { return ResourceHealth(.progressing, "Status conditions not found") }
        func has(_ type: Symbol, _ status: Symbol) -> Bool { conditions.contains { $0.says(type, status) } }
        let counting = conditions.last {
            $0.says("Terminating", "True") || $0.says("NamesAccepted", "False") || $0.says("Established", "True")
                || $0.says("NonStructuralSchema", "True")
        }
        let message = counting?.message ?? ""
        if has("Terminating", "True") { return ResourceHealth(.progressing, "CRD is terminating: \(message)") }
        if has("NamesAccepted", "False") {
            return ResourceHealth(.degraded, "CRD names have not been accepted: \(message)")
        }
        if !has("Established", "True") { return ResourceHealth(.degraded, "CRD is not established") }
        if has("NonStructuralSchema", "True") {
            return ResourceHealth(.degraded, "Schema violations found: \(message)")
        }
        return ResourceHealth(.healthy, "CRD is healthy")
    }

    /// Too few Pods is no fault of the budget; any other condition that is False is.
    private static func disruptionBudget(_ input: HealthInput) -> ResourceHealth? {
        var health = ResourceHealth(.progressing, "Waiting for status")
        for condition in input.reported {
            let message = "PodDisruptionBudget has \(condition.reason?.text ?? "")"
            if condition.status == "False", condition.reason != "InsufficientPods" {
                return ResourceHealth(.degraded, message)
            }
            health = ResourceHealth(.healthy, message)
        }
        return health
    }

    private static func cronJob(_ input: HealthInput) -> ResourceHealth? {
        if input.spec("suspend")?.boolean == true { return ResourceHealth(.healthy, "CronJob is Suspended") }
        guard input.hasStatus else { return ResourceHealth(.progressing, "Waiting for CronJob") }
        guard let scheduled = input.status["lastScheduleTime"]?.symbol else {
            return ResourceHealth(.healthy, "CronJob has not been scheduled yet")
        }
        guard let successful = input.status["lastSuccessfulTime"]?.symbol else {
            return ResourceHealth(.healthy, "The CronJob never completed successfully. It may not be healthy")
        }
        if !(input.status["active"]?.elements.isEmpty ?? true) {
            return ResourceHealth(
                .healthy, "The job is running. Its last execution may not have been successful")
        }
        if successful.precedes(scheduled) {
            return ResourceHealth(.degraded, "CronJob has not completed its last execution successfully")
        }
        return ResourceHealth(.healthy, "CronJob has completed its last execution successfully")
    }

    private static func volumeSnapshot(_ input: HealthInput) -> ResourceHealth? {
        if input.status["readyToUse"]?.boolean == true { return ResourceHealth(.healthy, "Ready to use") }
        if let error = input.status.present("error") {
            return ResourceHealth(.degraded, error["message"]?.text ?? "")
        }
        return ResourceHealth(.progressing, "Waiting for status")
    }

    private static func verticalAutoscaler(_ input: HealthInput) -> ResourceHealth? {
        let conditions = input.reported
        if let unmatched = conditions.first(where: { $0.says("NoPodsMatched", "True") }) {
            return ResourceHealth(
                .degraded, unmatched.message ?? unmatched.reason?.text ?? "No pods match the VPA selector")
        }
        if conditions.contains(where: { $0.says("RecommendationProvided", "True") }) {
            return ResourceHealth(.healthy, "VPA recommendation provided")
        }
        return ResourceHealth(.progressing, "Waiting for VPA recommendation")
    }
}
