import ClusterSimulation

/// One scenario's result as test cases.
struct JUnitSuite {
    enum Result {
        case passed
        case skipped(reason: String)
        case failure(type: String, message: String, body: String)
        case error(message: String)

        /// The element that says so; empty for a passed test case.
        var element: String {
            switch self {
            case .passed: ""
            case .skipped: "skipped"
            case .failure: "failure"
            case .error: "error"
            }
        }
    }

    struct Case {
        var name: String
        var result: Result
        /// Where the change that caused it is written.
        var source: (file: String, line: String?)?
        /// For `system-out`.
        var note: String?
    }

    let name: String
    private(set) var cases: [Case] = []
    private(set) var properties: [(String, String)] = []
    private(set) var seconds: Double = 0

    init(_ result: ScenarioResult) {
        name = result.scenario
        guard let outcome = result.outcome else {
            cases = [Case(name: "rehearse", result: .error(message: result.error ?? "no outcome"))]
            return
        }
        properties = [
            ("digest", outcome.digest), ("inputDigest", outcome.inputDigest), ("modelVersion", outcome.modelVersion),
            ("seed", "\(outcome.seed)"), ("verdict", outcome.verdict.rawValue),
        ]
        seconds = outcome.timings.simulateMilliseconds / 1000
        let problems = Problem.problems(in: outcome.violations)
        var names = Set(outcome.invariants)
        names.formUnion(problems.map(\.invariant))
        cases = names.sorted().map { name in
            Self.makeCase(name, problems.filter { $0.invariant == name }, outcome, result.expectation)
        }
        cases += Self.unknownCases(outcome.unknowns)
        if let expectation = result.expectation { cases.append(Self.expectationCase(expectation)) }
        cases.sort { $0.name < $1.name }
    }

    private static func makeCase(
        _ name: String, _ problems: [Problem], _ outcome: Outcome, _ expectation: ScenarioResult.Expectation?
    ) -> Case {
        let unexpected = problems.filter { !(expectation?.covers($0.violations[0]) ?? false) }
        guard let first = unexpected.first else {
            if !problems.isEmpty {
                return Case(name: name, result: .passed, note: "expected:\n" + body(of: problems, outcome))
            }
            // Nothing was seen to be false, but not everything was seen: not a pass.
            if outcome.verdict == .inconclusive {
                return Case(name: name, result: .skipped(reason: inconclusiveReason(outcome)))
            }
            return Case(name: name, result: .passed)
        }
        var message = "\(first.subject.text): \(first.violations[0].message)"
        if unexpected.count > 1 { message += " (and \(unexpected.count - 1) more)" }
        let cause = Issue.rootCause(of: first.violations[0])
        return Case(
            name: name,
            result: .failure(type: first.kind.rawValue, message: message, body: body(of: unexpected, outcome)),
            source: cause?.source.map(location))
    }

    private static func inconclusiveReason(_ outcome: Outcome) -> String {
        guard let first = outcome.unknowns.first else { return "inconclusive: the rehearsal reached a limit" }
        let rest = outcome.unknowns.count - 1
        return "inconclusive: \(first.subject.text): \(first.message)" + (rest > 0 ? " (and \(rest) more)" : "")
    }

    private static func body(of problems: [Problem], _ outcome: Outcome) -> String {
        problems.enumerated().map { index, problem in
            TextProblem(number: index + 1, problem: problem, horizon: outcome.horizon, isExpected: false)
                .render(.plain)
        }.joined(separator: "\n")
    }

    /// Several unknowns on one subject are one test case, since names must be unique within a suite.
    private static func unknownCases(_ unknowns: [Unknown]) -> [Case] {
        var cases: [Case] = []
        var reasons: [Subject: [String]] = [:]
        for unknown in unknowns { reasons[unknown.subject, default: []].append(unknown.message) }
        for unknown in unknowns {
            guard let messages = reasons.removeValue(forKey: unknown.subject) else { continue }
            cases.append(
                Case(
                    name: "unknown: \(unknown.subject.text)",
                    result: .skipped(reason: messages.joined(separator: "; ")),
                    source: unknown.source.map(location)))
        }
        return cases
    }

    private static func expectationCase(_ expectation: ScenarioResult.Expectation) -> Case {
        guard let first = expectation.unmet.first else { return Case(name: "expect", result: .passed) }
        let body = expectation.unmet.joined(separator: "\n")
        // Each mismatch begins with the place of the expectation in the scenario's file.
        let source = first.firstRange(of: ": ").map { location(String(first[..<$0.lowerBound])) }
        return Case(name: "expect", result: .failure(type: "expect", message: first, body: body), source: source)
    }

    /// Splits `file:line:column`; a path may hold colons of its own.
    private static func location(_ source: String) -> (file: String, line: String?) {
        let parts = source.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count >= 3, Int(parts[parts.count - 1]) != nil, Int(parts[parts.count - 2]) != nil else {
            return (source, nil)
        }
        return (parts.dropLast(2).joined(separator: ":"), String(parts[parts.count - 2]))
    }
}
