import ArgumentParser
import Foundation
import RobustnessCases

/// `rehearse-fuzz`: looks for input that makes `rehearse` break a promise.
@main
struct FuzzCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rehearse-fuzz", abstract: "Looks for input that makes rehearse break a promise.",
        subcommands: [CommandLineFuzzing.self, EntryPointFuzzing.self], defaultSubcommand: CommandLineFuzzing.self)
}

/// `rehearse-fuzz run`: whole inputs, given to the built command.
struct CommandLineFuzzing: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract:
            "Changes scenarios, ledgers and recordings, gives them to the built command, and writes finds as cases.")

    @Option(help: "The command that is tried.")
    var binary = ".build/release/rehearse"

    @Option(help: "For how long.")
    var seconds = 600.0

    @Option(help: "The same seed makes the same inputs.")
    var seed: UInt64 = 1

    @Option(help: "How many commands run at once.")
    var jobs = 2

    @Option(help: "The scenarios to start from.")
    var scenarios = "scenarios/index.yaml"

    @Option(help: "More scenarios to start from: every scenario.yaml below this folder.")
    var more = "Tests/FuzzSeeds"

    @Option(help: "A folder of recordings to start from; may be given several times.")
    var recordings = ["Tests/ConformanceTests/Traces"]

    @Option(help: "Where finds are written.")
    var finds = "Tests/FuzzFinds"

    @Option(help: "Start with the input of this number.")
    var index = 0

    @Option(help: "End before the input of this number.")
    var end = Int.max

    @Flag(help: "Leave the folders of the last inputs where they are.")
    var keep = false

    func run() throws {
        let program = URL(fileURLWithPath: binary).standardized.path
        guard FileManager.default.isExecutableFile(atPath: program) else {
            throw ValidationError("no command '\(binary)': build it first, or name another by --binary")
        }
        let folder = URL(fileURLWithPath: NSTemporaryDirectory() + "/rehearse-fuzz-\(getpid())").standardized.path
        defer { if !keep { try? FileManager.default.removeItem(atPath: folder) } }
        var corpus = try Corpus(index: scenarios, folders: more, recordings: recordings)
        corpus.seeds[.ledger] = try LedgerSeeds(program: program, folder: folder + "/ledgers").seeds(corpus)
        let fuzzer = Fuzzer(
            maker: InputMaker(corpus: corpus, seed: seed), program: program, folder: folder,
            finds: FindFolder(path: finds), seconds: seconds, indices: index..<max(index, end))
        fuzzer.run(jobs: jobs)
        print(fuzzer.summary, terminator: "")
        if let failure = fuzzer.failure { throw LimitedProcess.Failure(failure) }
        if fuzzer.hasFinds { throw ExitCode(1) }
    }
}
