import Foundation

/// What is piped on, or read at the terminal.
enum StandardOutput {
    /// Writes text as it is. When this returns, the system has all of it.
    ///
    /// Throws a `CommandFailure`, or `ReaderLeft` where the reader of a pipe has left.
    static func write(_ text: String) throws {
        do {
            try FileDescriptor.write(text, to: STDOUT_FILENO)
        } catch {
            throw failure(error)
        }
    }

    /// Tells what a file system only says when a file is closed, such as a quota that is used up.
    static func finish() throws {
        let copy = dup(STDOUT_FILENO)
        if copy >= 0, close(copy) != 0, errno != EINTR { throw failure(.last) }
    }

    private static func failure(_ error: SystemError) -> any Error {
        error.number == EPIPE
            ? ReaderLeft() : CommandFailure("error: cannot write standard output: \(error.reason)")
    }
}
