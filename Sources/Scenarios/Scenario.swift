package import ClusterSimulation

/// A scenario as its file says it, every file it names read and checked: what a rehearsal starts from.
package struct Scenario {
    /// `metadata.name`.
    package var name: String
    package var description: String
    /// Virtual time of the first step; the initial cluster has settled by then.
    package var start: SimulationTime
    /// Virtual time at which the tables are read.
    package var horizon: SimulationTime
    package var seed: UInt64
    /// The releases to rehearse it with.
    package var versions: VersionMatrix
    package var latencies: Latencies
    /// How long the initial cluster may take to settle; it begins that long before `start`.
    package var settle: SimulationTime.Span
    package var cluster: InitialCluster
    package var repositories: [Repository]
    package var charts: [ChartFact]
    package var changeSets: [ChangeSet]
    package var facts: Facts
    package var steps: [Step]
    package var disabledInvariants: [Symbol]
    package var grace: [(invariant: Symbol, span: SimulationTime.Span)]
    /// The Applications that printed tables list, in that order; empty: all.
    package var viewApplications: [Symbol]
    package var expectation: Expectation?
    /// Everything that was read, for the input's digest.
    package var files: ScenarioFiles
    /// The scenario file as the user named it.
    package var path: String
    /// The folder of `path`, with its slash; empty where the path has none.
    package var folder: String { path.lastIndex(of: "/").map { String(path[...$0]) } ?? "" }

    /// What the cluster holds before `start`.
    package struct InitialCluster {
        /// Applied by the cluster's admin, in this order.
        package var manifests: [Value] = []
        /// Loaded as they are, status included.
        package var snapshot: [Value] = []
        /// In place of the health scripts that Argo CD ships, for the kinds that are there.
        package var healthScripts = HealthScripts.none
        package init() {}
    }

    /// What no manifest holds.
    package struct Facts {
        package var images: [ImageFact] = []
        package var vaults: [VaultFact] = []
        package var githubActions: [GitHubActionsFact] = []
        package var webhooks: [WebhookFact] = []
        package init() {}
    }

    /// A git repository at its base revision.
    package struct Repository {
        package var url: Symbol
        package var aliases: [Symbol]
        package var branch: Symbol
        package var tree: FileTree
    }

    /// A chart that a source names by repository and version, or by a path in a repository outside the scenario.
    package struct ChartFact {
        package var repoURL: Symbol
        /// `chart` of the source; empty where `folder` says which.
        package var chart: Symbol
        /// `path` of the source; empty where `chart` says which.
        package var folder: Symbol
        /// `targetRevision`; empty: any.
        package var version: Symbol
        package var tree: FileTree
        package var origin: Origin
    }

    /// A pull request: files laid over a repository, and files taken out of it.
    package struct ChangeSet {
        package var name: Symbol
        package var title: String
        package var repository: Symbol
        package var overlay: FileTree
        package var removed: [String]
        package var origin: Origin
    }

    /// What the outcome must be for `rehearse test` to pass.
    package struct Expectation {
        /// nil: `violated` where violations are listed, else `holds`.
        package var verdict: Verdict?
        package var violations: [ExpectedViolation] = []
        /// Whether violations that are not listed are a mismatch too.
        package var isComplete = false
        /// The place of `verdict`, else of `expect`, else none: the scenario expects nothing in particular.
        package var origin: Origin = .none
        /// What must be so instead under some releases; the first that fits counts.
        package var exceptions: [Exception] = []
        package init() {}

        /// What must be so under certain releases.
        package func under(_ versions: Versions) -> Expectation {
            exceptions.first { $0.releases.contains(versions) }?.expectation ?? self
        }

        /// What must be so under some releases.
        package struct Exception {
            package var releases: ReleaseSelection
            package var expectation: Expectation
        }

        /// Some releases; nil: any.
        package struct ReleaseSelection {
            package var kubernetes: [Int]?
            package var argocd: [(major: Int, minor: Int)]?

            package func contains(_ versions: Versions) -> Bool {
                (kubernetes?.contains(versions.kubernetesMinor) ?? true)
                    && (argocd?.contains { $0 == (versions.argocdMajor, versions.argocdMinor) } ?? true)
            }
        }

        package struct ExpectedViolation {
            package var invariant: Symbol
            package var subject: Subject
            /// true: over by the horizon; false: still open; nil: either.
            package var fixed: Bool?
            package var origin: Origin
        }
    }
}
