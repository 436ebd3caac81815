/// Health of the kinds of Argo CD, Argo Workflows, Argo Events and the image updater.
enum ArgoHealth {
    static let rules: [HealthRule] = [
        HealthRule("argoproj.io", "AnalysisRun", analysisRun),
        HealthRule("argoproj.io", "ApplicationSet", applicationSet),
        HealthRule("argoproj.io", "CronWorkflow", cronWorkflow),
        HealthRule("argoproj.io", "EventBus", eventBus),
        HealthRule("argoproj.io", "Experiment", experiment),
        HealthRule("argocd-image-updater.argoproj.io", "ImageUpdater", imageUpdater),
    ]

    /// A phase of which the script knows nothing has no effect (specs/argocd.md 13.1).
    private static func analysisRun(_ input: HealthInput) -> ResourceHealth? {
        guard input.hasStatus else {
            return ResourceHealth(
                .progressing, "Waiting for analysis run to finish: status has not been reconciled.")
        }
        let message = input.statusText("message")
        switch input.statusText("phase") {
        case "Pending", "Running": return ResourceHealth(.progressing, "Analysis run is running")
        case "Successful": return ResourceHealth(.healthy, message ?? "Analysis run completed successfully")
        case "Failed": return ResourceHealth(.degraded, message ?? "Analysis run failed")
        case "Error": return ResourceHealth(.degraded, message ?? "Analysis run had an error")
        case "Inconclusive": return ResourceHealth(.unknown, message ?? "Analysis run was inconclusive")
        default: return nil
        }
    }

    private static func experiment(_ input: HealthInput) -> ResourceHealth? {
        guard input.hasStatus else {
            return ResourceHealth(
                .progressing, "Waiting for experiment to finish: status has not been reconciled.")
        }
        switch input.statusText("phase") {
        case "Pending": return ResourceHealth(.progressing, "Experiment is pending")
        case "Running": return ResourceHealth(.progressing, "Experiment is running")
        case "Successful": return ResourceHealth(.healthy, "Experiment is successful")
        case "Failed": return ResourceHealth(.degraded, "Experiment has failed")
        case "Error": return ResourceHealth(.degraded, "Experiment had an error")
        default: return nil
        }
    }

    private static let applicationSet = ConditionTable(
        [
            .when("ErrorOccurred", "True", .degraded), .when("ResourcesUpToDate", "False", .degraded),
            .when("RolloutProgressing", "True", .progressing), .when("ResourcesUpToDate", "True", .healthy),
        ], first: .rows, waiting: "Waiting for the status to be reported")

    private static let cronWorkflow = ConditionTable(
        [
            .when("SpecError", "True", .degraded), .when("SubmissionError", "True", .degraded),
            .when("Completed", "True", .healthy),
        ], otherwise: ResourceHealth(.healthy, "CronWorkflow is healthy."))

    /// Only the condition Deployed is read: Pods that crash leave an EventBus Healthy (specs/argocd.md 0.12).
    private static let eventBus = ConditionTable(
        [.when("Deployed", "False", .degraded, .ownOrReason), .when("Deployed", "True", .healthy, .ownOrReason)],
        waiting: "Waiting for initialization")

    private static let updater = ConditionTable(
        [
            .when("Error", "True", .degraded), .when("Reconciling", "True", .progressing),
            .when("Ready", "True", .healthy), .when("Ready", "False", .degraded),
        ], first: .rows, waiting: "Waiting for ImageUpdater to report a Ready condition")

    private static func imageUpdater(_ input: HealthInput) -> ResourceHealth? {
        guard input.hasConditions else {
            return ResourceHealth(.progressing, "Waiting for ImageUpdater to be reconciled")
        }
        if input.isBehind(input.status["observedGeneration"]) {
            return ResourceHealth(.progressing, "Waiting for ImageUpdater spec update to be observed")
        }
        return updater.health(input)
    }
}
