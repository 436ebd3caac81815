import Foundation
@_exported import RehearseTestSupport

@testable import OutcomeLedger

/// A new ledger that is there for one test.
@discardableResult
func withLedger<Result>(_ body: (OutcomeLedger) throws -> Result) throws -> Result {
    try withTemporaryFolder { folder in
        try body(try OutcomeLedger.open(path: folder.appendingPathComponent("ledger.sqlite").path))
    }
}
