import ClusterSimulation
import Foundation
import Testing

@testable import OutcomeLedger

@Suite struct SchemaTests {
    @Test func `the schema is what it was`() throws {
        let rows = try withLedger { ledger in
            try ledger.query("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name").rows
        }
        let dump = rows.compactMap { $0[0] }.map { $0 + ";\n" }.joined(separator: "\n")
        try expectSnapshot(dump, suite: "Schema", test: "dump", extension: "sql")
    }

    @Test func `every migration file is in the list`() throws {
        let folder = TestFiles.url("Sources/OutcomeLedger/Migrations")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        let listed = Schema.migrations.map { "\($0).swift" }
        #expect(files.sorted() == listed.sorted())
    }

    /// The SQL of the fenced blocks of docs/ledger.md.
    private func documentedQueries() throws -> [String] {
        let page = try TestFiles.text("docs/ledger.md")
        return page.components(separatedBy: "```sql\n").dropFirst().compactMap {
            $0.components(separatedBy: "\n```").first
        }
    }

    @Test func `every documented query has an answer`() throws {
        let queries = try documentedQueries()
        #expect(queries.count >= 10)
        try withLedger { ledger in
            for _ in 0..<2 {
                let run = try ledger.beginRun(label: "main", command: "run", startedAtMilliseconds: 0)
                try ledger.record(Outcomes.rich, in: run)
                try ledger.record(Outcomes.outcome("other", violated: ["a"]), in: run)
            }
            for sql in queries { #expect(try !ledger.query(sql).rows.isEmpty, "\(sql)") }
        }
    }

    @Test func `every view is documented`() throws {
        let queries = try documentedQueries().joined(separator: "\n")
        let views = try withLedger { ledger in
            try ledger.query("SELECT name FROM sqlite_master WHERE type = 'view'").rows.compactMap { $0[0] }
        }
        #expect(views.count >= 5)
        for view in views { #expect(queries.contains(view), "\(view)") }
    }

    @Test func `views tell what is wrong now and since when`() throws {
        try withLedger { ledger in
            for violated in [["a"], ["a", "b"], ["b"]] {
                let run = try ledger.beginRun(command: "run", startedAtMilliseconds: 0)
                try ledger.record(Outcomes.outcome("s", violated: violated), in: run)
                // A run may leave scenarios out; the newest run that has one counts.
                if run.id == 1 { try ledger.record(Outcomes.outcome("t", violated: ["x"]), in: run) }
            }
            #expect(
                try ledger.query("SELECT run, scenario, subject, seconds FROM latest_violations ORDER BY run").rows
                    == [["1", "t", "Service a/x", "2.0"], ["3", "s", "Service a/b", "2.0"]])
            #expect(
                try ledger.query(
                    """
                    SELECT scenario, subject, first_run, last_run, runs_violated, runs_rehearsed, is_in_latest
                    FROM violation_history
                    """
                ).rows == [
                    ["s", "Service a/a", "1", "2", "2", "3", "0"], ["s", "Service a/b", "2", "3", "2", "3", "1"],
                    ["t", "Service a/x", "1", "1", "1", "1", "1"],
                ])
            #expect(
                try ledger.query("SELECT run, outcomes, violations FROM run_summary").rows
                    == [["3", "1", "1"], ["2", "1", "2"], ["1", "2", "2"]])
        }
    }

    @Test func `a chain begins at its step and names the last place in a file`() throws {
        try withLedger { ledger in
            let run = try ledger.beginRun(command: "run", startedAtMilliseconds: 0)
            try ledger.record(Outcomes.rich, in: run)
            let sql = "SELECT first_cause, source, ended, seconds FROM outage_windows WHERE invariant LIKE 'no-stuck%'"
            #expect(try ledger.query(sql).rows == [["user merge #1738", "scenario.yaml:41:7", nil, "36300.0"]])
        }
    }

    @Test func `a query cannot write`() throws {
        try withLedger { ledger in
            _ = try ledger.beginRun(command: "run", startedAtMilliseconds: 0)
            for sql in ["DELETE FROM run", "PRAGMA user_version = 7", "DROP TABLE run", "SELECT nothing", ""] {
                #expect(throws: LedgerError.self, "\(sql)") { try ledger.query(sql) }
            }
            #expect(try ledger.runs().count == 1)
            #expect(try ledger.query("PRAGMA user_version").rows == [["\(Schema.migrations.count)"]])
        }
    }
}
