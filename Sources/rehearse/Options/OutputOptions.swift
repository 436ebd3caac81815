import ArgumentParser
import Foundation

/// Where a command's result goes.
struct OutputOptions: ParsableArguments {
    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("Write to this file instead of standard output; - means standard output.", valueName: "file")
    )
    var path: String?

    /// Whether the result is written to a file.
    var isFile: Bool { path != nil && path != "-" }

    /// Writes a result. A file is replaced at once, never left half written.
    func write(_ text: String) throws {
        guard let path, isFile else {
            FileHandle.standardOutput.write(Data(text.utf8))
            return
        }
        do {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        } catch {
            throw CommandFailure("error: cannot write '\(path)': \(error.localizedDescription)")
        }
    }
}
