import Foundation

/// A folder with input that once broke a promise, and what it must come to: `README` says what was wrong, `want` what
/// is asked for; everything else is input. `generate.py`, where there is one, writes the part that is too large to keep.
package struct RobustnessCase: Sendable, CustomStringConvertible {
    package let folder: String
    package let want: Want
    /// The name of the folder.
    package var description: String { URL(fileURLWithPath: folder).lastPathComponent }

    /// Reads a case; throws where it has no `want`, or one that cannot be read.
    package init(folder: String) throws {
        self.folder = folder
        want = try Want(try String(contentsOfFile: folder + "/want", encoding: .utf8))
    }

    /// The cases of a folder of cases, by name; empty where there is no such folder.
    package static func all(in folder: String) throws -> [RobustnessCase] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return try names.sorted().map { folder + "/" + $0 }
            .filter { FileManager.default.fileExists(atPath: $0 + "/want") }.map { try RobustnessCase(folder: $0) }
    }

    /// Runs the case in a copy of its folder, and says what is not as it should be; empty where all is.
    ///
    /// - Parameter slowness: how many times slower than a release build the program is.
    package func problems(program: String, slowness: Double = 1) throws -> [String] {
        let place = NSTemporaryDirectory() + "/robustness-\(UUID().uuidString)"
        let copy = place + "/case"
        let captures = place + "/captures"
        for path in [place, captures] {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        defer { try? FileManager.default.removeItem(atPath: place) }
        try FileManager.default.copyItem(atPath: folder, toPath: copy)
        _ = chmod(copy, 0o755)
        for name in FileManager.default.enumerator(atPath: copy)?.compactMap({ $0 as? String }) ?? [] {
            _ = chmod(copy + "/" + name, 0o755)
        }
        if FileManager.default.fileExists(atPath: copy + "/generate.py") { try generate(in: copy, captures) }
        for name in ["README", "want", "generate.py"] { try? FileManager.default.removeItem(atPath: copy + "/" + name) }
        var process = LimitedProcess(program: program, folder: copy)
        process.limits.processorSeconds = Int(max(want.processorSeconds, 10) * slowness) + 5
        process.limits.wallSeconds = Double(process.limits.processorSeconds) * 6
        return try want.runs.flatMap { try problems(with: $0, process, captures, slowness) }
    }

    private func problems(
        with run: Want.Run, _ process: LimitedProcess, _ captures: String, _ slowness: Double
    ) throws -> [String] {
        let result = try process.run(run.arguments, input: run.input ?? "/dev/null", captures: captures)
        var bounds = Promises.Bounds()
        bounds.processorSeconds *= slowness
        let faults = Promises.faults(of: run.arguments, result, bounds: bounds)
        let problems =
            want.problems(with: result, slowness: slowness) + faults.map { "\($0.signature) \($0.details)" }
        if problems.isEmpty { return [] }
        let told = String(decoding: result.errors.prefix(2000), as: UTF8.self)
        return problems.map { "\(description): \($0)" } + ["standard error: " + told]
    }

    private func generate(in copy: String, _ captures: String) throws {
        let python = LimitedProcess(program: "/usr/bin/env", folder: copy)
        let result = try python.run(["python3", "generate.py"], captures: captures)
        guard result.ending == .exited(0) else {
            throw LimitedProcess.Failure(
                "generate.py: \(String(decoding: result.errors, as: UTF8.self))")
        }
    }
}
