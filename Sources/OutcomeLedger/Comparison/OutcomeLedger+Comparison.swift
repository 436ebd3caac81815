import ClusterSimulation
import GRDB

extension OutcomeLedger {
    /// Compares an earlier run with a later one. Both are read in one transaction.
    package func compare(_ earlier: Run, _ later: Run) throws(LedgerError) -> Comparison {
        do {
            return try queue.read { db in
                Comparison(
                    before: earlier.name, after: later.name, earlier: try Self.rehearsals(db, earlier),
                    later: try Self.rehearsals(db, later))
            }
        } catch {
            throw LedgerError(error, path: path, busyTimeoutSeconds: busyTimeoutSeconds)
        }
    }

    private static func rehearsals(_ db: Database, _ run: Run) throws -> [Comparison.Rehearsal] {
        let reader = OutcomeReader(db: db)
        // All outcomes of a run share a list or two.
        var lists: [Int64: [String]] = [:]
        var rehearsals: [Comparison.Rehearsal] = []
        var indexes: [Int64: Int] = [:]
        let outcomes = try Row.fetchCursor(
            db,
            sql: """
                SELECT id, scenario, model_version, input_digest, seed, digest, verdict, horizon_ms, invariants
                FROM outcome WHERE run_id = ? ORDER BY position
                """, arguments: [run.id])
        while let row = try outcomes.next() {
            let list: Int64 = row[8]
            let invariants = try lists[list] ?? reader.texts(contentID: list)
            lists[list] = invariants
            indexes[row[0]] = rehearsals.count
            rehearsals.append(
                Comparison.Rehearsal(
                    scenario: row[1], modelVersion: row[2], inputDigest: row[3], seed: UInt64(row[4] as String) ?? 0,
                    digest: row[5], verdict: Verdict(rawValue: row[6]) ?? .inconclusive, invariants: invariants,
                    violations: [], horizon: SimulationTime(milliseconds: row[7])))
        }
        let violations = try Row.fetchCursor(
            db,
            sql: """
                SELECT outcome_id, invariant, subject_kind, subject_namespace, subject_name, from_ms, to_ms, message
                FROM violation JOIN outcome ON outcome.id = outcome_id
                WHERE run_id = ? ORDER BY outcome.position, violation.position
                """, arguments: [run.id])
        while let row = try violations.next() {
            guard let index = indexes[row[0]] else { continue }
            let to: Int64? = row[6]
            rehearsals[index].violations.append(
                Comparison.Interval(
                    invariant: row[1], subject: Subject(kind: row[2], namespace: row[3], name: row[4]),
                    from: SimulationTime(milliseconds: row[5]), to: to.map(SimulationTime.init(milliseconds:)),
                    message: row[7]))
        }
        return rehearsals
    }
}
