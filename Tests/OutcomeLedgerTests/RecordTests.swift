import ClusterSimulation
import Foundation
import GRDB
import Testing

@testable import OutcomeLedger

@Suite struct RecordTests {
    @Test func `an outcome is read back equal, down to its digest`() throws {
        try withLedger { ledger in
            let run = try ledger.beginRun(command: "run", startedAtMilliseconds: 0)
            try ledger.record(Outcomes.rich, in: run)
            let read = try #require(try ledger.outcomes(in: run).first)
            #expect(read == Outcomes.rich)
            // Texts compare equal in Swift when only their normalization differs; digests do not.
            #expect(read.computeDigest() == Outcomes.rich.digest)
        }
    }

    @Test func `outcomes come back in the order they were recorded, run by run`() throws {
        try withLedger { ledger in
            let first = try ledger.beginRun(command: "run", startedAtMilliseconds: 0)
            let second = try ledger.beginRun(command: "run", startedAtMilliseconds: 0)
            for seed in [3, 1, 2] as [UInt64] {
                try ledger.record(Outcomes.outcome("a", seed: seed), in: first)
                try ledger.record(Outcomes.outcome("b", seed: seed * 10), in: second)
            }
            try ledger.record(Outcomes.outcome("c", seed: 7), in: first)
            #expect(try ledger.outcomes(in: first).map(\.seed) == [3, 1, 2, 7])
            #expect(try ledger.outcomes(in: second).map(\.seed) == [30, 10, 20])
            #expect(try ledger.outcomes(in: first, scenario: "c").map(\.seed) == [7])
            #expect(try ledger.outcomes(in: first, scenario: "none").isEmpty)
        }
    }

    @Test func `tables that many outcomes share are kept once`() throws {
        try withLedger { ledger in
            let run = try ledger.beginRun(command: "run", startedAtMilliseconds: 0)
            try ledger.record(Outcomes.rich, in: run)
            let count = try ledger.query("SELECT count(*) FROM content").rows
            for seed in 0..<20 {
                var outcome = Outcomes.rich
                outcome.seed = UInt64(seed)
                try ledger.record(outcome, in: run)
            }
            #expect(try ledger.query("SELECT count(*) FROM content").rows == count)
            #expect(try ledger.outcomes(in: run).count == 21)
        }
    }

    @Test func `an outcome of a run that does not exist is refused whole`() throws {
        try withLedger { ledger in
            var run = try ledger.beginRun(command: "run", startedAtMilliseconds: 0)
            run.id = 99
            #expect(throws: LedgerError.self) { try ledger.record(Outcomes.rich, in: run) }
            #expect(try ledger.query("SELECT count(*) FROM content").rows == [["0"]])
        }
    }

    @Test func `an error before the commit leaves nothing behind`() throws {
        struct Stop: Error {}
        try withLedger { ledger in
            let run = try ledger.beginRun(command: "run", startedAtMilliseconds: 0)
            #expect(throws: LedgerError.self) {
                try ledger.record(Outcomes.rich, in: run) { throw Stop() }
            }
            for table in ["outcome", "violation", "cause", "unknown", "content"] {
                #expect(try ledger.query("SELECT count(*) FROM \(table)").rows == [["0"]], "\(table)")
            }
            try ledger.record(Outcomes.rich, in: run)
            #expect(try ledger.outcomes(in: run) == [Outcomes.rich])
        }
    }

    /// Ten thousand with `REHEARSE_LONG_TESTS=1`, a tenth without. Time is gated only in the long test, and far above
    /// what it takes: one sync to the disk per outcome, or one preparation per statement, would still not pass.
    @Test func `many outcomes are stored fast`() throws {
        let isLong = ProcessInfo.processInfo.environment["REHEARSE_LONG_TESTS"] == "1"
        let count: UInt64 = isLong ? 10_000 : 1_000
        try withLedger { ledger in
            let run = try ledger.beginRun(command: "explore", startedAtMilliseconds: 0)
            var outcome = Outcomes.rich
            let elapsed = try ContinuousClock().measure {
                for seed in 0..<count {
                    outcome.seed = seed
                    outcome.pods[0].message = "restart \(seed)"
                    try ledger.record(outcome, in: run)
                }
            }
            #expect(try ledger.query("SELECT count(*) FROM outcome").rows == [["\(count)"]])
            // One content of pods per outcome, and the six that all of them share.
            #expect(try ledger.query("SELECT count(*) FROM content").rows == [["\(count + 6)"]])
            if isLong { #expect(elapsed < .seconds(30)) }
        }
    }

    @Test func `what an older ledger does not have reads as empty`() throws {
        var reader = try ContentReader(["#1738", "Title", "url", NSNull(), NSNull(), "abc", NSNull()] as [Any])
        let changeSet = try ChangeSetRow(from: &reader)
        #expect(changeSet.name == "#1738" && changeSet.changedFiles.isEmpty && changeSet.removedFiles.isEmpty)
        try withLedger { ledger in
            let run = try ledger.beginRun(command: "run", startedAtMilliseconds: 0)
            try ledger.record(Outcomes.rich, in: run)
            try ledger.write { db in try db.execute(sql: "UPDATE outcome SET removed_namespaces = NULL") }
            var old = Outcomes.rich
            old.removedNamespaces = []
            #expect(try ledger.outcomes(in: run) == [old])
        }
    }
}
