import ArgumentParser
import ClusterSimulation
import Foundation
import OutcomeLedger
import Reports

/// `rehearse report`: the failure-mode report of a run, or of a scenario.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Writes the failure-mode report of a run for a postmortem.",
        discussion: """
            The run is one of the ledger (a number, a label, latest, previous), or a scenario that is rehearsed now \
            and not kept.

            Exit codes: 0 the report is written, 2 no such run, or bad input.

            EXAMPLES
              rehearse report latest -o postmortem.md
              rehearse report main --scenario namespace-consolidation
              rehearse report scenarios/getting-started --format json
            """)

    @Argument(
        help: ArgumentHelp(
            "A run of the ledger, a scenario file or its folder, or - for a scenario on standard input.",
            valueName: "run"))
    var reference: String

    @Option(help: ArgumentHelp("Only this scenario of the run.", valueName: "name"))
    var scenario: String?

    @Option(help: "markdown, text, json or junit.")
    var format: ReportFormat = .markdown

    @OptionGroup var output: OutputOptions
    @OptionGroup var text: TextOptions
    @OptionGroup var rehearsal: RehearsalOptions
    @OptionGroup var ledger: LedgerPath

    func run() throws {
        let output = try output.open(beside: ledger)
        let results = try isScenario ? rehearsed() : kept()
        if results.contains(where: { $0.outcome == nil }) { throw ExitCode(2) }
        try output.write(format.render(results, style: text.style(self.output)))
        if self.output.isFile, let path = self.output.path { StandardError.write("report: \(path.singleLine)") }
    }

    private func rehearsed() throws -> [ScenarioResult] {
        var results: [ScenarioResult] = []
        try Rehearsal(path: reference, options: rehearsal, title: reference).run { result, _ in results.append(result) }
        return results
    }

    private var isScenario: Bool {
        reference == Rehearsal.standardInput || reference.contains("/")
            || FileManager.default.fileExists(atPath: reference)
    }

    private func kept() throws -> [ScenarioResult] {
        let book = try ledger.openForReading()
        let run = try book.resolveRun(reference)
        let outcomes = try book.outcomes(in: run, scenario: scenario)
        guard !outcomes.isEmpty else {
            let names = try book.outcomes(in: run).map(\.scenario)
            guard let scenario, !names.isEmpty else { throw failure(run, "no outcome") }
            throw failure(run, "no scenario '\(scenario)'; it has \(names.joined(separator: ", "))")
        }
        return outcomes.map { ScenarioResult($0) }
    }

    private func failure(_ run: OutcomeLedger.Run, _ words: String) -> CommandFailure {
        CommandFailure("error: run \(run.name) has \(words)".singleLine)
    }
}
