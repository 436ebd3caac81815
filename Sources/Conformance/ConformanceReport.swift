/// What a comparison of recordings with the model found, suite by suite.
package struct ConformanceReport: Sendable {
    /// Sorted as the sources of recordings are, each source's suites by name.
    package var suites: [Suite]

    package init(suites: [Suite] = []) { self.suites = suites }

    package var passed: Int { suites.reduce(0) { $0 + $1.passed } }
    package var failed: Int { suites.reduce(0) { $0 + $1.failed } }
    package var skipped: Int { suites.reduce(0) { $0 + $1.skipped } }

    /// As of one suite, for all of them.
    package var skips: [(reason: String, count: Int)] { Self.skips(of: suites.flatMap(\.cases)) }

    private static func skips(of cases: [Case]) -> [(reason: String, count: Int)] {
        var skips: [(reason: String, count: Int)] = []
        for reason in cases.compactMap(\.skipReason) {
            if let index = skips.firstIndex(where: { $0.reason == reason }) {
                skips[index].count += 1
            } else {
                skips.append((reason, 1))
            }
        }
        return skips
    }

    /// Recordings of one thing, such as one family of traces.
    package struct Suite: Sendable {
        /// With its source: `kubernetes/lifecycle`.
        package var name: String
        package var cases: [Case]

        package init(name: String, cases: [Case]) {
            self.name = name
            self.cases = cases
        }

        /// Cases in which every step is as recorded.
        package var passed: Int { cases.count { $0.skipReason == nil && $0.failures.isEmpty } }
        package var failed: Int { cases.count { !$0.failures.isEmpty } }
        package var skipped: Int { cases.count { $0.skipReason != nil } }
        /// Compared steps of the cases that were not skipped.
        package var steps: Int { cases.reduce(0) { $0 + $1.steps } }
        package var failedSteps: Int { cases.reduce(0) { $0 + $1.failures.count } }
        package var failures: [Failure] { cases.flatMap(\.failures) }
        /// Why cases were skipped, and how many for each reason, in the order of the cases.
        package var skips: [(reason: String, count: Int)] { ConformanceReport.skips(of: cases) }
    }

    /// One trace, one question, one row of a table.
    package struct Case: Sendable {
        package var id: String
        /// How many comparisons it consists of.
        package var steps: Int
        /// In the order of the steps, at most one a step.
        package var failures: [Failure] = []
        /// Why it was not compared.
        package var skipReason: String?

        package init(id: String, steps: Int = 1, failures: [Failure] = []) {
            self.id = id
            self.steps = steps
            self.failures = failures
        }

        /// A case that is left out, and why.
        package init(id: String, skipped reason: String) {
            self.id = id
            steps = 0
            skipReason = reason
        }

        /// A case of one comparison: passed where the two texts are equal.
        package init(id: String, request: String, expected: String, got: String) {
            self.init(id: id)
            if expected != got {
                failures = [Failure(case: id, step: 0, request: request, expected: expected, got: got)]
            }
        }
    }

    /// A step in which the model does not do what the real component did.
    package struct Failure: Sendable {
        package var `case`: String
        /// Counted from 0, as in the recording.
        package var step: Int
        /// What was asked for.
        package var request: String
        /// What the real component answered, as text, the same form as `got`.
        package var expected: String
        package var got: String

        package init(case id: String, step: Int, request: String, expected: String, got: String) {
            self.case = id
            self.step = step
            self.request = request
            self.expected = expected
            self.got = got
        }

        /// The first line in which the two differ.
        package var difference: (expected: String, got: String) {
            let wanted = expected.split(separator: "\n", omittingEmptySubsequences: false)
            let found = got.split(separator: "\n", omittingEmptySubsequences: false)
            for index in 0..<max(wanted.count, found.count) {
                let left = index < wanted.count ? wanted[index] : "(nothing)"
                let right = index < found.count ? found[index] : "(nothing)"
                if left != right { return (String(left), String(right)) }
            }
            return ("", "")
        }
    }
}
