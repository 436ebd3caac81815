/// A named delay of a real component, with its default; a scenario may set each.
package enum Latency: String, CaseIterable, Sendable {
    /// From a write until a watching controller acts on it.
    case watch
    /// Scheduling one Pod.
    case schedule
    /// From a bound Pod until its sandbox and volumes are there.
    case podStart
    /// Pulling one image.
    case imagePull
    /// From a started container until it is ready.
    case containerReady
    /// From SIGTERM until the containers have ended.
    case podTermination
    /// From a readiness change until the EndpointSlice says so.
    case endpoints
    /// From asking an issuer until the certificate is there.
    case certificateIssue
    /// A controller taking over after its predecessor's lease ran out.
    case leaderElection
    /// Argo CD: between two looks at git (`timeout.reconciliation`).
    case argocdReconciliation
    /// Argo CD: the most that is added to it at random.
    case argocdJitter
    /// Argo CD: comparing one application.
    case argocdCompare
    /// Argo CD: between two sync waves.
    case argocdWaveDelay
    /// Argo CD: the most between two looks at a running operation.
    case argocdOperation
    /// The garbage collector's and the namespace controller's retry.
    case namespaceRetry
    /// Kubelet's retry of a volume that cannot be mounted.
    case mountRetry
    /// From a change of a Secret or ConfigMap until the files of a volume show it.
    case mountRefresh
    /// How long a Job of a known program runs.
    case taskDuration
    /// From creating a Gateway, Ingress or LoadBalancer until it has an address.
    case address
    /// CoreDNS: the TTL of a record.
    case dnsTTL

    /// Source: component defaults as DESIGN section 5 and specs/argocd.md 6.3.6, 9.1 name them; those of kubelet and
    /// scheduler are round figures of a small cluster.
    package var defaultSpan: SimulationTime.Span {
        switch self {
        case .watch: .milliseconds(20)
        case .schedule: .milliseconds(100)
        case .podStart: .seconds(2)
        case .imagePull: .seconds(3)
        case .containerReady: .seconds(5)
        case .podTermination: .seconds(2)
        case .endpoints: .milliseconds(500)
        case .certificateIssue: .seconds(2)
        case .leaderElection: .seconds(15)
        case .argocdReconciliation: .seconds(120)
        case .argocdJitter: .seconds(60)
        case .argocdCompare: .seconds(1)
        case .argocdWaveDelay: .seconds(2)
        case .argocdOperation: .seconds(30)
        case .namespaceRetry: .seconds(5)
        case .mountRetry: .seconds(30)
        case .mountRefresh: .seconds(60)
        case .taskDuration: .seconds(3)
        case .address: .seconds(10)
        case .dnsTTL: .seconds(30)
        }
    }
}

extension Latency {
    /// What a release had instead of the newest default; nil: the same. Source: specs/argocd.md 16.3.
    fileprivate func earlierSpan(_ versions: Versions) -> SimulationTime.Span? {
        switch self {
        case .argocdReconciliation: versions.has(.pollJitter) ? nil : .seconds(180)
        case .argocdJitter: versions.has(.pollJitter) ? nil : .seconds(0)
        default: nil
        }
    }
}

/// Every latency of one run.
package struct Latencies: Sendable {
    private var spans: [SimulationTime.Span] = Latency.allCases.map(\.defaultSpan)
    /// Those that somebody chose, whatever the release has.
    private var chosen: [Latency] = []

    package init() {}

    package subscript(latency: Latency) -> SimulationTime.Span {
        get { spans[Latency.allCases.firstIndex(of: latency) ?? 0] }
        set {
            spans[Latency.allCases.firstIndex(of: latency) ?? 0] = newValue
            chosen.append(latency)
        }
    }

    /// These latencies with the defaults of a release where nobody chose otherwise.
    func completed(_ versions: Versions) -> Latencies {
        var copy = self
        for (index, latency) in Latency.allCases.enumerated() where !chosen.contains(latency) {
            if let span = latency.earlierSpan(versions) { copy.spans[index] = span }
        }
        return copy
    }
}
