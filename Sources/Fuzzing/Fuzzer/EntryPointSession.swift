import Foundation
import FuzzEntryPoints
import FuzzMutators
import RobustnessCases
import Synchronization

/// Runs entry points in rounds: names and files that were read stay in memory for as long as a process lives, so that
/// each process lives for a while only.
struct EntryPointSession: Sendable {
    let program: String
    let corpus: String
    let finds: String
    let seed: UInt64
    /// For each entry point.
    let seconds: Int
    private static let roundSeconds = 30
    private static let roundsWithFindsMax = 5

    /// Fills the folder of each entry point with what there is to start from.
    func prepare(_ entries: [FuzzEntryPoint], scenarios: String) throws {
        let names = FileManager.default.enumerator(atPath: scenarios)?.compactMap { $0 as? String }.sorted() ?? []
        for entry in entries {
            let folder = corpus + "/" + entry.name
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            var number = 0
            for sample in entry.samples {
                try Data(sample).write(to: URL(fileURLWithPath: folder + "/sample-\(number)"))
                number += 1
            }
            for name in names where entry.endings.contains(where: name.hasSuffix) {
                let data = try Data(contentsOf: URL(fileURLWithPath: scenarios + "/" + name))
                guard data.count < 8192 else { continue }
                try data.write(to: URL(fileURLWithPath: folder + "/scenario-\(number)"))
                number += 1
            }
        }
    }

    /// Runs all entry points, several at once; a line for each, with the number of inputs and of finds.
    func run(_ entries: [FuzzEntryPoint], jobs: Int) -> [String] {
        let waiting = Mutex(entries)
        let lines = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: jobs) { _ in
            while let entry = waiting.withLock({ $0.popLast() }) {
                let line: String
                do { line = try run(entry) } catch { line = "\(entry.name): \(error)" }
                FileHandle.standardError.write(Data((line + "\n").utf8))
                lines.withLock { $0.append(line) }
            }
        }
        return lines.withLock { $0 }
    }

    private func run(_ entry: FuzzEntryPoint) throws -> String {
        let place = NSTemporaryDirectory() + "/fuzz-\(entry.name)-\(UUID().uuidString)"
        let captures = place + "/captures"
        try FileManager.default.createDirectory(atPath: captures, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: place) }
        let end = Date().addingTimeInterval(Double(seconds))
        var inputs = 0
        var round = 0
        var found = 0
        while Date() < end || round == 0 {
            let rest = min(Self.roundSeconds, max(1, Int(end.timeIntervalSinceNow)))
            let result = try start(
                entry,
                [
                    "-max_total_time=\(rest)", "-seed=\(seed &+ UInt64(round))", "-artifact_prefix=\(place)/",
                    corpus + "/" + entry.name,
                ],
                captures)
            inputs += Self.inputs(String(decoding: result.errors + result.output, as: UTF8.self))
            let artifacts = try FileManager.default.contentsOfDirectory(atPath: place).filter { $0 != "captures" }
            for name in artifacts {
                found += 1
                try keep(place + "/" + name, of: entry, result, captures)
            }
            if found >= Self.roundsWithFindsMax { break }
            round += 1
        }
        return "\(entry.name): \(inputs) inputs, \(found) finds"
    }

    private func start(
        _ entry: FuzzEntryPoint, _ arguments: [String], _ captures: String
    ) throws -> LimitedProcess.Result {
        var process = LimitedProcess(program: program, folder: FileManager.default.currentDirectoryPath)
        process.environment = ["REHEARSE_FUZZ_ENTRY": entry.name]
        process.limits.processorSeconds = Self.roundSeconds * 4
        process.limits.wallSeconds = Double(Self.roundSeconds * 8)
        // libFuzzer reserves terabytes of addresses.
        process.limits.addressSpace = nil
        return try process.run(
            ["-timeout=10", "-rss_limit_mb=4096", "-max_len=8192", "-print_final_stats=1"] + arguments,
            captures: captures)
    }

    /// Makes a find smaller, and writes it and what was said of it.
    private func keep(
        _ artifact: String, of entry: FuzzEntryPoint, _ result: LimitedProcess.Result, _ captures: String
    ) throws {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: artifact)))
        let end = Date().addingTimeInterval(60)
        let small = Minimizer.minimized(bytes) { bytes in
            if Date() > end { return nil }
            guard (try? Data(bytes).write(to: URL(fileURLWithPath: artifact))) != nil else { return nil }
            return (try? start(entry, ["-runs=0", "-artifact_prefix=\(captures)/", artifact], captures)).map {
                $0.ending != .exited(0)
            }
        }
        try FileManager.default.removeItem(atPath: artifact)
        let folder = finds + "/" + entry.name
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var number = 1
        while FileManager.default.fileExists(atPath: "\(folder)/\(number)") { number += 1 }
        try Data(small).write(to: URL(fileURLWithPath: "\(folder)/\(number)"))
        let told = String(decoding: result.errors, as: UTF8.self).split(separator: "\n")
        let reason = told.first { line in
            ["Fatal error", "ERROR: libFuzzer", "crashed"].contains { line.firstRange(of: $0) != nil }
        }
        let text = "find: \(entry.name): \(reason ?? "\(result.ending)")\n      \(folder)/\(number)\n"
        FileHandle.standardError.write(Data(text.utf8))
    }

    /// How many inputs libFuzzer, or what stands in for it, says that it ran.
    private static func inputs(_ told: String) -> Int {
        let lines = told.split(separator: "\n")
        for line in lines.reversed() {
            let words = line.split(separator: " ")
            if line.hasPrefix("stat::number_of_executed_units:") || line.hasPrefix("Done ") {
                return words.compactMap { Int($0) }.first ?? 0
            }
        }
        // A find ends the process before it sums up: the last line of progress is `#COUNT …`.
        return lines.last { $0.hasPrefix("#") }.flatMap { Int($0.dropFirst().prefix { $0.isNumber }) } ?? 0
    }
}
