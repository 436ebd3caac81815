import ClusterSimulation
import Manifests
import Reports
import Scenarios

/// Loads one scenario and rehearses it, with each combination of releases that it or the user asks for.
struct Rehearsal {
    /// The path that means standard input.
    static let standardInput = "-"

    /// As the user named it, or as an index did.
    let path: String
    let options: RehearsalOptions
    /// The folder of the suite that the scenario was found in; its files may be named too.
    var suite: String?
    /// Which of how many, for the progress line.
    var title: String

    /// Gives `ended` the outcomes as they come, one for each combination of releases, or why there is none, and whether
    /// it is the last of this scenario. Problems of the input are told on standard error as well.
    ///
    /// - Parameter isTest: whether the outcome is compared with the scenario's `expect`.
    func run(isTest: Bool = false, ended: (ScenarioResult, _ isLast: Bool) throws -> Void) throws {
        // Results hold texts: a suite does not keep the files of each of its scenarios.
        try SourceMap.releasing { try rehearse(isTest: isTest, ended: ended) }
    }

    private func rehearse(isTest: Bool, ended: (ScenarioResult, _ isLast: Bool) throws -> Void) throws {
        let progress = Progress(title: title)
        defer { progress.clear() }
        progress.show("reading")
        let clock = ContinuousClock()
        let start = clock.now
        let (scenario, problems) = load()
        if !problems.text.isEmpty {
            progress.clear()
            StandardError.write(problems.text)
        }
        guard let scenario, !problems.hasErrors else {
            var result = ScenarioResult(scenario: path, error: problems.text)
            result.path = path
            return try ended(result, true)
        }
        let loading = Self.milliseconds(clock.now - start)
        let combinations = try options.runOptions(for: scenario)
        for (index, runOptions) in combinations.enumerated() {
            let begun = clock.now
            var runner = ScenarioRunner(scenario, runOptions)
            var outcome = runner.run { what in
                progress.show(runOptions.variant.isEmpty ? what : "\(runOptions.variant): \(what)")
            }
            outcome.timings.loadMilliseconds = loading
            outcome.timings.simulateMilliseconds = Self.milliseconds(clock.now - begun)
            let versions = runner.simulation.configuration.versions
            var result = ScenarioResult(
                outcome, expectation: isTest ? Self.compare(outcome, scenario, versions) : nil)
            result.path = scenario.path
            result.matrix = runOptions.variant.isEmpty ? nil : scenario.name
            progress.clear()
            try ended(result, index == combinations.count - 1)
        }
    }

    /// The scenario, nil where a problem is an error; and the problems.
    private func load() -> (scenario: Scenario?, problems: Problems) {
        guard path == Self.standardInput else { return ScenarioLoader.load(path: path) }
        do {
            let bytes = try InputFiles.readStandardInput(sizeMax: ScenarioFiles.bytesMax)
            return ScenarioLoader.load(path: path, standardInput: bytes)
        } catch {
            let problems = Problems()
            problems.collector.error(
                "unreadable-file", "cannot read standard input: \(error.reason)",
                path: ScenarioLoader.standardInputName)
            return (nil, problems)
        }
    }

    /// How the outcome compares with the scenario's `expect`; without one, every invariant has to hold.
    private static func compare(
        _ outcome: Outcome, _ scenario: Scenario, _ versions: Versions
    ) -> ScenarioResult.Expectation {
        let expected = (scenario.expectation ?? Scenario.Expectation()).under(versions)
        return ScenarioResult.Expectation(
            violations: expected.violations.map { .init(invariant: $0.invariant.text, subject: $0.subject) },
            allowsOthers: expected.allowsOthers, unmet: expected.unmet(in: outcome, path: scenario.path))
    }

    private static func milliseconds(_ duration: Swift.Duration) -> Double {
        Double(duration.components.seconds) * 1000 + Double(duration.components.attoseconds) / 1e15
    }
}

extension [ScenarioResult] {
    /// 2: an input was bad; 1: an invariant was violated; 4: not everything could be told; 0: all hold.
    var exitStatus: Int32 {
        if contains(where: { $0.outcome == nil }) { return 2 }
        let verdicts = compactMap(\.outcome?.verdict)
        return verdicts.contains(.violated) ? 1 : verdicts.contains(.inconclusive) ? 4 : 0
    }
}
