import Foundation

/// Progress and problems: never mixed with what is piped on.
enum StandardError {
    /// Whether a person watches.
    static let isTerminal = isatty(2) == 1

    /// Writes whole lines.
    static func write(_ text: String) {
        if text.isEmpty { return }
        writeRaw(text.hasSuffix("\n") ? text : text + "\n")
    }

    /// Writes text as it is.
    static func writeRaw(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}
