package import ClusterSimulation

/// What became of one scenario: an outcome, or an error of its input or of ours, and whether it was as expected.
package struct ScenarioResult: Sendable, Equatable {
    /// `metadata.name`, or the path where the file could not be read that far.
    package var scenario: String
    package var outcome: Outcome?
    /// The scenario's file, as the user would name it; nil where the outcome comes from a ledger.
    package var path: String?
    /// Why there is no outcome: bad input, or a bug of ours. nil with an outcome.
    package var error: String?
    /// The scenario's own name, where it was rehearsed with several releases.
    package var matrix: String?
    /// What the scenario's `expect` says about the outcome; nil where nothing was expected.
    package var expectation: Expectation?

    /// How an outcome compares with a scenario's `expect`.
    package struct Expectation: Sendable, Equatable {
        /// One expected violation. Several violations of the same invariant and subject are one.
        package struct ExpectedViolation: Sendable, Hashable {
            package var invariant: String
            package var subject: Subject

            package init(invariant: String, subject: Subject) {
                self.invariant = invariant
                self.subject = subject
            }
        }

        /// The violations that are meant to happen; they do not count as failures.
        package var violations: [ExpectedViolation]
        /// Whether any other violation may happen besides.
        package var allowsOthers: Bool
        /// What was expected and is not so, one sentence each; empty: everything is as expected.
        package var unmet: [String]

        package init(violations: [ExpectedViolation] = [], allowsOthers: Bool = false, unmet: [String] = []) {
            self.violations = violations
            self.allowsOthers = allowsOthers
            self.unmet = unmet
        }

        /// Whether this violation is one that is meant to happen.
        func covers(_ violation: Violation) -> Bool {
            allowsOthers
                || violations.contains(ExpectedViolation(invariant: violation.invariant, subject: violation.subject))
        }
    }

    /// A scenario that was rehearsed.
    package init(_ outcome: Outcome, expectation: Expectation? = nil) {
        scenario = outcome.scenario
        self.outcome = outcome
        self.expectation = expectation
    }

    /// A scenario that could not be rehearsed, and why.
    package init(scenario: String, error: String) {
        self.scenario = scenario
        self.error = error
    }
}
