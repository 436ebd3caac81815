package import ClusterSimulation
import GRDB

extension OutcomeLedger {
    /// Stores an outcome as the next one of a run, in one transaction of its own.
    ///
    /// - Parameter file: the scenario's file, as its user named it; nil where none was named.
    package func record(_ outcome: Outcome, in run: Run, file: String? = nil) throws(LedgerError) {
        try record(outcome, in: run, file: file, beforeCommit: {})
    }

    /// `beforeCommit` runs when everything is written and nothing is committed; tests end the process there.
    func record(
        _ outcome: Outcome, in run: Run, file: String? = nil, beforeCommit: () throws -> Void
    ) throws(LedgerError) {
        try write { db in
            try OutcomeWriter(db: db).write(outcome, runID: run.id, file: file)
            try beforeCommit()
        }
    }

    /// The outcomes of a run in the order they were recorded, equal to what was recorded; of one scenario where it is
    /// named. Throws where the file was damaged.
    package func outcomes(in run: Run, scenario: String? = nil) throws(LedgerError) -> [Outcome] {
        try read { db in try OutcomeReader(db: db).outcomes(runID: run.id, scenario: scenario) }
    }
}
