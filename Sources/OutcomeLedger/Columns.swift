import GRDB

/// What a table has to have, so that reading it cannot ask for a column that is not there.
enum Columns {
    /// The tables of a schema version, by name, each with its columns, as the migrations make them.
    static func expected(version: Int) throws -> [String: [String]] {
        try DatabaseQueue().write { db in
            try Schema.migrate(db, to: version)
            return try actual(db)
        }
    }

    /// The tables that a file has, each with its columns, those it hides included.
    static func actual(_ db: Database) throws -> [String: [String]] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT object.name, part.name FROM sqlite_master AS object, pragma_table_xinfo(object.name) AS part
                WHERE object.type = 'table' AND object.name NOT LIKE 'sqlite_%' ORDER BY object.name, part.cid
                """)
        var tables: [String: [String]] = [:]
        for row in rows {
            try tables[row.decode(String.self, atIndex: 0), default: []].append(row.decode(String.self, atIndex: 1))
        }
        return tables
    }

    /// Why a file is no ledger of a version though it says so; nil where it may be one.
    static func objection(_ db: Database, version: Int) throws -> String? {
        let tables = try actual(db)
        for (name, columns) in try expected(version: version).sorted(by: { $0.key < $1.key }) {
            guard let found = tables[name] else { return "it has no table '\(name)'" }
            if found != columns { return "its table '\(name)' has other columns" }
        }
        // A trigger is a program: it could run for ever, or undo what is recorded.
        let triggers = try String.fetchOne(db, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'")
        return triggers.map { "it has a trigger, '\($0)'" }
    }
}
