import Foundation
import RobustnessCases

/// Ledgers to start from: what the command itself writes of a few scenarios.
struct LedgerSeeds {
    let program: String
    let folder: String

    /// A ledger of two runs for each of a few scenarios. Their bytes hold the time of day: inputs of ledgers differ
    /// between two sessions in that.
    func seeds(_ corpus: Corpus) throws -> [Seed] {
        let scenarios = (corpus.seeds[.scenario] ?? []).filter { $0.files.count < 40 }
        return try stride(from: 0, to: scenarios.count, by: 8).map { try ledger(of: scenarios[$0]) }
    }

    private func ledger(of seed: Seed) throws -> Seed {
        let trial = try Trial(program: program, folder: folder)
        let arguments = ["run", seed.scenario, "--reports", "out", "--ledger", LedgerMutator.file]
        let runs = [
            Want.Run(arguments: arguments), Want.Run(arguments: arguments + ["--until", "5m", "--label", "short"]),
        ]
        try trial.write(seed.files)
        for run in runs { _ = try trial.start(run) }
        let bytes = try Data(contentsOf: URL(fileURLWithPath: folder + "/input/" + LedgerMutator.file))
        var seed = seed
        seed.kind = .ledger
        seed.files.append(InputFile(path: LedgerMutator.file, bytes: [UInt8](bytes)))
        return seed
    }
}
