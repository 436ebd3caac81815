extension Operator {
    /// Runner scale sets of GitHub Actions.
    static let actionsRunners = Operator(
        programs: [ActionsRunners.model],
        controllers: [
            AutoscalingRunnerSets.controller, RunnerListeners.controller, RunnerScaling.controller,
            EphemeralRunners.setController, EphemeralRunners.runnerController,
        ],
        analysers: [
            "actions.github.com/AutoscalingRunnerSet": AutoscalingRunnerSetFacts.analyse,
            "actions.github.com/AutoscalingListener": AutoscalingListenerFacts.analyse,
            "actions.github.com/EphemeralRunnerSet": EphemeralRunnerSetFacts.analyse,
            "actions.github.com/EphemeralRunner": EphemeralRunnerFacts.analyse,
        ],
        finalizers: FinalizerOwners.Entry.of(
            ActionsRunners.program, "autoscalingrunnerset.actions.github.com/*",
            "autoscalinglistener.actions.github.com/*", "ephemeralrunnerset.actions.github.com/*",
            "ephemeralrunner.actions.github.com/*", "actions.github.com/cleanup-protection"))
}
