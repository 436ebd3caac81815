/// What matches the patterns of schemas, given from outside: pure, the same answer to the same question.
///
/// Patterns mean what Go's `regexp` means by them. Source: kube-openapi `pkg/validation/validate`, `Pattern`, which finds
/// the pattern anywhere in the text.
package protocol PatternMatcher: AnyObject, Sendable {
    /// What a pattern is.
    func read(_ pattern: Symbol) -> PatternReading
    /// Whether a pattern that was read as a program has a match in a text: at most `size` steps for each byte of it.
    func matches(_ pattern: Symbol, _ text: Symbol) -> Bool
}

/// What reading a pattern came to.
package enum PatternReading: Equatable, Sendable {
    /// It can be matched; `size` counts the instructions of its program.
    case program(size: Int)
    /// The API server refuses it, in these words of Go: `error parsing regexp: …`.
    case invalid(String)
    /// It is beyond a limit of this program, named so that it ends a sentence.
    case beyond(String)
}
