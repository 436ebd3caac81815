import ArgumentParser
import ClusterSimulation
import OutcomeLedger
import Reports
import Scenarios

/// `rehearse test`: each scenario against its `expect`, for CI.
struct TestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Rehearses a suite and compares each outcome with what its scenario expects.",
        discussion: """
            A scenario without 'expect' has to hold. A folder stands for the scenarios of its index.yaml, else for its \
            scenario.yaml, else for every scenario below it. A scenario with several versions is a case for each.

            Exit codes: 0 all as expected, 1 a mismatch or a regression, 2 the input is bad, 3 a bug of rehearse, \
            4 inconclusive where a verdict was expected.

            EXAMPLES
              rehearse test scenarios/index.yaml
              rehearse test scenarios --fast --format junit -o results.xml
              rehearse test scenarios --label "$GITHUB_SHA" --baseline main
            """)

    /// The formats that a suite's result can have.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, junit, json
    }

    @Argument(help: "Scenario files, folders, or index files.")
    var paths: [String]

    @Option(help: "text, junit or json.")
    var format: Format = .text

    @Flag(help: "Leave out what an index calls slow.")
    var fast = false

    @Option(help: ArgumentHelp("Fail also where something is violated that was not in this run.", valueName: "run"))
    var baseline: String?

    @OptionGroup var output: OutputOptions
    @OptionGroup var rehearsal: RehearsalOptions
    @OptionGroup var ledger: LedgerOptions

    func validate() throws {
        if baseline != nil, ledger.noLedger {
            throw ValidationError("'--baseline' reads the ledger: leave out '--no-ledger'")
        }
    }

    func run() throws {
        let output = try output.open(beside: ledger.file)
        let (suite, problems) = ScenarioSuite.entries(of: paths)
        if !problems.text.isEmpty { StandardError.write(problems.text) }
        if problems.hasErrors { throw ExitCode(2) }
        // `latest` means the newest run before this one.
        let before = try baseline.map { try ledger.file.openForReading().resolveRun($0) }
        let keeper = try ledger.begin(command: "test " + paths.joined(separator: " "), tellsOutcomes: !isStreamed)
        let entries = suite.filter { !fast || $0.speed == .fast }
        if entries.isEmpty { try keeper?.finish() }
        var results: [ScenarioResult] = []
        for (index, entry) in entries.enumerated() {
            let title = "\(index + 1)/\(entries.count) \(entry.path)"
            try Rehearsal(
                path: entry.path, options: rehearsal, suite: entry.root, title: title
            ).run(isTest: true) { result, isLast in
                // What is printed is in the ledger, whatever happens next.
                try keeper?.keep(result)
                if isLast, index == entries.count - 1 { try keeper?.finish() }
                results.append(result)
                if isStreamed { try output.write(SuiteReport.part(result, style: style)) }
            }
        }
        try output.write(isStreamed ? SuiteReport.end(of: results, style: style) : text(of: results))
        var hasRegressed = false
        if let before, let keeper, results.contains(where: { $0.outcome != nil }) {
            let comparison = try keeper.ledger.compare(before, keeper.run)
            hasRegressed = comparison.hasRegressed
            try report(comparison, to: output)
        }
        throw ExitCode(Self.status(of: results, hasRegressed: hasRegressed))
    }

    /// Text for people is told as it comes; what programs read, and a file, is whole or not there.
    private var isStreamed: Bool { format == .text && !output.isFile }

    private var style: TextStyle { output.isFile ? .plain : Terminal.style() }

    private func text(of results: [ScenarioResult]) -> String {
        switch format {
        case .text: SuiteReport.render(results, style: style)
        case .junit: ReportFormat.junit.render(results)
        case .json: ReportFormat.json.render(results)
        }
    }

    /// The comparison follows the text, and stays out of what programs read.
    private func report(_ comparison: Comparison, to output: Output) throws {
        if isStreamed {
            try output.write("\n" + comparison.text)
        } else {
            StandardError.write(comparison.text)
        }
    }

    private static func status(of results: [ScenarioResult], hasRegressed: Bool) -> Int32 {
        if results.contains(where: { $0.outcome == nil }) { return 2 }
        let failed = results.filter { !($0.expectation?.unmet.isEmpty ?? true) }
        if hasRegressed || failed.contains(where: { $0.outcome?.verdict != .inconclusive }) { return 1 }
        return failed.isEmpty ? 0 : 4
    }
}
