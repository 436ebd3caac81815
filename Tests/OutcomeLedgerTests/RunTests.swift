import Testing

@testable import OutcomeLedger

@Suite struct RunTests {
    @Test func `runs are found by what they are called`() throws {
        try withLedger { ledger in
            let labels: [String?] = ["main", nil, "feature", "main", nil]
            for (index, label) in labels.enumerated() {
                _ = try ledger.beginRun(label: label, command: "run \(index)", startedAtMilliseconds: Int64(index))
            }
            let expected: [(String, Int64)] = [
                ("latest", 5), ("latest~0", 5), ("latest~1", 4), ("latest~4", 1), ("previous", 4), ("3", 3),
                ("main", 4), ("main~1", 1),
                ("feature", 3),
            ]
            for (reference, id) in expected { #expect(try ledger.resolveRun(reference).id == id, "\(reference)") }
            #expect(try ledger.resolveRun("main").command == "run 3")
            #expect(try ledger.runs().map(\.id) == [5, 4, 3, 2, 1])
        }
    }

    @Test(arguments: ["latest~5", "6", "mian", "main~2", "latest~", "latest~x", "latest~-1", "", "~1", "3~1"])
    func `a reference to nothing names the newest runs`(reference: String) throws {
        try withLedger { ledger in
            for label in ["main", nil, nil, "main", nil] as [String?] {
                _ = try ledger.beginRun(label: label, command: "run", startedAtMilliseconds: 0)
            }
            #expect(
                throws: LedgerError.noSuchRun(reference: reference, known: ["5", "4 (main)", "3", "2", "1 (main)"])
            ) { try ledger.resolveRun(reference) }
        }
    }

    @Test(arguments: ["", "latest", "previous", "7", "-7", "a~1", "a\nb"])
    func `labels that would be taken for something else are refused`(label: String) throws {
        try withLedger { ledger throws in
            #expect {
                try ledger.beginRun(label: label, command: "run", startedAtMilliseconds: 0)
            } throws: { error in
                guard case LedgerError.invalidLabel = error else { return false }
                return true
            }
            #expect(try ledger.runs().isEmpty)
        }
    }

    @Test func `a finished run says when`() throws {
        try withLedger { ledger in
            let run = try ledger.beginRun(label: "x", command: "run", startedAtMilliseconds: 1000)
            #expect(try ledger.resolveRun("x").finishedAtMilliseconds == nil)
            try ledger.finishRun(run, atMilliseconds: 2000)
            #expect(try ledger.resolveRun("x").finishedAtMilliseconds == 2000)
            #expect(
                try ledger.query("SELECT started, finished FROM run_summary").rows
                    == [["1970-01-01T00:00:01Z", "1970-01-01T00:00:02Z"]])
        }
    }
}
