import ArgumentParser
import ClusterSimulation
import Manifests
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

    @Option(
        help: ArgumentHelp(
            "Rehearse with the rules of this version of Kubernetes, 1.30 to 1.36; of each of several, 1.32,1.34.",
            valueName: "version"))
    var kubernetes: String?

    @Option(
        help: ArgumentHelp(
            "Rehearse with the rules of this version of Argo CD, 2.13 to 3.6; of each of several, 2.14,3.2.",
            valueName: "version"))
    var argocd: String?

    @Option(
        name: .customLong("root"),
        help: ArgumentHelp(
            """
            A folder whose files a scenario may name, beside its own folder, its suite's and the current directory; \
            may be given several times.
            """, valueName: "folder"))
    var roots: [String] = []

    @OptionGroup var health: HealthScriptOptions

    private var kubernetesVersions: Result<[Int], VersionText.Problem>? {
        kubernetes.map { VersionText.list($0, VersionText.kubernetes) { $0 == $1 } }
    }

    private var argocdVersions: Result<[(major: Int, minor: Int)], VersionText.Problem>? {
        argocd.map { VersionText.list($0, VersionText.argocd) { $0 == $1 } }
    }

    func validate() throws {
        if case .failure(let problem) = kubernetesVersions { throw ValidationError(problem.message) }
        if case .failure(let problem) = argocdVersions { throw ValidationError(problem.message) }
        for root in roots where InputFiles.kind(root) != .folder {
            throw ValidationError("'--root' must name a folder, not '\(root)'")
        }
        if let until, SimulationTime(rfc3339: until) == nil, SimulationTime.Span(text: until) == nil {
            throw ValidationError(
                "'--until' must be a time like 2025-11-27T04:10:00Z or a length like 90m, not '\(until)'")
        }
    }

    /// The options for one scenario, for each combination of releases.
    func runOptions(for scenario: Scenario) throws -> [RunOptions] {
        var matrix = scenario.versions
        if case .success(let minors) = kubernetesVersions { matrix.kubernetes = minors }
        if case .success(let releases) = argocdVersions { matrix.argocd = releases }
        let until = try end(of: scenario)
        let scripts = try health.read()
        return matrix.combinations.map { versions in
            var options = RunOptions()
            options.seed = seed
            options.versions = versions
            options.variant = matrix.name(of: versions)
            options.healthScripts = scripts
            options.until = until
            return options
        }
    }

    private func end(of scenario: Scenario) throws -> SimulationTime? {
        guard let until else { return nil }
        let end = SimulationTime(rfc3339: until) ?? SimulationTime.Span(text: until).map { scenario.start + $0 }
        if let end, end < scenario.start {
            throw CommandFailure("error: '--until \(until)' lies before the start, \(scenario.start.rfc3339)")
        }
        return end
    }
}
