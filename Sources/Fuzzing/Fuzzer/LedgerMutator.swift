import Foundation
import FuzzMutators
import GRDB

/// Changes a ledger by what a SQLite file means: fields of its header, columns of its rows.
enum LedgerMutator {
    /// The ledger of an input.
    static let file = "ledger.sqlite"

    /// One field of the header, or one byte of a page's head. Source: the documentation of SQLite's file format.
    static func changedInHeader(_ bytes: [UInt8], _ random: inout FuzzRandom) -> [UInt8] {
        guard bytes.count > 100 else { return bytes }
        var bytes = bytes
        // Page size, versions of the format, free pages, schema cookie and format, encoding, user version, application.
        let fields = [16, 18, 19, 20, 24, 28, 32, 36, 40, 44, 52, 56, 60, 64, 68, 92, 96]
        let values: [[UInt8]] = [
            [0, 0, 0, 0], [0xFF, 0xFF, 0xFF, 0xFF], [0x7F, 0xFF, 0xFF, 0xFF], [0x80, 0, 0, 0], [0, 0, 0, 1],
            [0, 0, 0, 99], [0, 0, 3, 0xE8],
        ]
        let field =
            random.once(in: 3)
            ? random.below(bytes.count / 4096 + 1) * 4096 + random.below(12) : random.pick(fields) ?? 60
        guard field + 4 <= bytes.count else { return bytes }
        let value = random.pick(values) ?? [0, 0, 0, 0]
        bytes.replaceSubrange(
            field..<(field + (random.once(in: 2) ? 4 : 1)), with: value.suffix(random.once(in: 2) ? 4 : 1).prefix(4))
        return bytes
    }

    /// One statement that its own program would never send. Bytes that are no database stay as they are.
    static func changedBySQL(_ bytes: [UInt8], _ random: inout FuzzRandom) -> [UInt8] {
        let path = NSTemporaryDirectory() + "/fuzz-\(UUID().uuidString).sqlite"
        defer {
            for ending in ["", "-wal", "-shm", "-journal"] {
                try? FileManager.default.removeItem(atPath: path + ending)
            }
        }
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            var configuration = Configuration()
            configuration.foreignKeysEnabled = false
            let database = try DatabaseQueue(path: path, configuration: configuration)
            try database.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA ignore_check_constraints = ON")
                if let statement = try statement(database, &random) { try database.execute(sql: statement) }
                try database.execute(sql: "PRAGMA journal_mode = DELETE")
            }
            try database.close()
            return try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            return bytes
        }
    }

    private static let values = [
        "NULL", "0", "-1", "9223372036854775807", "-9223372036854775808", "1e308", "'x'", "''", "x'00FF'", "'[]'",
        "'{}'", "'[[1]]'", "'[null]'",
        "'[' || replace(hex(zeroblob(5000)), '00', '[') || ']'", "'[[\"\u{1B}[31m\"]]'",
        "'no' || char(10) || '::error::x'", "zeroblob(100000)", "char(0) || 'a'",
        "'99999999999999999999'", "'Infinity'", "'holds'",
    ]

    private static func statement(_ database: Database, _ random: inout FuzzRandom) throws -> String? {
        let tables = try String.fetchAll(
            database,
            sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name")
        guard let table = random.pick(tables) else { return nil }
        let columns = try String.fetchAll(database, sql: "SELECT name FROM pragma_table_info('\(table)') ORDER BY cid")
        guard let column = random.pick(columns), let value = random.pick(values) else { return nil }
        let row = "\"\(column)\" IS (SELECT \"\(column)\" FROM \"\(table)\" LIMIT 1 OFFSET \(random.below(3)))"
        switch random.below(12) {
        case 0: return "DELETE FROM \"\(table)\" WHERE \(row)"
        case 1: return "DROP TABLE \"\(table)\""
        case 2: return "ALTER TABLE \"\(table)\" RENAME COLUMN \"\(column)\" TO other"
        case 3:
            return
                "PRAGMA user_version = \(random.pick(["-1", "0", "1", "3", "999", "2147483647", "-2147483648"]) ?? "0")"
        case 4: return "PRAGMA application_id = \(random.below(3))"
        case 5: return "UPDATE \"\(table)\" SET \"\(column)\" = \(value)"
        case 6: return "UPDATE \"\(table)\" SET \"\(column)\" = substr(\"\(column)\", 1, length(\"\(column)\") / 2)"
        case 7: return "UPDATE \"\(table)\" SET \"\(column)\" = replace(\"\(column)\", ',', ',-9e99,') WHERE \(row)"
        default: return "UPDATE \"\(table)\" SET \"\(column)\" = \(value) WHERE \(row)"
        }
    }
}
