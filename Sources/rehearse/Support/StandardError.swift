import ClusterSimulation
import Foundation

/// Progress and problems: never mixed with what is piped on. Where nobody can read them, they are lost, and nothing else
/// is.
enum StandardError {
    /// Whether a person watches.
    static let isTerminal = isatty(STDERR_FILENO) == 1

    /// Writes whole lines, nothing in them that a terminal or a CI runner would obey.
    static func write(_ text: String) {
        if text.isEmpty { return }
        writeRaw(PrintableText.document(text.hasSuffix("\n") ? text : text + "\n"))
    }

    /// Writes text as it is.
    static func writeRaw(_ text: String) {
        try? FileDescriptor.write(text, to: STDERR_FILENO)
    }
}
