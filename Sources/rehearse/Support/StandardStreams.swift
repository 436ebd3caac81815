import Foundation

/// Standard input, output and error as they should be before anything else happens.
enum StandardStreams {
    /// Makes a failed write an error that can be told, and keeps the numbers 0, 1 and 2 from other files.
    static func prepare() {
        // A reader that left and a limit of file sizes are errors of `write` then.
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        // A closed stream's number would be given to the next file that is opened: the ledger, which the result would be
        // written into. Opened for the other direction, the stream stays as unusable as it was.
        for (descriptor, mode) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY)]
        where fcntl(descriptor, F_GETFD) == -1 {
            _ = open("/dev/null", mode)
        }
    }

    /// Ends as a Unix command does whose reader left: without a word, by `SIGPIPE`.
    static func endForLackOfReader() -> Never {
        signal(SIGPIPE, SIG_DFL)
        raise(SIGPIPE)
        // Where the signal is blocked; the number is what a shell makes of it.
        _exit(128 + SIGPIPE)
    }
}
