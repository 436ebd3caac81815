import ArgumentParser
import Foundation
import FuzzEntryPoints
import RobustnessCases

/// `rehearse-fuzz entry-points`: readers of bytes, each under libFuzzer in a process of its own.
struct EntryPointFuzzing: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "entry-points",
        abstract: "Gives bytes to each reader, and writes what ends the process as a file that a test reads.")

    @Option(help: "The program with the entry points.")
    var binary = ".build-fuzz/release/rehearse-fuzz-entry-points"

    @Option(help: "For how long, for all entry points together.")
    var seconds = 600

    @Option(help: "The same seed makes the same first inputs.")
    var seed: UInt64 = 1

    @Option(help: "How many run at once.")
    var jobs = 2

    @Option(help: "Only these; all where none is named.")
    var entry: [String] = []

    @Option(help: "The folder of scenarios to start from.")
    var scenarios = "scenarios"

    @Option(help: "Where what is worth keeping between two calls goes.")
    var corpus = ".build-fuzz/corpus"

    @Option(help: "Where finds are written.")
    var finds = "Tests/FuzzFinds/bytes"

    func run() throws {
        let names = entry.isEmpty ? FuzzEntryPoint.all.map(\.name) : entry
        let entries = try names.map { name in
            guard let entry = FuzzEntryPoint.named(name) else { throw ValidationError("no entry point '\(name)'") }
            return entry
        }
        let session = EntryPointSession(
            program: URL(fileURLWithPath: binary).standardized.path, corpus: corpus, finds: finds, seed: seed,
            seconds: max(1, seconds * jobs / entries.count))
        guard FileManager.default.isExecutableFile(atPath: session.program) else {
            throw ValidationError("no program '\(binary)': `make fuzz-entry-points` builds it")
        }
        try session.prepare(entries, scenarios: scenarios)
        let found = session.run(entries, jobs: jobs)
        for line in found.sorted() { print(line) }
        if found.contains(where: { !$0.hasSuffix(" 0 finds") }) { throw ExitCode(1) }
    }
}
