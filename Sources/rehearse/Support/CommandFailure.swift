/// Why a command cannot do what it was asked for, in words for the person who asked. Ends with exit code 2.
struct CommandFailure: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}
