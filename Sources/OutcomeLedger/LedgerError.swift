import ClusterSimulation
import GRDB

/// Why a ledger could not be opened or used, in words for the person who named the file.
package enum LedgerError: Error, Equatable, CustomStringConvertible {
    /// Reading only, and there is no such file.
    case missing(path: String)
    /// A file that is not a SQLite database, or one of something else.
    case notALedger(path: String, reason: String)
    /// Written by a newer `rehearse`.
    case newerSchema(path: String, version: Int, supported: Int)
    /// Opened for reading only, but it has to be migrated first.
    case olderSchema(path: String, version: Int, supported: Int)
    /// The file or its folder cannot be written.
    case readOnly(path: String)
    /// Another process held it for longer than the busy timeout.
    case locked(path: String, seconds: Double)
    /// The file cannot be opened or its folder cannot be made.
    case cannotOpen(path: String, reason: String)
    /// No run is meant by this reference. `known` are the newest runs.
    case noSuchRun(reference: String, known: [String])
    /// A label that could be mistaken for another kind of reference.
    case invalidLabel(label: String, reason: String)
    /// A query that SQLite refuses.
    case invalidQuery(reason: String)
    /// What is stored cannot be read back: the file was edited or damaged.
    case damaged(path: String, reason: String)
    /// Anything else SQLite reports, a full disk among it.
    case storage(path: String, reason: String)

    package var description: String { words.singleLine }

    private var words: String {
        switch self {
        case .missing(let path):
            return "\(path): error: no such ledger; `rehearse run --ledger` makes one"
        case .notALedger(let path, let reason):
            return "\(path): error: not a ledger: \(reason)"
        case .newerSchema(let path, let version, let supported):
            return "\(path): error: the ledger has schema version \(version), this program knows up to \(supported); "
                + "use the newer program that wrote it"
        case .olderSchema(let path, let version, let supported):
            return "\(path): error: the ledger has schema version \(version) and has to be brought to \(supported); "
                + "open it once for writing"
        case .readOnly(let path):
            return "\(path): error: the ledger cannot be written: the file or its folder is read-only"
        case .locked(let path, let seconds):
            return "\(path): error: another process has been writing to the ledger for more than \(seconds) seconds"
        case .cannotOpen(let path, let reason):
            return "\(path): error: cannot open the ledger: \(reason)"
        case .noSuchRun(let reference, let known):
            let newest = known.joined(separator: ", ")
            let names = known.isEmpty ? "the ledger has no runs" : "the newest runs are \(newest)"
            return "error: no run '\(reference)'; \(names)"
        case .invalidLabel(let label, let reason):
            return "error: '\(label)' cannot be the label of a run: \(reason)"
        case .invalidQuery(let reason):
            return "error: \(reason)"
        case .damaged(let path, let reason):
            return "\(path): error: the ledger is damaged: \(reason)"
        case .storage(let path, let reason):
            return "\(path): error: \(reason)"
        }
    }

    /// Names an error that GRDB threw while using the file.
    init(_ error: any Error, path: String, busyTimeoutSeconds: Double) {
        if let error = error as? LedgerError {
            self = error
            return
        }
        if let error = error as? OutcomeReader.Malformed {
            self = .damaged(path: path, reason: error.description)
            return
        }
        if error is RowDecodingError {
            self = .damaged(path: path, reason: "a column has a value of another type")
            return
        }
        guard let error = error as? DatabaseError else {
            self = .storage(path: path, reason: String(describing: error))
            return
        }
        let reason = error.message ?? "SQLite error \(error.resultCode.rawValue)"
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked(path: path, seconds: busyTimeoutSeconds)
        case .SQLITE_READONLY: self = .readOnly(path: path)
        case .SQLITE_NOTADB: self = .notALedger(path: path, reason: "not a SQLite database")
        case .SQLITE_CANTOPEN: self = .cannotOpen(path: path, reason: reason)
        case .SQLITE_CORRUPT: self = .damaged(path: path, reason: reason)
        default: self = .storage(path: path, reason: reason)
        }
    }
}
