import ClusterSimulation
import Foundation
import GRDB
import Testing

@testable import OutcomeLedger

/// A process is ended with SIGKILL at the worst moments; what it had committed must be there.
@Suite struct KillTests {
    @Test func `the file is in write-ahead mode, for every connection to it`() throws {
        try withLedger { ledger in
            let reader = try OutcomeLedger.open(path: ledger.path, access: .readOnly)
            for connection in [ledger, reader] {
                #expect(try connection.read { try String.fetchOne($0, sql: "PRAGMA journal_mode") } == "wal")
            }
        }
    }

    @Test func `killed between writing and committing, only the outcome in flight is lost`() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ledger-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("ledger.sqlite").path
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let ledger = try OutcomeLedger.open(path: path)
            let run = try ledger.beginRun(command: "run", startedAtMilliseconds: 0)
            for _ in 0..<5 { try ledger.record(Outcomes.rich, in: run) }
            try ledger.record(Outcomes.rich, in: run) { kill(getpid(), SIGKILL) }
        }
        let ledger = try OutcomeLedger.open(path: path)
        let run = try ledger.resolveRun("latest")
        #expect(try ledger.outcomes(in: run) == Array(repeating: Outcomes.rich, count: 5))
        #expect(try ledger.query("PRAGMA integrity_check").rows == [["ok"]])
        #expect(run.finishedAtMilliseconds == nil)
        try ledger.record(Outcomes.rich, in: run)
        #expect(try ledger.outcomes(in: run).count == 6)
    }

    @Test(arguments: [3, 17, 41])
    func `killed at any moment, all but at most one outcome are there`(milliseconds: UInt32) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ledger-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("ledger.sqlite").path
        let journal = folder.appendingPathComponent("journal").path
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [path = path as String, journal = journal as String, milliseconds = milliseconds as UInt32] in
            let ledger = try OutcomeLedger.open(path: path)
            let run = try ledger.beginRun(command: "run", startedAtMilliseconds: 0)
            // A byte for every outcome that `record` said is stored, written without a buffer in between.
            let descriptor = open(journal, O_CREAT | O_WRONLY | O_APPEND, 0o600)
            Thread.detachNewThread {
                usleep(milliseconds * 1000)
                kill(getpid(), SIGKILL)
            }
            var seed: UInt64 = 0
            while true {
                try ledger.record(Outcomes.outcome(seed: seed, violated: ["b"]), in: run)
                _ = write(descriptor, "x", 1)
                seed += 1
            }
        }
        let stored = (try? Data(contentsOf: URL(fileURLWithPath: journal)))?.count ?? 0
        let ledger = try OutcomeLedger.open(path: path)
        let outcomes = try ledger.outcomes(in: try ledger.resolveRun("latest"))
        #expect(outcomes.count == stored || outcomes.count == stored + 1)
        #expect(outcomes == (0..<outcomes.count).map { Outcomes.outcome(seed: UInt64($0), violated: ["b"]) })
        #expect(try ledger.query("PRAGMA integrity_check").rows == [["ok"]])
    }
}
