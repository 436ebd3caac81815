/// A rule of the model, where it is from, and what holds the model to it.
struct FidelityRule: Sendable {
    /// The kind, or the part of a component, that it is about.
    var subject: String
    /// What happens, in a sentence.
    var rule: String
    /// Where the rule is written down, or `recordings`.
    var source: String
    var evidence: [Evidence]

    /// What would fail if the model broke the rule.
    enum Evidence: Sendable {
        /// The cases of a suite whose recording mentions a text.
        case recorded(String, mentioning: String)
        /// Every case of a suite.
        case suite(String)
        /// A test suite of our own.
        case test(String)
        /// Nothing: the rule is from memory or a guess.
        case guess
    }

    init(_ subject: String, _ rule: String, _ source: String, _ evidence: Evidence...) {
        self.subject = subject
        self.rule = rule
        self.source = source
        self.evidence = evidence
    }
}

/// Every rule of the page on fidelity, by area.
enum FidelityCatalogue {
    static let areas: [(title: String, rules: [FidelityRule])] = [
        ("The API server", apiServer), ("Namespaces and garbage collection", deletion), ("Workloads", workloads),
        ("Services, storage and quotas", resources), ("DNS", dns), ("Certificates and webhooks", certificates),
        ("Argo CD", argoCD),
    ]
}
