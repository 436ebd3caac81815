import Foundation
import Testing

/// A process may rehearse for hours: what one rehearsal took is there for the next.
@Suite struct MemoryGrowthTests {
    /// Rehearsals in one process, and how many of them may still grow. `REHEARSE_RUNS` asks for more.
    private static let runs = ProcessInfo.processInfo.environment["REHEARSE_RUNS"].flatMap { Int($0) } ?? 40
    private static let settled = 10
    /// By how much the process may grow with each run after these, in kilobytes.
    private static let growthMax = 1.0

    @Test(arguments: ["prepared", "anew"])
    func `a process that rehearses the incident again and again does not grow`(mode: String) throws {
        let program = Command.binary.deletingLastPathComponent().appendingPathComponent("rehearsal-memory")
        let process = Process()
        process.executableURL = program
        process.arguments = ["\(TestFiles.scenarios)/namespace-consolidation/scenario.yaml", "\(Self.runs)", mode]
        // What is freed goes back at once, so that the size is what is kept.
        process.environment = ["MALLOC_ARENA_MAX": "1", "MALLOC_TRIM_THRESHOLD_": "0", "MALLOC_TOP_PAD_": "0"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        let lines = text.split(separator: "\n").map { $0.split(separator: " ") }
        try #require(lines.count == Self.runs)
        #expect(Set(lines.map { $0[0] }).count == 1, "the digests differ")
        let sizes = lines.compactMap { Int($0[1]) }
        #expect(sizes[0] > 1000, "no size was read")
        let growth = Double(sizes[Self.runs - 1] - sizes[Self.settled - 1]) / Double(Self.runs - Self.settled)
        #expect(growth <= Self.growthMax, "\(growth) KB a run: \(sizes)")
    }
}
