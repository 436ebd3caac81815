import GRDB

extension OutcomeLedger {
    /// The answer to a query: column names, and rows of text as SQLite prints it; nil for NULL.
    package struct QueryResult: Sendable, Equatable {
        package var columns: [String]
        package var rows: [[String?]]
    }

    /// Asks one SQL query. Nothing can be written: a statement that tries is refused.
    package func query(_ sql: String) throws(LedgerError) -> QueryResult {
        do {
            return try queue.read { db in
                let statement = try db.makeStatement(sql: sql)
                guard statement.isReadonly else {
                    throw LedgerError.invalidQuery(reason: "the ledger is only read here")
                }
                let rows = try Row.fetchAll(statement).map { row in
                    Array(row.databaseValues.map { String.fromDatabaseValue($0) ?? Self.number($0) })
                }
                return QueryResult(columns: statement.columnNames, rows: rows)
            }
        } catch let error as DatabaseError
            where error.resultCode == .SQLITE_ERROR || error.resultCode == .SQLITE_MISUSE
        {
            throw .invalidQuery(reason: error.message ?? "not a query")
        } catch {
            throw LedgerError(error, path: path, busyTimeoutSeconds: busyTimeoutSeconds)
        }
    }

    private static func number(_ value: DatabaseValue) -> String? {
        switch value.storage {
        case .int64(let number): String(number)
        case .double(let number): String(number)
        case .null, .string, .blob: nil
        }
    }
}
