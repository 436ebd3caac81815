import Foundation

/// Runs the built command as a child process, as a user's shell does.
struct Command {
    /// What a finished command left.
    struct Result {
        var status: Int32
        var output: String
        var errors: String
    }

    /// The repository.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The binary that was built along with the tests, in the same folder.
    static let binary: URL = {
        let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        let folder =
            FileManager.default.fileExists(atPath: "/proc/self/exe")
            ? tests.deletingLastPathComponent() : Bundle.main.bundleURL.deletingLastPathComponent()
        return folder.appendingPathComponent("rehearse")
    }()

    /// The folder the command runs in.
    var folder: URL
    var environment: [String: String] = [:]

    /// Runs the command with arguments and what is piped into it, to its end.
    func callAsFunction(_ arguments: [String], input: String = "") throws -> Result {
        let files = folder.appendingPathComponent(".command-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: files, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: files) }
        // Files instead of pipes: a child that writes much never waits for a reader.
        let names = ["input", "output", "errors"].map(files.appendingPathComponent)
        try Data(input.utf8).write(to: names[0])
        for name in names.dropFirst() { try Data().write(to: name) }
        let process = Process()
        process.executableURL = Self.binary
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ["PATH": "/usr/bin:/bin", "COLUMNS": "80"].merging(environment) { $1 }
        process.standardInput = try FileHandle(forReadingFrom: names[0])
        process.standardOutput = try FileHandle(forWritingTo: names[1])
        process.standardError = try FileHandle(forWritingTo: names[2])
        try process.run()
        process.waitUntilExit()
        return Result(
            status: process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus,
            output: String(decoding: try Data(contentsOf: names[1]), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: names[2]), as: UTF8.self))
    }

    func callAsFunction(_ arguments: String..., input: String = "") throws -> Result {
        try self(arguments, input: input)
    }
}

/// A new folder with a copy of the scenarios for getting started, taken away afterwards.
func withScenarios<Value>(_ body: (Command) throws -> Value) throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("command-\(UUID().uuidString)")
    let scenarios = folder.appendingPathComponent("scenarios")
    try FileManager.default.createDirectory(at: scenarios, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.copyItem(
        at: Command.root.appendingPathComponent("scenarios/getting-started"),
        to: scenarios.appendingPathComponent("getting-started"))
    return try body(Command(folder: folder))
}

extension Command {
    /// Writes a file below the command's folder.
    func write(_ text: String, to path: String) throws {
        let file = folder.appendingPathComponent(path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    /// The text of a file below the command's folder.
    func read(_ path: String) throws -> String {
        try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
    }

    /// Replaces a text in a file; the file has to have it.
    func replace(_ old: String, with new: String, in path: String) throws {
        let text = try read(path)
        precondition(text.contains(old), "\(path) does not have '\(old)'")
        try write(text.replacingOccurrences(of: old, with: new), to: path)
    }

    /// Writes a scenario that merges nothing: a cluster of these manifests, for ten minutes.
    func writeScenario(_ name: String, manifests: String, facts: String = "{}", more: String = "") throws {
        try write(manifests, to: "\(name)/objects.yaml")
        try write(
            """
            apiVersion: rehearse.dev/v1alpha1
            kind: Scenario
            metadata: {name: \(name)}
            spec:
              start: "2026-01-12T09:00:00Z"
              horizon: "2026-01-12T09:30:00Z"
              cluster: {manifests: [objects.yaml]}
              facts: \(facts)
            \(more)
            """, to: "\(name)/scenario.yaml")
    }
}
