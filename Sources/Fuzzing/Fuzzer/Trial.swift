import Foundation
import RobustnessCases

/// Runs the commands of inputs in a folder of its own, and says which promises they break.
struct Trial: Sendable {
    let program: String
    /// Everything happens below this folder.
    let folder: String

    private var input: String { folder + "/input" }
    private var captures: String { folder + "/captures" }
    private var temporary: String { folder + "/temporary" }

    init(program: String, folder: String) throws {
        self.program = program
        self.folder = folder
        for path in [folder, captures, temporary] {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
    }

    /// What the commands of an input do wrong; empty where they keep every promise. Commands after one that breaks a
    /// promise are not run.
    ///
    /// - Parameter note: told how each command ended.
    func faults(
        of built: BuiltInput, noting note: (LimitedProcess.Ending) -> Void = { _ in }
    ) throws -> [Promises.Fault] {
        try write(built.files)
        let ledgerIsGiven = built.files.contains { $0.path == LedgerMutator.file }
        var before = Set(built.files.map(\.path))
        for run in built.runs {
            let first = try start(run)
            note(first.ending)
            var faults = Promises.faults(of: run.arguments, first)
            faults += try leftovers(of: run.arguments, &before, first.ending, ledgerIsGiven)
            if built.isRepeated, faults.isEmpty, let fault = difference(first, try start(run), run.arguments) {
                faults.append(fault)
            }
            if !faults.isEmpty { return faults }
        }
        return []
    }

    /// Runs one command in the folder as it is.
    func start(_ run: Want.Run) throws -> LimitedProcess.Result {
        var process = LimitedProcess(program: program, folder: input)
        process.environment = ["TMPDIR": temporary]
        process.limits.processorSeconds *= Promises.rehearsals(askedBy: run.arguments)
        process.limits.wallSeconds = 120
        return try process.run(run.arguments, input: run.input ?? "/dev/null", captures: captures)
    }

    /// Writes a folder anew.
    func write(_ files: [InputFile]) throws {
        try? FileManager.default.removeItem(atPath: input)
        var folders: Set<String> = []
        for file in files {
            let path = input + "/" + file.path
            let folder = String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)])
            if folders.insert(folder).inserted {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            }
            guard FileManager.default.createFile(atPath: path, contents: Data(file.bytes)) else {
                throw LimitedProcess.Failure("cannot write \(path)")
            }
        }
        try FileManager.default.createDirectory(atPath: input, withIntermediateDirectories: true)
    }

    /// Two runs of one input print the same, byte for byte: their hash seeds differ.
    private func difference(
        _ first: LimitedProcess.Result, _ second: LimitedProcess.Result, _ arguments: [String]
    ) -> Promises.Fault? {
        let command = arguments.first ?? ""
        if first.ending != second.ending { return Promises.Fault("not deterministic: exit code of \(command)") }
        for (name, path) in [("standard output", \LimitedProcess.Result.output), ("standard error", \.errors)] {
            let texts = [first, second].map { MachineText.withoutTimings($0[keyPath: path]) }
            if texts[0] == texts[1] { continue }
            let lines = texts.map { $0.split(separator: "\n", omittingEmptySubsequences: false) }
            let pair = zip(lines[0], lines[1]).first { $0 != $1 }
            return Promises.Fault(
                "not deterministic: \(name) of \(command)", "\(pair?.0 ?? "") and \(pair?.1 ?? "")")
        }
        return nil
    }

    /// Files that a command leaves and was not asked for, and Secrets in those that it was.
    private func leftovers(
        of arguments: [String], _ before: inout Set<String>, _ ending: LimitedProcess.Ending, _ ledgerIsGiven: Bool
    ) throws -> [Promises.Fault] {
        guard case .exited = ending else { return [] }
        var faults: [Promises.Fault] = []
        let command = arguments.first ?? ""
        let left = try FileManager.default.contentsOfDirectory(atPath: temporary)
        for name in left { try? FileManager.default.removeItem(atPath: temporary + "/" + name) }
        if !left.isEmpty {
            faults.append(Promises.Fault("temporary file left: \(command)", left.joined(separator: " ")))
        }
        for path in FileManager.default.enumerator(atPath: input)?.compactMap({ $0 as? String }) ?? [] {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: input + "/" + path, isDirectory: &isFolder),
                !isFolder.boolValue
            else { continue }
            let isLedger = path.hasPrefix(LedgerMutator.file)
            let isNew = before.insert(path).inserted
            // A reader of a ledger in write-ahead mode leaves the two files beside it, as every reader of SQLite does.
            let isAskedFor = path.hasPrefix("out/") || isLedger
            if isNew, !isAskedFor { faults.append(Promises.Fault("file left: \(command)", path)) }
            guard isNew || isLedger, !(isLedger && ledgerIsGiven) else { continue }
            let bytes = (try? Data(contentsOf: URL(fileURLWithPath: input + "/" + path))).map { [UInt8]($0) } ?? []
            if let leak = Planted.leak(in: bytes) {
                faults.append(Promises.Fault("\(leak) in \(isLedger ? "the ledger" : "a report")", path))
            }
        }
        return faults
    }
}
