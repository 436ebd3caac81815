import Foundation
import GRDB

/// Outcomes kept in a SQLite file, so that a later run can be compared with an earlier one.
///
/// Write-ahead log, one transaction per outcome: a process that is killed loses at most the outcome in flight, and
/// readers never wait for a writer. Safe to use from several threads and several processes; writers take turns.
package final class OutcomeLedger: Sendable {
    /// Whether a ledger is only read, or made, migrated and written.
    package enum Access: Sendable {
        case readOnly, readWrite
    }

    /// The file, as it was named.
    package let path: String
    /// How long a writer waits for another one.
    let busyTimeoutSeconds: Double
    let queue: DatabaseQueue

    private init(path: String, busyTimeoutSeconds: Double, queue: DatabaseQueue) {
        self.path = path
        self.busyTimeoutSeconds = busyTimeoutSeconds
        self.queue = queue
    }

    /// Opens the ledger at `path`. For writing it is made where there is none, folders included, and migrated to the
    /// newest schema. A file that is not a ledger is left untouched.
    ///
    /// Throws where the file is not a ledger, has a newer schema (or for reading an older one), cannot be read or
    /// written, or stays locked by another process for longer than `busyTimeoutSeconds`.
    package static func open(
        path: String, access: Access = .readWrite, busyTimeoutSeconds: Double = 5
    ) throws(LedgerError) -> OutcomeLedger {
        try open(
            path: path, access: access, busyTimeoutSeconds: busyTimeoutSeconds, schemaVersion: Schema.migrations.count)
    }

    /// Opens a ledger as a program that knows the schema up to `schemaVersion` does.
    static func open(
        path: String, access: Access, busyTimeoutSeconds: Double, schemaVersion: Int
    ) throws(LedgerError) -> OutcomeLedger {
        try prepareFile(path, access)
        var configuration = Configuration()
        configuration.readonly = access == .readOnly
        configuration.busyMode = .timeout(busyTimeoutSeconds)
        configuration.label = "OutcomeLedger"
        do {
            // SQLite would take `:memory:` and `file:…` for something else than files.
            let file = path.hasPrefix("/") ? path : "./" + path
            let queue = try DatabaseQueue(path: file, configuration: configuration)
            let ledger = OutcomeLedger(path: path, busyTimeoutSeconds: busyTimeoutSeconds, queue: queue)
            try ledger.check(access, supported: schemaVersion)
            if access == .readWrite { try ledger.prepareForWriting(schemaVersion) }
            return ledger
        } catch {
            throw LedgerError(error, path: path, busyTimeoutSeconds: busyTimeoutSeconds)
        }
    }

    private static func prepareFile(_ path: String, _ access: Access) throws(LedgerError) {
        if path.isEmpty { throw .cannotOpen(path: path, reason: "its name is empty") }
        if path.utf8.contains(0) { throw .cannotOpen(path: path, reason: "its name holds a NUL character") }
        // SQLite would wait for whoever writes to a named pipe, and take what a device has for a database.
        for suffix in ["-journal", "-wal", "-shm"] {
            guard let kind = kind(path + suffix), kind != .file else { continue }
            throw .cannotOpen(path: path, reason: "what SQLite keeps beside it, \(suffix), \(kind.words)")
        }
        let files = FileManager.default
        if let kind = kind(path) {
            guard kind == .file else { throw .cannotOpen(path: path, reason: kind.words) }
            if access == .readWrite, !files.isWritableFile(atPath: path) { throw .readOnly(path: path) }
            return
        }
        if access == .readOnly { throw .missing(path: path) }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        do {
            try files.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw .cannotOpen(path: path, reason: "its folder \(folder.path) cannot be made")
        }
    }

    /// What stands at a path, links followed.
    private enum Kind {
        case file, folder, other

        var words: String {
            switch self {
            case .file: "it is a file"
            case .folder: "it is a folder"
            case .other: "it is a device or a pipe"
            }
        }
    }

    /// nil where nothing is there, or nothing that can be looked at.
    private static func kind(_ path: String) -> Kind? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .file
        case S_IFDIR: return .folder
        default: return .other
        }
    }

    /// Refuses what is not a ledger of a schema this program knows, before anything is written to it.
    private func check(_ access: Access, supported: Int) throws {
        let content = try queue.read(Schema.content)
        switch content {
        case .foreign:
            throw LedgerError.notALedger(path: path, reason: "a SQLite database of another program")
        case .empty where access == .readOnly:
            throw LedgerError.notALedger(path: path, reason: "the file is empty")
        case .ledger(let version) where version < 1:
            throw LedgerError.damaged(path: path, reason: "its schema version is \(version)")
        case .ledger(let version) where version > supported:
            throw LedgerError.newerSchema(path: path, version: version, supported: supported)
        case .ledger(let version) where version < supported && access == .readOnly:
            throw LedgerError.olderSchema(path: path, version: version, supported: supported)
        case .empty:
            break
        case .ledger(let version):
            if let reason = try queue.read({ db in try Columns.objection(db, version: version) }) {
                throw LedgerError.damaged(path: path, reason: reason)
            }
        }
    }

    private func prepareForWriting(_ schemaVersion: Int) throws {
        try queue.writeWithoutTransaction { db in
            let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
            guard mode == "wal" else {
                throw LedgerError.cannotOpen(
                    path: path, reason: "its file system has no write-ahead log (\(mode ?? "-"))")
            }
            // A commit reaches the operating system and survives the process; syncing each one to the disk would only
            // guard the newest outcomes against a loss of power, at many times the cost. Nothing is corrupted either
            // way.
            try db.execute(sql: "PRAGMA synchronous = NORMAL")
            try db.inTransaction(.immediate) {
                try Schema.migrate(db, to: schemaVersion)
                return .commit
            }
        }
    }

    // MARK: Access for the other files

    func write<Result>(_ body: (Database) throws -> Result) throws(LedgerError) -> Result {
        do {
            return try queue.write(body)
        } catch {
            throw LedgerError(error, path: path, busyTimeoutSeconds: busyTimeoutSeconds)
        }
    }

    func read<Result>(_ body: (Database) throws -> Result) throws(LedgerError) -> Result {
        do {
            return try queue.read(body)
        } catch {
            throw LedgerError(error, path: path, busyTimeoutSeconds: busyTimeoutSeconds)
        }
    }
}
