import ArgumentParser
import ClusterSimulation
import Reports
import Scenarios

extension ReportFormat: ExpressibleByArgument {}

/// `rehearse run`: rehearses scenarios and tells what would break.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Rehearses scenarios and tells what would break, when, why, and what helps.",
        discussion: """
            Exit codes: 0 every invariant holds, 1 one is violated, 2 the input is bad, 3 a bug of rehearse, \
            4 inconclusive. With several versions each combination is one more outcome, and the differences are told.

            EXAMPLES
              rehearse run scenarios/getting-started
              rehearse run a.yaml b.yaml --format junit -o results.xml
              rehearse run scenario.yaml --no-ledger --format json | jq '.violations[].message'
              rehearse run scenario.yaml --until 90m --kubernetes 1.32 --argocd 2.14
              rehearse run scenario.yaml --kubernetes 1.32,1.33
              rehearse run scenario.yaml --label before-review
              sed 's/telemetry/observability/' scenario.yaml | rehearse run -
            """)

    @Argument(help: "Scenario files, folders that hold a scenario.yaml, or - for a scenario on standard input.")
    var paths: [String]

    @Option(help: "text, markdown, json or junit.")
    var format: ReportFormat = .text

    @OptionGroup var output: OutputOptions
    @OptionGroup var text: TextOptions
    @OptionGroup var rehearsal: RehearsalOptions
    @OptionGroup var ledger: LedgerOptions

    @Option(help: ArgumentHelp("Where the Markdown report of each scenario goes.", valueName: "folder"))
    var reports = "reports/out"

    func validate() throws {
        if paths.count(where: { $0 == Rehearsal.standardInput }) > 1 {
            throw ValidationError("'-' can be given once: standard input has one scenario")
        }
    }

    func run() throws {
        let output = try output.open(beside: ledger.file)
        // Text for people is told as it comes; what programs read, and a file, is whole or not there.
        let isStreamed = format == .text && !self.output.isFile
        let keeper = try ledger.begin(
            command: "run " + paths.joined(separator: " "), reports: reports, tellsOutcomes: !isStreamed)
        var stream = TextStream(style: text.style(self.output))
        var results: [ScenarioResult] = []
        for (index, path) in paths.enumerated() {
            let title = paths.count > 1 ? "\(index + 1)/\(paths.count) \(path)" : path
            try Rehearsal(path: path, options: rehearsal, title: title).run { result, isLast in
                // What was rehearsed is kept before it is printed: a reader of the pipe may leave early.
                try keeper?.keep(result)
                if isLast, index == paths.count - 1 { try keeper?.finish() }
                results.append(result)
                let part = stream.next(result)
                if isStreamed { try output.write(part) }
            }
        }
        try output.write(isStreamed ? stream.end() : format.render(results, style: text.style(self.output)))
        // Programs read the outcomes; what differs between versions is for the person beside them.
        if format != .text { StandardError.write(VersionDifferences.text(results)) }
        throw ExitCode(keeper?.hasFailed == true ? 2 : results.exitStatus)
    }
}
