import ArgumentParser
import OutcomeLedger

/// `rehearse compare`: what two runs of the ledger say differently.
struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compares two runs: new, fixed, still failing, changed by the model, not run.",
        discussion: """
            A run is named by its number, its label (the newest run that has it), label~1 (the one before with that \
            label), latest or previous. `rehearse compare` alone compares the newest two.

            Exit codes: 0 nothing new is violated, 1 something is, 2 no such run or no ledger.

            EXAMPLES
              rehearse compare
              rehearse compare main latest
              rehearse compare 3 7 --format json | jq '.entries[] | select(.change == "new")'
            """)

    /// The formats that a comparison can have.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, json
    }

    @Argument(help: "The earlier run.")
    var before = "previous"

    @Argument(help: "The later run.")
    var after = "latest"

    @Option(help: "text or json.")
    var format: Format = .text

    @OptionGroup var output: OutputOptions
    @OptionGroup var ledger: LedgerPath

    func run() throws {
        let output = try output.open(beside: ledger)
        let book = try ledger.openForReading()
        let comparison = try book.compare(try book.resolveRun(before), try book.resolveRun(after))
        try output.write(format == .json ? comparison.json : comparison.text)
        if comparison.hasRegressed { throw ExitCode(1) }
    }
}
