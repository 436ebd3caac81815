import ClusterSimulation

/// A line of the input and the column to point at.
///
/// A line wider than 120 characters is cut to a window around the column, so that one-line JSON stays readable.
package struct Snippet: Sendable, Hashable {
    /// The line as printed.
    package let text: String
    /// White space and `^`; tabs of the line are kept, so that both lines align.
    package let caret: String

    private static let widthMax = 120

    /// `column` counts Unicode scalars from 1. Nil where nothing of the line may be shown: all of it is blanked.
    package init?(line: String, column: Int) {
        let scalars = Array(line.unicodeScalars)
        if !scalars.isEmpty, scalars.contains("*"), scalars.allSatisfy({ $0 == "*" || $0 == " " || $0 == "\t" }) {
            return nil
        }
        let target = min(max(column - 1, 0), scalars.count)
        var first = 0
        var last = scalars.count
        if scalars.count > Self.widthMax {
            first = max(0, min(target - Self.widthMax / 2, scalars.count - Self.widthMax))
            last = min(scalars.count, first + Self.widthMax)
        }
        var text = String.UnicodeScalarView()
        var caret = String.UnicodeScalarView()
        if first > 0 {
            text.append("…")
            caret.append(" ")
        }
        for index in first..<last {
            // A control character could reprogram the terminal.
            let scalar = scalars[index]
            let isShown = scalar == "\t" || !PrintableText.isObeyed(scalar)
            let shown = isShown ? String(scalar) : PrintableText.escaped(scalar)
            text.append(contentsOf: shown.unicodeScalars)
            guard index < target else { continue }
            caret.append(contentsOf: repeatElement(scalar == "\t" ? "\t" : " ", count: shown.unicodeScalars.count))
        }
        if last < scalars.count { text.append("…") }
        caret.append("^")
        self.text = String(text)
        self.caret = String(caret)
    }
}
