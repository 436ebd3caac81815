package import Foundation

/// Runs the built command as a child process, as a user's shell does.
package struct Command {
    /// What a finished command left.
    package struct Result: Sendable {
        /// The exit status, or 128 and the signal that ended it.
        package var status: Int32
        package var output: String
        package var errors: String
    }

    /// The repository.
    package static let root = URL(fileURLWithPath: TestFiles.root)

    /// The binary that was built along with the tests, in the same folder; or what `REHEARSE_BINARY` names, such as the
    /// release build, which does not become another by what tests need.
    package static let binary: URL = {
        if let path = ProcessInfo.processInfo.environment["REHEARSE_BINARY"], !path.isEmpty {
            return URL(fileURLWithPath: path)
        }
        let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        let folder =
            FileManager.default.fileExists(atPath: "/proc/self/exe")
            ? tests.deletingLastPathComponent() : Bundle.main.bundleURL.deletingLastPathComponent()
        return folder.appendingPathComponent("rehearse")
    }()

    /// The folder the command runs in.
    package var folder: URL
    package var environment: [String: String]

    package init(folder: URL, environment: [String: String] = [:]) {
        self.folder = folder
        self.environment = environment
    }

    /// Runs the command with arguments and what is piped into it, to its end.
    package func callAsFunction(_ arguments: [String], input: String = "") throws -> Result {
        try launch(Self.binary, arguments, input: input)
    }

    /// Runs a script of the shell in which `rehearse` is the command, for at most two minutes: then its status is 124.
    package func shell(_ script: String, environment more: [String: String] = [:]) throws -> Result {
        let script = "rehearse() { \"$REHEARSE\" \"$@\"; }\n" + script
        var command = self
        command.environment.merge(["REHEARSE": Self.binary.path]) { $1 }
        command.environment.merge(more) { $1 }
        return try command.launch(
            URL(fileURLWithPath: "/usr/bin/timeout"), ["-s", "KILL", "120", "/bin/bash", "-c", script], input: "")
    }

    private func launch(_ executable: URL, _ arguments: [String], input: String) throws -> Result {
        let files = folder.appendingPathComponent(".command-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: files, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: files) }
        // Files instead of pipes: a child that writes much never waits for a reader.
        let names = ["input", "output", "errors"].map(files.appendingPathComponent)
        try Data(input.utf8).write(to: names[0])
        for name in names.dropFirst() { try Data().write(to: name) }
        let process = Process()
        process.executableURL = executable
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

    package func callAsFunction(_ arguments: String..., input: String = "") throws -> Result {
        try self(arguments, input: input)
    }
}

/// A new folder with a copy of the scenarios for getting started, taken away afterwards.
package func withScenarios<Value>(_ body: (Command) throws -> Value) throws -> Value {
    try withTemporaryFolder { folder in
        let scenarios = folder.appendingPathComponent("scenarios")
        try FileManager.default.createDirectory(at: scenarios, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            at: TestFiles.url("scenarios/getting-started"), to: scenarios.appendingPathComponent("getting-started"))
        return try body(Command(folder: folder))
    }
}

extension Command {
    /// Writes a file below the command's folder.
    package func write(_ text: String, to path: String) throws {
        let file = folder.appendingPathComponent(path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    /// The text of a file below the command's folder.
    package func read(_ path: String) throws -> String {
        try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
    }

    /// Replaces a text in a file; the file has to have it.
    package func replace(_ old: String, with new: String, in path: String) throws {
        let text = try read(path)
        precondition(text.contains(old), "\(path) does not have '\(old)'")
        try write(text.replacingOccurrences(of: old, with: new), to: path)
    }

    /// Writes a scenario in which everything holds, called as its folder unless it has another name.
    package func writeQuietScenario(_ folder: String, named name: String? = nil) throws {
        try writeScenario(folder, manifests: "apiVersion: v1\nkind: Namespace\nmetadata: {name: quiet}\n")
        guard let name else { return }
        try replace("metadata: {name: \(folder)}", with: "metadata: {name: \(name)}", in: "\(folder)/scenario.yaml")
    }

    /// The names in a folder below the command's, hidden ones included; none where there is no such folder.
    package func names(in path: String) -> [String] {
        let folder = folder.appendingPathComponent(path).path
        return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    /// Writes a scenario that merges nothing: a cluster of these manifests, for ten minutes.
    package func writeScenario(_ name: String, manifests: String, facts: String = "{}", more: String = "") throws {
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
