import ClusterSimulation
import GRDB

extension OutcomeLedger {
    /// Compares an earlier run with a later one. Both are read in one transaction.
    package func compare(_ earlier: Run, _ later: Run) throws(LedgerError) -> Comparison {
        try read { db in
            Comparison(
                before: earlier.name, after: later.name, earlier: try Self.rehearsals(db, earlier),
                later: try Self.rehearsals(db, later))
        }
    }

    /// The outcomes of a run without their tables. Every value is asked for in a way that may find another type there.
    private static func rehearsals(_ db: Database, _ run: Run) throws -> [Comparison.Rehearsal] {
        let reader = OutcomeReader(db: db)
        // All outcomes of a run share a list or two.
        var lists: [Int64: [String]] = [:]
        var rehearsals: [Comparison.Rehearsal] = []
        var indexes: [Int64: Int] = [:]
        let outcomes = try Row.fetchCursor(
            db,
            sql: """
                SELECT id, scenario, model_version, input_digest, seed, digest, verdict, horizon_ms, invariants, file
                FROM outcome WHERE run_id = ? ORDER BY position
                """, arguments: [run.id])
        while let row = try outcomes.next() {
            let id: Int64 = try row.decode(atIndex: 0)
            let list: Int64 = try row.decode(atIndex: 8)
            let invariants = try lists[list] ?? reader.texts(contentID: list)
            lists[list] = invariants
            indexes[id] = rehearsals.count
            rehearsals.append(
                Comparison.Rehearsal(
                    scenario: try text(row, 1), file: optionalText(row, 9), modelVersion: try text(row, 2),
                    inputDigest: try text(row, 3), seed: UInt64(try text(row, 4)) ?? 0, digest: try text(row, 5),
                    verdict: Verdict(rawValue: try text(row, 6)) ?? .inconclusive, invariants: invariants,
                    violations: [], horizon: SimulationTime(milliseconds: try row.decode(atIndex: 7))))
        }
        let violations = try Row.fetchCursor(
            db,
            sql: """
                SELECT outcome_id, invariant, subject_kind, subject_namespace, subject_name, from_ms, to_ms, message
                FROM violation JOIN outcome ON outcome.id = outcome_id
                WHERE run_id = ? ORDER BY outcome.position, violation.position
                """, arguments: [run.id])
        while let row = try violations.next() {
            guard let index = indexes[try row.decode(atIndex: 0)] else { continue }
            let to: Int64? = try row.decode(atIndex: 6)
            rehearsals[index].violations.append(
                Comparison.Interval(
                    invariant: try text(row, 1),
                    subject: Subject(kind: try text(row, 2), namespace: optionalText(row, 3), name: try text(row, 4)),
                    from: SimulationTime(milliseconds: try row.decode(atIndex: 5)),
                    to: to.map(SimulationTime.init(milliseconds:)), message: try text(row, 7)))
        }
        return rehearsals
    }

    /// A text, also one that is kept as a blob since it holds a NUL character.
    private static func optionalText(_ row: Row, _ index: Int) -> String? {
        String.fromDatabaseValue(row[index] as DatabaseValue)
    }

    private static func text(_ row: Row, _ index: Int) throws -> String {
        guard let text = optionalText(row, index) else {
            throw OutcomeReader.Malformed(description: "column \(index) of a comparison is not a text")
        }
        return text
    }
}
