import Foundation
import Testing

/// What the scenarios of the suite come to, and the exact work that they cause, as the binary itself says: the same in
/// the debug and in the release build, and the same as ever.
@Suite struct ScenarioCountersTests {
    /// The release build rehearses all; the debug build, which takes thirty times as long, these.
    private static let few = ["getting-started", "namespace-consolidation", "invariants/dns-names-resolve/violates"]
    private static let isRelease = ProcessInfo.processInfo.environment["REHEARSE_BINARY"] != nil
    private static let file = TestFiles.url("Tests/CommandLineTests/Snapshots/ScenarioCounters.txt")

    /// A line a scenario: name, verdict, digest, and counters.
    private static func lines(of paths: [String]) throws -> [String] {
        let rehearse = Command(folder: Command.root)
        let result = try rehearse(["test"] + paths.map { "scenarios/\($0)" } + ["--no-ledger", "--format", "json"])
        try #require(result.status == 0, "\(result.errors)")
        let results = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]]
        return try #require(results).map { result in
            let counters = (result["counters"] as? [String: Any] ?? [:]).map { "\($0.key) \($0.value)" }.sorted()
            let fields = ["scenario", "verdict", "digest"].map { "\(result[$0] ?? "-")" }
            return (fields + counters).joined(separator: ", ")
        }
    }

    @Test func `scenarios come to the same as ever, by the same work`() throws {
        let lines = try Self.lines(of: Self.isRelease ? [""] : Self.few)
        guard Self.isRelease else {
            let golden = try String(contentsOf: Self.file, encoding: .utf8).components(separatedBy: "\n")
            for line in lines { #expect(golden.contains(line)) }
            return
        }
        #expect(lines.count > 60)
        try expectSnapshot(
            lines.joined(separator: "\n") + "\n", file: Self.file, advice: "docs/testing.md says how to record it")
    }
}
