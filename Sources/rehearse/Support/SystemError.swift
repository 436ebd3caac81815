import Foundation

/// Why the system did not do what was asked of it.
struct SystemError: Error, Equatable {
    /// The system's number for it, such as `ENOSPC`.
    var number: Int32

    /// The error of the call that has just failed.
    static var last: SystemError { SystemError(number: errno) }

    /// The system's words for it, such as `No space left on device`.
    var reason: String { String(cString: strerror(number)) }
}

/// The reader of a pipe that is written to has left: nobody is told any more, and nothing is wrong.
struct ReaderLeft: Error {}
