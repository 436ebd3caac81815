import ArgumentParser
import ClusterSimulation
import Scenarios

/// What a rehearsal may do otherwise than its scenario says.
struct RehearsalOptions: ParsableArguments {
    @Option(help: "The seed of every draw, instead of the scenario's.")
    var seed: UInt64?

    @Option(
        help: ArgumentHelp(
            "End at this virtual time instead of the scenario's horizon: 2025-11-27T04:10:00Z, or 90m after the start.",
            valueName: "time"))
    var until: String?

    @Option(help: ArgumentHelp("Rehearse with the rules of this version of Kubernetes: 1.34.", valueName: "version"))
    var kubernetes: String?

    @Option(help: ArgumentHelp("Rehearse with the rules of this version of Argo CD: 3.2.", valueName: "version"))
    var argocd: String?

    @OptionGroup var health: HealthScriptOptions

    func validate() throws {
        if let kubernetes, case .failure(let problem) = VersionText.kubernetes(kubernetes) {
            throw ValidationError(problem.message)
        }
        if let argocd, case .failure(let problem) = VersionText.argocd(argocd) {
            throw ValidationError(problem.message)
        }
        if let until, SimulationTime(rfc3339: until) == nil, SimulationTime.Span(text: until) == nil {
            throw ValidationError(
                "'--until' must be a time like 2025-11-27T04:10:00Z or a length like 90m, not '\(until)'")
        }
    }

    /// The options for one scenario.
    func runOptions(for scenario: Scenario) throws -> RunOptions {
        var options = RunOptions()
        options.seed = seed
        var versions = scenario.versions
        if let kubernetes, case .success(let minor) = VersionText.kubernetes(kubernetes) {
            versions.kubernetesMinor = minor
        }
        if let argocd, case .success(let version) = VersionText.argocd(argocd) {
            (versions.argocdMajor, versions.argocdMinor) = version
        }
        options.versions = versions
        options.healthScripts = try health.read()
        if let until {
            let end = SimulationTime(rfc3339: until) ?? SimulationTime.Span(text: until).map { scenario.start + $0 }
            if let end, end < scenario.start {
                throw CommandFailure("error: '--until \(until)' lies before the start, \(scenario.start.rfc3339)")
            }
            options.until = end
        }
        return options
    }
}
