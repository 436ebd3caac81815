import GRDB

extension OutcomeLedger {
    /// One invocation of a command that rehearsed something: it holds the outcomes in the order they were recorded.
    package struct Run: Sendable, Equatable {
        /// Counts up from 1 and is never used again.
        package var id: Int64
        /// What its caller called it: a branch, a commit. Several runs may have the same; nil: none.
        package var label: String?
        /// The command line, for people.
        package var command: String
        /// Wall clock, milliseconds since 1970.
        package var startedAtMilliseconds: Int64
        /// Wall clock; nil: it is still going on, or was interrupted.
        package var finishedAtMilliseconds: Int64?

        /// `4`, or `4 (main)`.
        package var name: String { label.map { "\(id) (\($0))" } ?? "\(id)" }
    }

    /// Begins a run. Outcomes recorded in it are there at once, whether or not it is ever finished.
    ///
    /// `label` must not be empty, `latest`, `previous`, a number, or hold `~`: it would be taken for another reference.
    package func beginRun(
        label: String? = nil, command: String, startedAtMilliseconds: Int64
    ) throws(LedgerError) -> Run {
        if let label, let reason = Self.objection(to: label) {
            throw .invalidLabel(label: label, reason: reason)
        }
        let id = try write { db in
            try db.execute(
                sql: "INSERT INTO run (label, command, started_at_ms) VALUES (?, ?, ?)",
                arguments: [label, command, startedAtMilliseconds])
            return db.lastInsertedRowID
        }
        return Run(id: id, label: label, command: command, startedAtMilliseconds: startedAtMilliseconds)
    }

    private static func objection(to label: String) -> String? {
        if label.isEmpty { return "it is empty" }
        if label == "previous" { return "`previous` means the run before the newest" }
        if label == "latest" { return "`latest` means the newest run" }
        if Int64(label) != nil { return "a number means the run of that number" }
        if label.contains("~") { return "`~` counts back from a run" }
        if label.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
            return "it holds control characters"
        }
        return nil
    }

    /// Notes that a run came to its end.
    package func finishRun(_ run: Run, atMilliseconds: Int64) throws(LedgerError) {
        try write { db in
            try db.execute(
                sql: "UPDATE run SET finished_at_ms = ? WHERE id = ?", arguments: [atMilliseconds, run.id])
        }
    }

    /// Takes back a run that no outcome was recorded in, as if it had not begun; its number is not used again.
    package func discardRun(_ run: Run) throws(LedgerError) {
        try write { db in
            try db.execute(
                sql: """
                    DELETE FROM run WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM outcome WHERE run_id = ?1)
                    """, arguments: [run.id])
        }
    }

    /// All runs, newest first.
    package func runs() throws(LedgerError) -> [Run] {
        try read { db in try Row.fetchAll(db, sql: Self.selectRun + " ORDER BY id DESC").map(Self.makeRun) }
    }

    /// The run that is meant by `latest`, `latest~1` or `previous` (the one before), a number, a label (the newest run
    /// that has it), or a label with `~1` (the run before with the same label).
    package func resolveRun(_ reference: String) throws(LedgerError) -> Run {
        let reference = reference == "previous" ? "latest~1" : reference
        let parts = reference.split(separator: "~", maxSplits: 1, omittingEmptySubsequences: false)
        let base = String(parts.first ?? "")
        let back: Int? = parts.count == 1 ? 0 : Int(parts[1])
        guard let back, back >= 0 else { throw try noSuchRun(reference) }
        let run = try read { db -> Run? in
            let row: Row?
            if base == "latest" {
                row = try Row.fetchOne(
                    db, sql: Self.selectRun + " ORDER BY id DESC LIMIT 1 OFFSET ?", arguments: [back])
            } else if let id = Int64(base) {
                row = back > 0 ? nil : try Row.fetchOne(db, sql: Self.selectRun + " WHERE id = ?", arguments: [id])
            } else {
                row = try Row.fetchOne(
                    db, sql: Self.selectRun + " WHERE label = ? ORDER BY id DESC LIMIT 1 OFFSET ?",
                    arguments: [base, back])
            }
            return try row.map(Self.makeRun)
        }
        guard let run else { throw try noSuchRun(reference) }
        return run
    }

    private func noSuchRun(_ reference: String) throws(LedgerError) -> LedgerError {
        let known = try read { db in
            try Row.fetchAll(db, sql: Self.selectRun + " ORDER BY id DESC LIMIT 5").map(Self.makeRun)
        }
        return .noSuchRun(reference: reference, known: known.map(\.name))
    }

    private static let selectRun = "SELECT id, label, command, started_at_ms, finished_at_ms FROM run"

    private static func makeRun(_ row: Row) throws -> Run {
        Run(
            id: try row.decode(atIndex: 0), label: try row.decode(atIndex: 1), command: try row.decode(atIndex: 2),
            startedAtMilliseconds: try row.decode(atIndex: 3), finishedAtMilliseconds: try row.decode(atIndex: 4))
    }
}
