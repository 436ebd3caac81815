/// What the model reads of a workload: Deployment, ReplicaSet, StatefulSet, DaemonSet, Job, CronJob.
package final class WorkloadFacts {
    /// `spec.replicas`, `spec.parallelism` of a Job; 1 where it is not said.
    package let replicas: Int
    package let selector: LabelSelector
    /// The pod template's spec.
    package let template: PodTemplateFacts
    /// The pod template as it is written, `metadata` and `spec`.
    package let templateValue: Value
    package let templateLabels: MapID
    package let templateAnnotations: MapID
    package let strategy: Strategy
    package let isPaused: Bool
    package let progressDeadline: SimulationTime.Span
    package let revisionHistoryLimit: Int
    /// `spec.serviceName` of a StatefulSet.
    package let serviceName: Symbol
    /// `spec.podManagementPolicy: Parallel` of a StatefulSet.
    package let isParallel: Bool
    /// `metadata.name` and the rest of each `volumeClaimTemplates` entry.
    package let claimTemplates: [(name: Symbol, value: Value)]
    package let completions: Int?
    package let backoffLimit: Int
    package let activeDeadline: SimulationTime.Span?
    package let timeToLive: SimulationTime.Span?
    package let isSuspended: Bool
    /// What only a CronJob has.
    package let cron: CronJobFacts?
    // Made for the first that asks: nobody names anything after the templates of Jobs.
    private var hashes: PodTemplateHash?
    private var podBodyID: BodyID?

    /// How a changed template is rolled out.
    package enum Strategy: Sendable, Equatable {
        /// Old Pods go first. Deployment only.
        case recreate
        case rollingUpdate(maxSurge: Amount, maxUnavailable: Amount, partition: Int)
        /// Only Pods that somebody deletes are replaced. StatefulSet and DaemonSet.
        case onDelete
    }

    /// An `IntOrString` amount.
    package enum Amount: Sendable, Equatable {
        case count(Int)
        case percent(Int)

        /// Of that many Pods; a percentage rounds up for surge and down for unavailability.
        package func of(_ replicas: Int, roundingUp: Bool) -> Int {
            switch self {
            case .count(let count): count
            case .percent(let percent): (replicas * percent + (roundingUp ? 99 : 0)) / 100
            }
        }

        init?(_ value: Value?) {
            if let count = value?.int32 {
                self = .count(count)
            } else if let text = value?.text, text.hasSuffix("%"), let percent = Int32(text.dropLast()) {
                self = .percent(Int(percent))
            } else {
                return nil
            }
        }
    }

    static func analyse(_ body: Value, _ tables: ClusterTables) -> Analysis.Result {
        let facts = WorkloadFacts(body, tables)
        var collector = ReferenceCollector()
        collector.addPodSpec(facts.template, spec: facts.templateValue["spec"] ?? nil)
        return Analysis.Result(facts: facts, references: collector.references)
    }

    /// A ReplicaSet's own references are left to its Deployment and its Pods: old ReplicaSets need nothing.
    static func analyseReplicaSet(_ body: Value, _ tables: ClusterTables) -> Analysis.Result {
        Analysis.Result(facts: WorkloadFacts(body, tables))
    }

    init(_ body: Value, _ tables: ClusterTables) {
        let spec = body["spec"] ?? nil
        let jobSpec = spec.at("jobTemplate", "spec")
        templateValue = jobSpec?["template"] ?? spec["template"] ?? nil
        template = PodTemplateFacts(spec: templateValue["spec"] ?? nil)
        templateLabels = tables.map(of: templateValue.at("metadata", "labels"))
        templateAnnotations = tables.map(of: templateValue.at("metadata", "annotations"))
        replicas = max(0, spec["replicas"]?.int32 ?? spec["parallelism"]?.int32 ?? 1)
        selector = spec["selector"].map { LabelSelector($0) } ?? LabelSelector()
        strategy = Self.strategy(spec["strategy"] ?? spec["updateStrategy"] ?? nil)
        isPaused = spec["paused"]?.boolean ?? false
        progressDeadline = .seconds(Int64(spec["progressDeadlineSeconds"]?.int32 ?? 600))
        revisionHistoryLimit = spec["revisionHistoryLimit"]?.int32 ?? 10
        serviceName = spec["serviceName"]?.symbol ?? .empty
        isParallel = spec["podManagementPolicy"]?.symbol == "Parallel"
        claimTemplates =
            spec["volumeClaimTemplates"]?.elements.compactMap { value in
                value.at("metadata", "name")?.symbol.map { ($0, value) }
            } ?? []
        let job = jobSpec ?? spec
        completions = job["completions"]?.int32
        backoffLimit = job["backoffLimit"]?.int32 ?? 6
        activeDeadline = job["activeDeadlineSeconds"]?.int32.map { .seconds(Int64($0)) }
        timeToLive = job["ttlSecondsAfterFinished"]?.int32.map { .seconds(Int64($0)) }
        isSuspended = job["suspend"]?.boolean ?? false
        cron = jobSpec == nil ? nil : CronJobFacts(spec)
    }

    private static func strategy(_ value: Value) -> Strategy {
        switch value["type"]?.symbol {
        case "Recreate": return .recreate
        case "OnDelete": return .onDelete
        default:
            let rolling = value["rollingUpdate"] ?? nil
            return .rollingUpdate(
                maxSurge: Amount(rolling["maxSurge"]) ?? .percent(25),
                maxUnavailable: Amount(rolling["maxUnavailable"]) ?? .percent(25),
                partition: rolling["partition"]?.int32 ?? 0)
        }
    }

    /// The template's hashes, as the cluster's version computes them.
    package func hashes(_ simulation: Simulation) -> PodTemplateHash {
        let minor = simulation.configuration.versions.kubernetesMinor
        if let hashes, hashes.minor == minor { return hashes }
        let hashes = PodTemplateHash(templateValue, minor: minor)
        self.hashes = hashes
        return hashes
    }

    /// The body of this template's Pods.
    package func podBody(_ tables: ClusterTables) -> BodyID {
        if let podBodyID { return podBodyID }
        let id = tables.body(kind: .pod, Value(.object([Field("spec", templateValue["spec"] ?? nil)])))
        podBodyID = id
        return id
    }
}
