package import ClusterSimulation
import LuaHealth
import Patterns

/// A scenario made ready for any number of runs in one process.
///
/// All runs share what is immutable: one `ClusterTables` with every name, document and memo, one repo server with every
/// rendered source, and the cluster as it is after settling. So a second run of the same seed only plays the steps, and
/// has the digest of the first. Runs are forks: what one does no other sees. One thread; everything is let go with it.
package final class PreparedScenario {
    package let scenario: Scenario
    /// What the runs may not change of the scenario; the seed is that of `runner()`.
    package let options: RunOptions
    /// Shared by all runs.
    package let tables: ClusterTables
    /// Shared by all runs.
    package let server: ScenarioRepoServer
    let configuration: Configuration
    private let externals: ExternalSystems
    /// The settled cluster of the seed that was asked for last.
    private var settled: (seed: UInt64, runner: ScenarioRunner)?

    /// Reads nothing and simulates nothing yet.
    package init(_ scenario: Scenario, _ options: RunOptions = RunOptions()) {
        self.scenario = scenario
        self.options = options
        let tables = ClusterTables()
        var grace: [Symbol: SimulationTime.Span] = [:]
        for (invariant, span) in scenario.grace { grace[invariant] = span }
        let versions = options.versions ?? scenario.versions.combinations[0]
        configuration = Configuration(
            tables: tables, versions: versions, argoCD: scenario.argoCDSettings(versions),
            latencies: scenario.latencies, patterns: RE2Matcher.shared,
            disabledInvariants: scenario.disabledInvariants, grace: grace, limits: options.limits)
        let server = ScenarioRepoServer(scenario)
        externals = Self.externals(of: scenario, options, server)
        self.tables = tables
        self.server = server
    }

    private static func externals(
        of scenario: Scenario, _ options: RunOptions, _ server: ScenarioRepoServer
    ) -> ExternalSystems {
        var externals = ExternalSystems()
        externals.repositories = scenario.repositories.map {
            GitRepository(url: $0.url, aliases: $0.aliases, branch: $0.branch)
        }
        externals.repoServer = server
        externals.customHealth = CustomHealth(
            runner: LuaHealthRunner.shared,
            shipped: HealthScripts(scenario.cluster.healthScripts.entries + options.healthScripts.entries))
        externals.images = scenario.facts.images
        externals.vaults = scenario.facts.vaults
        externals.githubActions = scenario.facts.githubActions
        externals.webhooks = scenario.facts.webhooks
        return externals
    }

    /// A run that has not begun: an empty cluster.
    ///
    /// - Parameter seed: nil: that of the options, else of the scenario.
    package func runner(seed: UInt64? = nil) -> ScenarioRunner {
        var options = options
        options.seed = seed ?? options.seed ?? scenario.seed
        let simulation = Simulation(
            tables: tables, configuration: configuration, externals: externals,
            start: scenario.start + .milliseconds(-scenario.settle.milliseconds), seed: options.seed ?? scenario.seed)
        return ScenarioRunner(scenario, options, simulation)
    }

    /// A run whose initial cluster has settled. The first settles it, those of the same seed after it are forks.
    ///
    /// - Parameter seed: as in `runner(seed:)`.
    package func settledRunner(seed: UInt64? = nil) -> ScenarioRunner {
        let seed = seed ?? options.seed ?? scenario.seed
        if let settled, settled.seed == seed { return settled.runner }
        var runner = runner(seed: seed)
        runner.settle()
        settled = (seed, runner)
        return runner
    }
}
