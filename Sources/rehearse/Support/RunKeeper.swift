import ClusterSimulation
import Foundation
import OutcomeLedger
import Reports

/// Keeps the outcomes of a command as one run of the ledger, each as soon as its scenario has ended.
final class RunKeeper {
    /// The ledger, open for writing.
    let ledger: OutcomeLedger
    /// The run that the outcomes are recorded in.
    let run: OutcomeLedger.Run
    /// Whether a report could not be written; why was told then.
    private(set) var hasFailed = false
    private var reports: ReportFolder?
    private let tellsOutcomes: Bool
    private var count = 0
    private var isOver = false

    /// Opens the ledger, begins the run and makes the folder of reports.
    init(ledger path: String, label: String?, command: String, reports: String?, tellsOutcomes: Bool) throws {
        ledger = try OutcomeLedger.open(path: path)
        self.reports = try reports.map(ReportFolder.init)
        self.tellsOutcomes = tellsOutcomes
        run = try ledger.beginRun(label: label, command: command, startedAtMilliseconds: Self.now)
    }

    /// Records an outcome, then writes its report. When this returns, a kill of the process loses neither. Throws where
    /// the ledger cannot be written; a report that cannot is told, and the others are still written.
    func keep(_ result: ScenarioResult) throws {
        guard let outcome = result.outcome else { return }
        try ledger.record(outcome, in: run, file: result.path)
        if count == 0 { StandardError.write("ledger: \(ledger.path.singleLine), run \(run.name.singleLine)") }
        count += 1
        if tellsOutcomes {
            StandardError.write("recorded: \(outcome.scenario.singleLine): \(outcome.verdict.rawValue)")
        }
        do {
            if let path = try reports?.write(outcome) { StandardError.write("report: \(path.singleLine)") }
        } catch let failure as CommandFailure {
            StandardError.write(failure.description)
            hasFailed = true
        }
    }

    /// Notes that the run came to its end. A run without any outcome, since the input was bad, is taken back.
    func finish() throws {
        isOver = true
        if count == 0 { return try ledger.discardRun(run) }
        try ledger.finishRun(run, atMilliseconds: Self.now)
    }

    deinit {
        // The command ended before its first outcome.
        if !isOver, count == 0 { try? ledger.discardRun(run) }
    }

    private static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }
}
