import ClusterSimulation
import Foundation
import GRDB
import Testing

@testable import OutcomeLedger

/// Files that are no ledgers, or were ones. All of them are refused, and none ends the process or holds it up.
@Suite struct DamageTests {
    private func fill(_ path: String) throws {
        let ledger = try OutcomeLedger.open(path: path)
        for label in ["a", "b"] {
            let run = try ledger.beginRun(label: label, command: "run", startedAtMilliseconds: 0)
            try ledger.record(Outcomes.rich, in: run)
            try ledger.record(Outcomes.outcome("s", violated: ["x", "y"]), in: run, file: "s/scenario.yaml")
            try ledger.finishRun(run, atMilliseconds: 1)
        }
    }

    /// Changes a ledger as any program that knows SQLite may.
    private func edit(_ path: String, _ sql: String) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        try DatabaseQueue(path: path, configuration: configuration).writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA writable_schema = ON; PRAGMA ignore_check_constraints = ON; " + sql)
        }
    }

    /// Everything that reads or writes a ledger; what is thrown must be a `LedgerError` that names the file.
    private func useAll(_ path: String) -> [LedgerError] {
        var errors: [LedgerError] = []
        func attempt(_ body: () throws -> Void) {
            do {
                try body()
            } catch let error as LedgerError {
                errors.append(error)
            } catch {
                Issue.record("\(error)")
            }
        }
        for access in [OutcomeLedger.Access.readOnly, .readWrite] {
            attempt {
                let ledger = try OutcomeLedger.open(path: path, access: access, busyTimeoutSeconds: 0.2)
                attempt { for run in try ledger.runs() { attempt { _ = try ledger.outcomes(in: run) } } }
                attempt { _ = try ledger.resolveRun("b") }
                attempt {
                    let comparison = try ledger.compare(ledger.resolveRun("previous"), ledger.resolveRun("latest"))
                    _ = comparison.text + comparison.json
                }
                guard access == .readWrite else { return }
                attempt {
                    let run = try ledger.beginRun(command: "run", startedAtMilliseconds: 0)
                    try ledger.record(Outcomes.rich, in: run)
                    try ledger.finishRun(run, atMilliseconds: 1)
                }
            }
        }
        return errors
    }

    private func expectRefused(_ path: String, _ what: String) {
        let errors = useAll(path)
        #expect(!errors.isEmpty, "\(what)")
        for error in errors {
            let name = path.split(separator: "/").last.map(String.init) ?? path
            #expect(
                "\(error)".contains("\(name): error: ") || "\(error)".hasPrefix("error: no run"), "\(what): \(error)")
        }
    }

    @Test(
        arguments: [
            "PRAGMA user_version = -1", "PRAGMA user_version = 0", "PRAGMA user_version = 2147483647",
            "PRAGMA user_version = -2147483648", "PRAGMA user_version = 3", "PRAGMA application_id = 0",
            "PRAGMA application_id = -1", "PRAGMA application_id = 2147483647", "DROP TABLE run", "DROP TABLE cause",
            "DROP TABLE content", "ALTER TABLE run RENAME TO runs", "ALTER TABLE outcome RENAME COLUMN digest TO d",
            "DROP VIEW outage_windows; DROP VIEW violation_history; DROP VIEW latest_violations; DROP VIEW run_summary; "
                + "DROP TABLE violation; CREATE TABLE violation (id)",
            "ALTER TABLE run ADD COLUMN more",
            "CREATE TRIGGER t AFTER INSERT ON run BEGIN DELETE FROM run; END",
            "UPDATE sqlite_master SET sql = 'x' WHERE name = 'run'",
            "UPDATE sqlite_master SET rootpage = 99999 WHERE name = 'outcome'",
        ])
    func `a schema that is not ours`(sql: String) throws {
        try withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("ledger.sqlite").path
            try fill(path)
            try edit(path, "PRAGMA legacy_alter_table = ON; " + sql)
            expectRefused(path, sql)
        }
    }

    /// A column takes a value of any type, whatever the table says of it.
    @Test(arguments: [
        "NULL", "'text'", "x'00ff80'", "9e999", "-9223372036854775808", "9223372036854775807", "''", "'[[[]]]'",
    ])
    func `every column with any value`(value: String) throws {
        try withTemporaryFolder { folder in
            let columns = try Columns.expected(version: Schema.migrations.count)
            for (table, names) in columns.sorted(by: { $0.key < $1.key }) {
                for name in names {
                    let path = folder.appendingPathComponent("\(table).\(name).sqlite").path
                    try fill(path)
                    try edit(path, "UPDATE OR REPLACE \(table) SET \(name) = \(value)", orIgnoring: true)
                    for error in useAll(path) { #expect(!"\(error)".isEmpty) }
                }
            }
        }
    }

    private func edit(_ path: String, _ sql: String, orIgnoring: Bool) throws {
        do {
            try edit(path, sql)
        } catch let error as DatabaseError
            where error.resultCode == .SQLITE_CONSTRAINT || error.resultCode == .SQLITE_MISMATCH
        {
            // A value that the table itself refuses cannot be in it.
        }
    }

    @Test func `bodies that are no lists`() throws {
        let bodies = [
            "", "null", "{}", "1", "[", "[1]", "[[]]", "[[1, 2, 3, 4, 5, 6]]", "[[null, null, null, null, null, null]]",
            String(repeating: "[", count: 100_000), "[\"\\ud800\"]", "\u{0}",
        ]
        for body in bodies {
            try withTemporaryFolder { folder in
                let path = folder.appendingPathComponent("ledger.sqlite").path
                try fill(path)
                let hex = body.utf8.map { String(format: "%02x", $0) }.joined()
                try edit(path, "UPDATE content SET body = CAST(x'\(hex)' AS TEXT)")
                expectRefused(path, String(body.prefix(20)))
            }
        }
    }

    @Test func `files that are cut or overwritten anywhere`() throws {
        try withTemporaryFolder { folder in
            let path = folder.appendingPathComponent("whole.sqlite").path
            try fill(path)
            let whole = try Data(contentsOf: URL(fileURLWithPath: path))
            var number = 0
            func attempt(_ data: Data) throws {
                number += 1
                let damaged = folder.appendingPathComponent("\(number).sqlite")
                try data.write(to: damaged)
                // A page that nothing reads may be damaged without anybody seeing it.
                _ = useAll(damaged.path)
            }
            for length in [1, 15, 16, 99, 100, 511, 512, 4095, 4096, 4097, whole.count / 2, whole.count - 1] {
                try attempt(whole.prefix(length))
            }
            for offset in stride(from: 0, to: whole.count, by: 1021) {
                var data = whole
                for index in offset..<min(offset + 64, data.count) { data[index] = 0xFF }
                try attempt(data)
            }
        }
    }

    @Test(arguments: ["", "-journal", "-wal", "-shm"])
    func `pipes, folders and devices`(suffix: String) throws {
        try withTemporaryFolder { folder in
            for kind in ["pipe", "folder", "device", "loop"] {
                let path = folder.appendingPathComponent("\(kind).sqlite").path
                if !suffix.isEmpty {
                    try fill(path)
                    try? FileManager.default.removeItem(atPath: path + suffix)
                }
                switch kind {
                case "pipe": mkfifo(path + suffix, 0o600)
                case "folder":
                    try FileManager.default.createDirectory(atPath: path + suffix, withIntermediateDirectories: false)
                case "device":
                    try FileManager.default.createSymbolicLink(atPath: path + suffix, withDestinationPath: "/dev/zero")
                default:
                    try FileManager.default.createSymbolicLink(
                        atPath: path + suffix, withDestinationPath: path + suffix)
                }
                if kind == "loop", !suffix.isEmpty { _ = useAll(path) } else { expectRefused(path, kind + suffix) }
            }
        }
    }

    @Test func `a journal of somebody else`() throws {
        try withTemporaryFolder { folder in
            let other = folder.appendingPathComponent("other.sqlite").path
            try fill(other)
            let page = try Data(contentsOf: URL(fileURLWithPath: other)).prefix(4096)
            for suffix in ["-journal", "-wal", "-shm"] {
                for (index, data) in [Data(count: 4096), Data(repeating: 0xAB, count: 9000), Data(page)].enumerated() {
                    let path = folder.appendingPathComponent("ledger\(suffix)\(index).sqlite").path
                    try fill(path)
                    try data.write(to: URL(fileURLWithPath: path + suffix))
                    _ = useAll(path)
                    #expect(FileManager.default.fileExists(atPath: path))
                }
            }
        }
    }

    @Test(arguments: ["", "a\u{0}b", "a\u{0}/../b", "/dev/null", "/dev/zero", "/proc/self/mem"])
    func `paths that are no files`(path: String) {
        #expect(throws: LedgerError.self) { try OutcomeLedger.open(path: path) }
        #expect(throws: LedgerError.self) { try OutcomeLedger.open(path: path, access: .readOnly) }
    }

    /// SQLite knows these as something else than files.
    @Test(arguments: [":memory:", "file:x?mode=memory", "file::memory:?cache=shared"])
    func `names that SQLite has a meaning for are files`(name: String) throws {
        try withTemporaryFolder { folder in
            let path = folder.appendingPathComponent(name).path
            try fill(path)
            #expect(try OutcomeLedger.open(path: path, access: .readOnly).runs().count == 2)
            #expect(FileManager.default.fileExists(atPath: path))
        }
    }

    @Test func `a message is one printable line`() {
        let error = LedgerError.cannotOpen(path: "a\n::error::\u{1B}[2J", reason: "it is\ra folder")
        #expect("\(error)" == "a ::error::\\u{1b}[2J: error: cannot open the ledger: it is a folder")
    }
}
