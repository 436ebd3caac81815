import ClusterSimulation
import Foundation
import Reports

/// The folder of the Markdown reports: a file for each outcome.
struct ReportFolder {
    /// As the user named it.
    let path: String
    private var names = ReportFileNames(fileExtension: ReportFormat.markdown.fileExtension)

    /// Makes the folder where there is none, those above it included, and removes what killed commands left in it.
    init(_ path: String) throws(CommandFailure) {
        self.path = path
        do {
            try Self.make(path)
        } catch {
            throw CommandFailure("error: cannot make folder '\(path.singleLine)': \(error.reason)")
        }
        TemporaryFile.removeAbandoned(in: path)
    }

    /// Writes the report of an outcome, and gives its path.
    mutating func write(_ outcome: Outcome) throws -> String {
        let file = "\(path.hasSuffix("/") ? String(path.dropLast()) : path)/\(names.next(for: outcome.scenario))"
        try OutputFile(file).write(ReportFormat.markdown.render(outcome))
        return file
    }

    private static func make(_ path: String) throws(SystemError) {
        var status = stat()
        if stat(path, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFDIR else { throw SystemError(number: ENOTDIR) }
            return
        }
        guard errno == ENOENT else { throw .last }
        let above = path.split(separator: "/").dropLast().joined(separator: "/")
        if !above.isEmpty { try make(path.hasPrefix("/") ? "/" + above : above) }
        // Another command may make it at the same moment.
        if mkdir(path, 0o777) != 0, errno != EEXIST { throw .last }
    }
}
