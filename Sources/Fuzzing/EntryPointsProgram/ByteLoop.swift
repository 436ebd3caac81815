import Foundation
import FuzzEntryPoints
import FuzzMutators

/// What stands in for libFuzzer where the toolchain has none: reads the same arguments, changes bytes of the corpus at
/// random, and does not see which code runs.
struct ByteLoop {
    private var seconds = 60.0
    private var runsMax = Int.max
    private var seed: UInt64 = 1
    private var sizeMax = 4096
    private var artifacts = "./"
    private var paths: [String] = []

    /// Reads `-max_total_time=`, `-runs=`, `-seed=`, `-max_len=`, `-artifact_prefix=`, and folders and files; passes over
    /// what else libFuzzer knows.
    init(arguments: [String]) {
        for argument in arguments {
            guard argument.hasPrefix("-"), let equals = argument.firstIndex(of: "=") else {
                paths.append(argument)
                continue
            }
            let value = String(argument[argument.index(after: equals)...])
            switch argument[..<equals] {
            case "-max_total_time": seconds = Double(value) ?? seconds
            case "-runs": runsMax = Int(value) ?? runsMax
            case "-seed": seed = UInt64(value) ?? seed
            case "-max_len": sizeMax = Int(value) ?? sizeMax
            case "-artifact_prefix": artifacts = value
            default: break
            }
        }
    }

    /// Runs until the time is over or the process ends; what is being read is in a file beside the artifacts then.
    func run(_ entry: FuzzEntryPoint) -> Int32 {
        var corpus = entry.samples
        for path in paths {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: path))?.sorted() ?? []
            let files = names.isEmpty ? [path] : names.map { path + "/" + $0 }
            corpus += files.compactMap { try? [UInt8](Data(contentsOf: URL(fileURLWithPath: $0))) }
        }
        var random = FuzzRandom(seed: seed)
        let current = artifacts + "crash-" + entry.name
        let start = Date()
        var runs = 0
        for bytes in corpus { tryOut(bytes, entry, current) }
        while runs < runsMax, Date().timeIntervalSince(start) < seconds {
            let bytes = ByteMutator.mutated(
                random.pick(corpus) ?? [], donors: corpus, sizeMax: sizeMax, &random)
            tryOut(bytes, entry, current)
            runs += 1
        }
        unlink(current)
        print("Done \(runs) runs in \(Int(Date().timeIntervalSince(start))) second(s)")
        return 0
    }

    private func tryOut(_ bytes: [UInt8], _ entry: FuzzEntryPoint, _ current: String) {
        try? Data(bytes).write(to: URL(fileURLWithPath: current))
        entry(bytes)
    }
}
