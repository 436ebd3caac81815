import ArgumentParser
import ClusterSimulation
import Foundation
import OutcomeLedger
import Reports
import Scenarios

extension ReportFormat: ExpressibleByArgument {}

/// `rehearse run`: rehearses scenarios and tells what would break.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Rehearses scenarios and tells what would break, when, why, and what helps.",
        discussion: """
            EXAMPLES
              rehearse run scenarios/namespace-consolidation/scenario.yaml
              rehearse run a.yaml b.yaml --format junit -o results.xml
              rehearse run scenario.yaml --no-ledger --format json | jq '.violations[].message'
            """)

    @Argument(help: "Scenario files, or folders that hold a scenario.yaml.")
    var paths: [String]

    @Option(help: "text, markdown, json or junit.")
    var format: ReportFormat = .text

    @Option(name: [.customShort("o"), .long], help: "Write to this file instead of standard output.")
    var output: String?

    @Option(help: "The seed of every draw, instead of the scenario's.")
    var seed: UInt64?

    @Option(help: "Where the Markdown report of each scenario goes.")
    var reports = "reports/out"

    @Option(help: "The SQLite file that keeps the outcomes.")
    var ledger = "reports/out/ledger.sqlite"

    @Flag(help: "Keep no outcome and write no report.")
    var noLedger = false

    func run() throws {
        var results: [ScenarioResult] = []
        var hasBadInput = false
        for path in paths {
            let clock = ContinuousClock()
            let start = clock.now
            let (scenario, problems) = ScenarioLoader.load(path: path)
            if !problems.text.isEmpty { StandardError.write(problems.text) }
            guard let scenario, !problems.hasErrors else {
                hasBadInput = true
                results.append(ScenarioResult(scenario: path, error: problems.text))
                continue
            }
            var options = RunOptions()
            options.seed = seed
            var runner = ScenarioRunner(scenario, options)
            let loaded = clock.now
            var outcome = runner.run()
            outcome.timings.loadMilliseconds = Self.milliseconds(loaded - start)
            outcome.timings.simulateMilliseconds = Self.milliseconds(clock.now - loaded)
            results.append(ScenarioResult(outcome))
        }
        let text = format.render(results)
        if let output { try text.write(toFile: output, atomically: true, encoding: .utf8) } else { print(text, terminator: "") }
        if !noLedger { try keep(results.compactMap(\.outcome)) }
        if hasBadInput { throw ExitCode(2) }
        let verdicts = results.compactMap(\.outcome?.verdict)
        if verdicts.contains(.violated) { throw ExitCode(1) }
        if verdicts.contains(.inconclusive) { throw ExitCode(4) }
    }

    private func keep(_ outcomes: [Outcome]) throws {
        guard !outcomes.isEmpty else { return }
        try FileManager.default.createDirectory(atPath: reports, withIntermediateDirectories: true)
        let book = try OutcomeLedger.open(path: ledger)
        let now = Int64(Date().timeIntervalSince1970 * 1000)
        let run = try book.beginRun(label: nil, command: "run " + paths.joined(separator: " "), startedAtMilliseconds: now)
        for outcome in outcomes {
            try book.record(outcome, in: run)
            let path = "\(reports)/\(outcome.scenario).md"
            try ReportFormat.markdown.render(outcome).write(toFile: path, atomically: true, encoding: .utf8)
            StandardError.write("report: \(path)")
        }
        try book.finishRun(run, atMilliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        StandardError.write("ledger: \(ledger)")
    }

    private static func milliseconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) * 1000 + Double(duration.components.attoseconds) / 1e15
    }
}
