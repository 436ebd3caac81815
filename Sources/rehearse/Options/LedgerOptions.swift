import ArgumentParser
import ClusterSimulation
import Foundation
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

    /// Records outcomes as one run.
    func record(_ outcomes: [Outcome], command: String) throws -> (OutcomeLedger, OutcomeLedger.Run) {
        let book = try OutcomeLedger.open(path: file.ledger)
        let run = try book.beginRun(label: label, command: command, startedAtMilliseconds: Self.now)
        for outcome in outcomes { try book.record(outcome, in: run) }
        try book.finishRun(run, atMilliseconds: Self.now)
        StandardError.write("ledger: \(file.ledger), run \(run.name)")
        return (book, run)
    }

    private static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }
}
