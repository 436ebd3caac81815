package import ClusterSimulation
import GRDB

extension OutcomeLedger {
    /// Stores an outcome as the next one of a run, in one transaction of its own.
    package func record(_ outcome: Outcome, in run: Run) throws(LedgerError) {
        try record(outcome, in: run, beforeCommit: {})
    }

    /// `beforeCommit` runs when everything is written and nothing is committed; tests end the process there.
    func record(_ outcome: Outcome, in run: Run, beforeCommit: () throws -> Void) throws(LedgerError) {
        try write { db in
            try OutcomeWriter(db: db).write(outcome, runID: run.id)
            try beforeCommit()
        }
    }

    /// The outcomes of a run in the order they were recorded, equal to what was recorded; of one scenario where it is
    /// named. Throws where the file was damaged.
    package func outcomes(in run: Run, scenario: String? = nil) throws(LedgerError) -> [Outcome] {
        do {
            return try queue.read { db in try OutcomeReader(db: db).outcomes(runID: run.id, scenario: scenario) }
        } catch let error as OutcomeReader.Malformed {
            throw .damaged(path: path, reason: error.description)
        } catch {
            throw LedgerError(error, path: path, busyTimeoutSeconds: busyTimeoutSeconds)
        }
    }
}
