import ArgumentParser
import OutcomeLedger

/// Which ledger a command uses.
struct LedgerPath: ParsableArguments {
    @Option(help: ArgumentHelp("The SQLite file that keeps the outcomes.", valueName: "file"))
    var ledger = "reports/out/ledger.sqlite"

    /// The ledger, to read what earlier runs left.
    func openForReading() throws -> OutcomeLedger { try OutcomeLedger.open(path: ledger, access: .readOnly) }
}

/// Whether and how a command keeps what it rehearsed.
struct LedgerOptions: ParsableArguments {
    @OptionGroup var file: LedgerPath

    @Option(
        help: ArgumentHelp("What to call this run, to compare with it later: a branch, a commit.", valueName: "name"))
    var label: String?

    @Flag(help: "Keep no outcome and write no report.")
    var noLedger = false

    func validate() throws {
        if noLedger, label != nil {
            throw ValidationError("'--label' names a run in the ledger: leave out '--no-ledger'")
        }
    }

    /// Opens the ledger and begins a run in it, so that whatever is wrong with it is told before anything is rehearsed;
    /// nil where nothing is to be kept.
    ///
    /// - Parameters:
    ///   - command: the command line, for people.
    ///   - reports: the folder for the report of each outcome; nil: no reports.
    ///   - tellsOutcomes: whether each outcome is told on standard error, since its result is written later.
    func begin(command: String, reports: String? = nil, tellsOutcomes: Bool) throws -> RunKeeper? {
        if noLedger { return nil }
        return try RunKeeper(
            ledger: file.ledger, label: label, command: command, reports: reports, tellsOutcomes: tellsOutcomes)
    }
}
