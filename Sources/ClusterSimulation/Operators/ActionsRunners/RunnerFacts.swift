/// What an AutoscalingRunnerSet says.
package final class AutoscalingRunnerSetFacts: @unchecked Sendable {
    /// `spec.githubConfigUrl`: whose jobs the runners take.
    package let configurationURL: Symbol
    /// `spec.githubConfigSecret`, in the scale set's namespace.
    package let secret: Symbol
    package let minRunners: Int
    /// nil: as many as there are jobs.
    package let maxRunners: Int?
    /// `spec.runnerScaleSetName`, as GitHub shows it; empty: the object's name.
    let scaleSetName: Symbol
    let runnerGroup: Symbol
    /// `spec.template`: metadata and pod spec of a runner.
    let template: Value
    let listenerTemplate: Value?

    static func analyse(_ body: Value, _ tables: ClusterTables) -> Analysis.Result {
        let facts = AutoscalingRunnerSetFacts(body)
        guard !facts.secret.isEmpty else { return Analysis.Result(facts: facts) }
        let reference = Reference(
            .resource, .secret, .empty, facts.secret, origin: body.at("spec", "githubConfigSecret")?.origin ?? .none)
        return Analysis.Result(facts: facts, references: [reference])
    }

    init(_ body: Value) {
        let spec = body["spec"] ?? nil
        configurationURL = spec["githubConfigUrl"]?.symbol ?? .empty
        secret = spec["githubConfigSecret"]?.symbol ?? .empty
        minRunners = spec["minRunners"]?.int32 ?? 0
        maxRunners = spec["maxRunners"]?.int32
        scaleSetName = spec["runnerScaleSetName"]?.symbol ?? .empty
        runnerGroup = spec["runnerGroup"]?.symbol ?? "Default"
        template = spec["template"] ?? Value(.object([]))
        listenerTemplate = spec["listenerTemplate"]
    }

    /// Changes with what makes runners differ: a set of other runners is needed then.
    var runnerHash: String {
        var hash = StableHash(seed: configurationURL.stableHash)
        hash.combine(secret.stableHash)
        hash.combine(scaleSetName.stableHash)
        hash.combine(template.contentHash)
        return Operator.shortHash(hash.value)
    }
}

/// What an AutoscalingListener says: for which scale set it listens.
package final class AutoscalingListenerFacts: @unchecked Sendable {
    package let scaleSetNamespace: Symbol
    package let scaleSetName: Symbol
    package let runnerSetName: Symbol
    let configurationURL: Symbol
    let secret: Symbol
    let minRunners: Int
    let maxRunners: Int
    let image: Symbol
    let template: Value?

    static func analyse(_ body: Value, _ tables: ClusterTables) -> Analysis.Result {
        Analysis.Result(facts: AutoscalingListenerFacts(body))
    }

    init(_ body: Value) {
        let spec = body["spec"] ?? nil
        scaleSetNamespace = spec["autoscalingRunnerSetNamespace"]?.symbol ?? .empty
        scaleSetName = spec["autoscalingRunnerSetName"]?.symbol ?? .empty
        runnerSetName = spec["ephemeralRunnerSetName"]?.symbol ?? .empty
        configurationURL = spec["githubConfigUrl"]?.symbol ?? .empty
        secret = spec["githubConfigSecret"]?.symbol ?? .empty
        minRunners = spec["minRunners"]?.int32 ?? 0
        maxRunners = spec["maxRunners"]?.int32 ?? Int(Int32.max)
        image = spec["image"]?.symbol ?? .empty
        template = spec["template"]
    }

    /// How many runners the listener asks for. Source: `cmd/ghalistener/worker`: the least, and one for each assigned
    /// job, at most the most.
    func wantedRunners(assignedJobs: Int) -> Int { min(maxRunners, minRunners + assignedJobs) }
}

/// What an EphemeralRunnerSet says.
package final class EphemeralRunnerSetFacts: @unchecked Sendable {
    package let replicas: Int
    /// The spec of each EphemeralRunner.
    let runnerSpec: Value

    static func analyse(_ body: Value, _ tables: ClusterTables) -> Analysis.Result {
        Analysis.Result(facts: EphemeralRunnerSetFacts(body))
    }

    init(_ body: Value) {
        replicas = body.at("spec", "replicas")?.instanceCount ?? 0
        runnerSpec = body.at("spec", "ephemeralRunnerSpec") ?? Value(.object([]))
    }
}

/// What an EphemeralRunner says: one runner for one job.
package final class EphemeralRunnerFacts: @unchecked Sendable {
    package let secret: Symbol
    /// Labels and annotations of the Pod.
    let metadata: Value?
    let podSpec: Value

    static func analyse(_ body: Value, _ tables: ClusterTables) -> Analysis.Result {
        Analysis.Result(facts: EphemeralRunnerFacts(body))
    }

    init(_ body: Value) {
        let spec = body["spec"] ?? nil
        secret = spec["githubConfigSecret"]?.symbol ?? .empty
        metadata = spec["metadata"]
        podSpec = spec["spec"] ?? Value(.object([]))
    }
}
