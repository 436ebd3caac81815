import Foundation
import OutcomeLedger
import Testing

/// `kill -9` at any moment: what was printed is kept, and nothing is left behind by the next run.
///
/// A few moments each; fifty of `test` and twenty of `run` with `REHEARSE_LONG_TESTS=1`.
@Suite struct KilledCommandTests {
    private static let isLong = ProcessInfo.processInfo.environment["REHEARSE_LONG_TESTS"] == "1"
    private static let names = (1...6).map { "s\($0)" }

    /// The command's output so far, and what it left, at a moment of its life.
    private func kill(_ rehearse: Command, _ arguments: [String], after milliseconds: Int) throws -> String {
        let output = rehearse.folder.appendingPathComponent("output")
        try Data().write(to: output)
        let process = Process()
        process.executableURL = Command.binary
        process.arguments = arguments
        process.currentDirectoryURL = rehearse.folder
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = FileHandle.nullDevice
        try process.run()
        usleep(UInt32(milliseconds) * 1000)
        _ = Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        return String(decoding: try Data(contentsOf: output), as: UTF8.self)
    }

    private func milliseconds(_ body: () throws -> Void) throws -> Int {
        let duration = try ContinuousClock().measure(body)
        return Int(duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000)
    }

    /// The scenarios that a text says have ended, in order.
    private func told(_ output: String, _ word: String) -> [String] {
        output.split(separator: "\n").filter { $0.hasPrefix(word) }.map { line in
            String(line.dropFirst(word.count).drop { $0 == " " }.prefix { $0 != ":" })
        }
    }

    @Test(arguments: [("test", "ok", 50), ("run", "holds ", 20)])
    func `at random moments`(command: String, word: String, moments: Int) throws {
        try withScenarios { rehearse in
            for name in Self.names { try rehearse.writeQuietScenario(name) }
            try rehearse.write(
                Self.names.map { "- {path: \($0)/scenario.yaml}\n" }.joined(), to: "index.yaml")
            let arguments = [command] + (command == "test" ? ["index.yaml"] : Self.names)
            let whole = try milliseconds {
                let status = try rehearse(arguments).status
                #expect(status == 0)
            }
            for _ in 0..<(Self.isLong ? moments : 5) {
                let output = try kill(rehearse, arguments, after: Int.random(in: 0...whole))
                let lines = told(output, word)
                let path = rehearse.folder.appendingPathComponent("reports/out/ledger.sqlite").path
                let ledger = try OutcomeLedger.open(path: path, access: .readOnly)
                #expect(try ledger.query("PRAGMA integrity_check").rows == [["ok"]])
                let kept = try ledger.query(
                    "SELECT scenario FROM outcome WHERE run_id = (SELECT max(id) FROM run) ORDER BY position"
                ).rows.compactMap { $0[0] }
                #expect(kept.starts(with: lines), "printed \(lines), kept \(kept)")
            }
            #expect(try rehearse(arguments).status == 0)
            let left = FileManager.default.enumerator(atPath: rehearse.folder.path)?.compactMap { $0 as? String } ?? []
            #expect(!left.contains { $0.hasSuffix(".tmp") }, "\(left)")
        }
    }

    @Test func `each line is there when its scenario has ended`() throws {
        try withScenarios { rehearse in
            for name in Self.names { try rehearse.writeQuietScenario(name) }
            // The reader of the first line looks into the ledger while the command waits to write the others.
            let script = """
                mkfifo lines; (trap '' PIPE; rehearse test \(Self.names.joined(separator: " ")); echo $? > status) > lines &
                head -1 < lines > first; rehearse report latest --format text | grep -c '^holds s1:' > count; wait
                """
            _ = try rehearse.shell(script)
            #expect(try rehearse.read("first") == "ok    s1: holds\n")
            #expect(try rehearse.read("count") == "1\n")
        }
    }

    @Test func `what is written as a whole is told as it is kept`() throws {
        try withScenarios { rehearse in
            for name in Self.names { try rehearse.writeQuietScenario(name) }
            for options in [["--format", "json"], ["--format", "junit"], ["-o", "out.txt"]] {
                let result = try rehearse(["run"] + Self.names + options)
                #expect(result.status == 0)
                #expect(told(result.errors, "recorded:") == Self.names, "\(result.errors)")
                #expect(told(try rehearse(["test"] + Self.names + options).errors, "recorded:") == Self.names)
            }
            let text = try rehearse(["run"] + Self.names)
            #expect(told(text.errors, "recorded:").isEmpty)
            #expect(told(text.output, "holds ") == Self.names)
        }
    }

    @Test func `a ledger that cannot be opened is told before anything is rehearsed`() throws {
        try withScenarios { rehearse in
            try rehearse.writeQuietScenario("quiet")
            try rehearse.write("no database, and long enough to be looked at as one\n", to: "notes.txt")
            for command in ["run", "test"] {
                let result = try rehearse(command, "quiet", "nothing.yaml", "--ledger", "notes.txt")
                #expect(result.status == 2)
                if command == "run" { #expect(result.errors.hasPrefix("notes.txt: error: not a ledger")) }
                #expect(result.output.isEmpty)
            }
        }
    }

    @Test func `a run of bad input alone leaves no run`() throws {
        try withScenarios { rehearse in
            try rehearse.writeQuietScenario("quiet")
            #expect(try rehearse("run", "quiet").status == 0)
            #expect(try rehearse("run", "nothing.yaml").status == 2)
            #expect(try rehearse("run", "quiet", "--until", "2020-01-01T00:00:00Z").status == 2)
            let ledger = try OutcomeLedger.open(
                path: rehearse.folder.appendingPathComponent("reports/out/ledger.sqlite").path, access: .readOnly)
            #expect(try ledger.runs().map(\.id) == [1])
        }
    }
}
