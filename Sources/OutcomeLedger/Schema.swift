import GRDB

/// The ledger's schema: what marks a SQLite file as a ledger, and the migrations that bring it to the newest version.
///
/// The version is SQLite's `user_version` and counts the migrations applied. All that are missing are applied in one
/// transaction that is exclusive from its beginning, so that two processes which open a new file at once do not both
/// create its tables, and an interrupted migration leaves the file as it was.
enum Schema {
    /// SQLite's `application_id` of a ledger: `rehL` in ASCII.
    static let applicationID: Int64 = 0x7265_684C

    /// In the order they are applied. Append only: what has been released is never edited.
    static let migrations: [any Migration.Type] = [
        CreateTables.self,
        CreateViews.self,
        CreateFileView.self,
        AddRemovedNamespaces.self,
        AddIssues.self,
        AddReleases.self,
        AddFiles.self,
    ]

    /// What a file turned out to be.
    enum Content: Equatable {
        /// No tables and no marks: a new file.
        case empty
        /// A ledger of this schema version, which a damaged file may give any value.
        case ledger(version: Int)
        /// A database of something else.
        case foreign
    }

    /// Looks at the marks of a file without changing it.
    static func content(_ db: Database) throws -> Content {
        let applicationID = try Int64.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        if applicationID == Self.applicationID { return .ledger(version: version) }
        let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0
        return applicationID == 0 && version == 0 && tables == 0 ? .empty : .foreign
    }

    /// Applies the migrations that are missing up to a version. Must run in a transaction.
    static func migrate(_ db: Database, to version: Int) throws {
        // Looked up again within the transaction: another process may have been faster.
        let applied: Int
        switch try content(db) {
        case .empty: applied = 0
        case .ledger(let current): applied = current
        case .foreign: return
        }
        guard applied >= 0, applied < version else { return }
        for migration in migrations[applied..<version] { try db.execute(sql: migration.sql) }
        try db.execute(sql: "PRAGMA application_id = \(applicationID)")
        try db.execute(sql: "PRAGMA user_version = \(version)")
    }
}

/// One step of the schema, as SQL.
protocol Migration: Sendable {
    static var sql: String { get }
}
