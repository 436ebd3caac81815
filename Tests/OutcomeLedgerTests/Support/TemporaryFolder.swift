import Foundation

@testable import OutcomeLedger

/// A folder that is there for one test.
@discardableResult
func withTemporaryFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ledger-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
}

/// A new ledger that is there for one test.
@discardableResult
func withLedger<Result>(_ body: (OutcomeLedger) throws -> Result) throws -> Result {
    try withTemporaryFolder { folder in
        try body(try OutcomeLedger.open(path: folder.appendingPathComponent("ledger.sqlite").path))
    }
}
