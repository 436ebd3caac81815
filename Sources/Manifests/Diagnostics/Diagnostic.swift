package import ClusterSimulation

/// Something to tell the user about what they wrote: what is wrong, where, and what would be right.
///
/// The message is one phrase without a period that states the rule and quotes the offending name. It never quotes
/// values, which might be secret. `code` is stable, in kebab case, and documented.
package struct Diagnostic: Sendable, Hashable {
    /// How bad it is: input with an error is refused, a warning is for reading.
    package enum Severity: String, Sendable, Hashable, CaseIterable {
        case error, warning, note
    }

    /// The most Unicode scalars of a message: what it quotes may be as long as the input.
    package static let messageLengthMax = 1000

    /// A second place that helps to understand the first.
    package struct Note: Sendable, Hashable {
        package var message: String
        package var location: SourceLocation?

        package init(_ message: String, location: SourceLocation? = nil) {
            self.message = Diagnostic.clipped(message)
            self.location = location
        }

        package init(_ message: String, origin: Origin) {
            self.init(message, location: origin.location)
        }
    }

    package var severity: Severity
    package var code: String
    package var message: String
    package var location: SourceLocation?
    /// The line at the location with the place to point at; nil without a place, or where the line is hidden.
    package var snippet: Snippet?
    package var notes: [Note]
    /// A name that was probably meant; printed as `; did you mean '…'?`.
    package var suggestion: String?

    package init(
        _ severity: Severity, code: String, _ message: String, location: SourceLocation?, snippet: Snippet? = nil,
        notes: [Note] = [], suggestion: String? = nil
    ) {
        self.severity = severity
        self.code = code
        self.message = Self.clipped(message)
        self.location = location
        self.snippet = snippet
        self.notes = notes
        self.suggestion = suggestion
    }

    /// A diagnostic at the place where a value was written, with its line as snippet.
    package init(
        _ severity: Severity, code: String, _ message: String, at origin: Origin, notes: [Note] = [],
        suggestion: String? = nil
    ) {
        let location = origin.location
        var snippet: Snippet?
        if let location, let line = SourceMap.line(at: origin) {
            snippet = Snippet(line: line, column: location.column)
        }
        self.init(
            severity, code: code, message, location: location, snippet: snippet, notes: notes,
            suggestion: suggestion)
    }

    private static func clipped(_ message: String) -> String {
        let message = SecretFingerprint.redacted(message)
        guard message.utf8.count > messageLengthMax else { return message }
        let scalars = message.unicodeScalars.prefix(messageLengthMax)
        return scalars.count < messageLengthMax ? message : String(String.UnicodeScalarView(scalars)) + "…"
    }

    /// The printed form: `path:line:column: error: message [code]`, the line, `^`, then the notes. Ends without a
    /// line break.
    package var text: String {
        var lines: [String] = []
        // What names hold may not break the line, nor be obeyed by a terminal.
        let place = location.map { "\($0): " } ?? ""
        let hint = suggestion.map { "; did you mean '\($0)'?" } ?? ""
        lines.append("\(place)\(severity.rawValue): \(message)\(hint) [\(code)]".singleLine)
        if let snippet {
            lines.append(snippet.text)
            lines.append(snippet.caret)
        }
        for note in notes {
            let place = note.location.map { "\($0): " } ?? ""
            lines.append("\(place)note: \(note.message)".singleLine)
        }
        return lines.joined(separator: "\n")
    }
}

extension Diagnostic: CustomStringConvertible {
    package var description: String { text }
}
