/// What a rehearsal found: plain data for ledger, reports and the JSON of `rehearse run`.
///
/// Everything but `timings` is a function of input, seed and model version, and is covered by `digest` (`releases` by way
/// of `inputDigest`).
package struct Outcome: Sendable, Equatable {
    /// `metadata.name` of the scenario, and which releases where it was rehearsed with several.
    package var scenario: String
    /// Whose rules were followed; nil in outcomes that were recorded before it was noted.
    package var releases: Releases?
    package var modelVersion: String
    package var seed: UInt64
    package var verdict: Verdict
    /// 16 hexadecimal digits over everything below but `timings`; equal inputs give equal digests.
    package var digest: String
    /// 16 hexadecimal digits over the input: scenario, manifests, facts, options.
    package var inputDigest: String
    /// Virtual time at which the tables were read, and at which open intervals are still open.
    package var horizon: SimulationTime
    /// Virtual time of the first step.
    package var start: SimulationTime
    package var violations: [Violation]
    package var unknowns: [Unknown]
    package var applications: [ApplicationRow]
    package var pods: [PodRow]
    package var namespaces: [NamespaceRow]
    /// Namespaces that were there at the start and are gone at the horizon, by name.
    package var removedNamespaces: [String]
    /// Invariants that were checked, by id, in catalogue order.
    package var invariants: [String]
    /// What the scenario did, in order.
    package var timeline: [TimelineEntry]
    /// The scenario's change sets in the order it lists them, merged or not.
    package var changeSets: [ChangeSetRow]
    package var counters: Counters
    package var timings: Timings

    /// The releases of Kubernetes and Argo CD, as they are written: `1.34`, `3.2`.
    package struct Releases: Sendable, Hashable {
        package var kubernetes: String
        package var argocd: String

        package init(kubernetes: String, argocd: String) {
            self.kubernetes = kubernetes
            self.argocd = argocd
        }

        /// `Kubernetes 1.34, Argo CD 3.2`.
        package var text: String { "Kubernetes \(kubernetes), Argo CD \(argocd)" }
    }

    package init(
        scenario: String, modelVersion: String, seed: UInt64, verdict: Verdict, digest: String, inputDigest: String,
        horizon: SimulationTime, start: SimulationTime, violations: [Violation] = [], unknowns: [Unknown] = [],
        applications: [ApplicationRow] = [], pods: [PodRow] = [], namespaces: [NamespaceRow] = [],
        removedNamespaces: [String] = [], invariants: [String] = [], timeline: [TimelineEntry] = [],
        changeSets: [ChangeSetRow] = [],
        counters: Counters = Counters(), timings: Timings = Timings()
    ) {
        self.scenario = scenario
        self.modelVersion = modelVersion
        self.seed = seed
        self.verdict = verdict
        self.digest = digest
        self.inputDigest = inputDigest
        self.horizon = horizon
        self.start = start
        self.violations = violations
        self.unknowns = unknowns
        self.applications = applications
        self.pods = pods
        self.namespaces = namespaces
        self.removedNamespaces = removedNamespaces
        self.invariants = invariants
        self.timeline = timeline
        self.changeSets = changeSets
        self.counters = counters
        self.timings = timings
    }
}

/// The whole rehearsal's verdict.
package enum Verdict: String, Sendable, Equatable, CaseIterable {
    /// Every invariant held for every subject.
    case holds
    /// At least one invariant was violated for longer than its grace.
    case violated
    /// Nothing was violated, but a limit was hit or something that matters is unknown.
    case inconclusive
}

/// One invariant false for one subject over one interval.
package struct Violation: Sendable, Equatable {
    /// The invariant's id, `no-stuck-termination`.
    package var invariant: String
    package var kind: PropertyKind
    package var subject: Subject
    package var from: SimulationTime
    /// nil: still false at the horizon.
    package var to: SimulationTime?
    package var message: String
    /// What would prevent or repair it.
    package var remedy: String
    /// First cause first: from the scenario step to the event that made the invariant false.
    package var causes: [Cause]
    /// First cause first: from the scenario step to the event that made the invariant true again. Empty where it is
    /// still false, or where nothing but time ended it.
    package var endedBy: [Cause]
    /// The place in `Outcome.violations` of the one that this is a consequence of; nil: it is a root cause.
    package var consequenceOf: Int?
    /// The number of its issue, from 0 in order of first appearance: one root cause, or several of the same trouble,
    /// with all their consequences. nil in outcomes that were recorded before issues were told apart.
    package var issue: Int?

    package init(
        invariant: String, kind: PropertyKind, subject: Subject, from: SimulationTime, to: SimulationTime?,
        message: String, remedy: String, causes: [Cause], endedBy: [Cause] = [], consequenceOf: Int? = nil,
        issue: Int? = nil
    ) {
        self.consequenceOf = consequenceOf
        self.issue = issue
        self.invariant = invariant
        self.kind = kind
        self.subject = subject
        self.from = from
        self.to = to
        self.message = message
        self.remedy = remedy
        self.causes = causes
        self.endedBy = endedBy
    }
}

/// One link of a causal chain.
package struct Cause: Sendable, Equatable {
    package var at: SimulationTime
    /// Who: `user`, a controller, a service account.
    package var actor: String
    /// What: `merge`, `create`, `update`, `delete`, `exit`.
    package var action: String
    /// To what: `EventBus argo/default`, or a step's text.
    package var object: String
    /// `file:line:column`, where it came from a file.
    package var source: String?

    package init(at: SimulationTime, actor: String, action: String, object: String, source: String? = nil) {
        self.at = at
        self.actor = actor
        self.action = action
        self.object = object
        self.source = source
    }
}

/// Something the model cannot know: a blind spot that is listed, never a silent pass.
package struct Unknown: Sendable, Hashable {
    package var subject: Subject
    package var message: String
    /// `file:line:column`.
    package var source: String?

    package init(subject: Subject, message: String, source: String?) {
        self.subject = subject
        self.message = message
        self.source = source
    }
}

/// Wall-clock figures of one run. Never part of a digest.
package struct Timings: Sendable, Equatable {
    package var loadMilliseconds: Double = 0
    package var simulateMilliseconds: Double = 0

    package init() {}
}
