/// A rule of which a migration must keep every instance true, with all there is to say about it.
///
/// Incremental: it is evaluated for one subject at a time, and only when something that it reads has changed.
package struct Invariant: Sendable {
    /// Kebab case, never changed: `no-stuck-termination`.
    package var id: Symbol
    package var kind: PropertyKind
    /// One sentence: what must be true.
    package var title: String
    /// What is wrong with a subject of which it is not true, as the rest of a sentence: `stays Terminating`.
    package var predicate: String
    /// The invariants whose violations can be what is behind a violation of this one, the closest first; empty: what it
    /// finds is always a cause of its own.
    package var explainedBy: [Symbol]
    /// The page of `rehearse explain`.
    package var page: Page
    /// How long it may be false before that is a violation (for `eventually`: the bound).
    package var grace: SimulationTime.Span
    package var reads: [Reads]
    package var evaluate: @Sendable (Simulation, ObjectKey) -> Finding

    /// What `rehearse explain` tells.
    package struct Page: Sendable {
        /// The rule, with its source.
        package var rule: String
        /// A real incident behind it.
        package var incident: String
        /// How it looks when broken.
        package var symptom: String
        package var remedy: String

        package init(rule: String, incident: String, symptom: String, remedy: String) {
            self.rule = rule
            self.incident = incident
            self.symptom = symptom
            self.remedy = remedy
        }
    }

    package init(
        _ id: Symbol, _ kind: PropertyKind, title: String, predicate: String? = nil, explainedBy: [Symbol] = [],
        grace: SimulationTime.Span, reads: [Reads], page: Page,
        evaluate: @escaping @Sendable (Simulation, ObjectKey) -> Finding
    ) {
        self.id = id
        self.kind = kind
        self.title = title
        self.predicate = predicate ?? title
        self.explainedBy = explainedBy
        self.page = page
        self.grace = grace
        self.reads = reads
        self.evaluate = evaluate
    }

    /// Which subjects to look at again when an object changes.
    package enum Reads: Sendable {
        /// Objects of this kind are subjects: any change of one, its status included.
        case subjects(Watch.Target)
        /// Subjects that refer to the changed object by this type of reference: when the object appears, starts to go,
        /// is gone, or changes its body.
        case targets(ReferenceType)
        /// Whatever the function names, when an object of the kind changes in one of these ways.
        case changes(of: Watch.Target, Changes, @Sendable (Simulation, ObjectKey, (ObjectKey) -> Void) -> Void)
        /// Every object of any kind that has, or just had, a finalizer: any change but of its status.
        case finalizers
        /// Whatever the function names, when a program starts or stops.
        case programs(@Sendable (Simulation, (ObjectKey) -> Void) -> Void)
        /// Whatever the function names, when a fact about images changes.
        case imageFacts(@Sendable (Simulation, (ObjectKey) -> Void) -> Void)
    }
}

/// What an evaluation found for one subject.
package enum Finding {
    case holds
    /// The subject is gone, or the rule has nothing to say about it. Closes an open interval like `holds`.
    case notApplicable
    case violated(Evidence)
    case unknown(Evidence)
    /// Holds now, and is to be looked at again at a certain time (a certificate's expiry).
    case holdsUntil(SimulationTime)
}

/// Why, told only where somebody will read it.
package struct Evidence {
    /// Differs where the explanation would differ; equal fingerprints keep the first explanation.
    package var fingerprint: UInt64
    /// When to look at the subject again although nothing changed; `.never`: no need to.
    package var recheck: SimulationTime
    /// Whether it tells less than what may have been told of the same interval before, which is kept then: that
    /// something is under way, where before there was an error.
    package var isWeak: Bool
    package var explain: (Simulation) -> Explanation

    package init(
        fingerprint: UInt64 = 0, recheck: SimulationTime = .never, isWeak: Bool = false,
        explain: @escaping (Simulation) -> Explanation
    ) {
        self.fingerprint = fingerprint
        self.recheck = recheck
        self.isWeak = isWeak
        self.explain = explain
    }
}

/// The words of a violation.
package struct Explanation: Sendable {
    package var message: String
    package var remedy: String
    /// The trace entry that made it false; nil: the last write before it was found.
    package var cause: TraceID?
    /// The place in a file that is to blame, where it is known better than "the object's manifest".
    package var origin: Origin
    /// The objects whose trouble this may be a consequence of, the closest first; its own subject is meant anyway.
    package var because: [ObjectKey]
    /// Root causes of equal theme are one issue, whatever their invariant; empty: those of one invariant whose messages
    /// differ in nothing but the subject's name.
    package var theme: String

    package init(
        _ message: String, remedy: String, cause: TraceID? = nil, origin: Origin = .none, because: [ObjectKey] = [],
        theme: String = ""
    ) {
        self.message = message
        self.remedy = remedy
        self.cause = cause
        self.origin = origin
        self.because = because
        self.theme = theme
    }
}
