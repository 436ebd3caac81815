/// How text for people is laid out. What the terminal can do is the caller's to find out.
package struct TextStyle: Sendable, Equatable {
    /// Whether to write ANSI colour sequences.
    package var isColoured: Bool
    /// Columns of the terminal; nil: no limit, nothing is cut or wrapped, as a pipe wants it.
    package var width: Int?
    /// Tables with more rows than this show only the rows that need attention, and how many others there are.
    package var rowLimit: Int
    /// Whether each problem is told with all its intervals and causes, and every row is listed.
    package var isVerbose: Bool

    package init(isColoured: Bool = false, width: Int? = nil, rowLimit: Int = 30, isVerbose: Bool = false) {
        self.isVerbose = isVerbose
        self.isColoured = isColoured
        self.width = width
        self.rowLimit = rowLimit
    }

    /// No colour, no limit of width.
    package static let plain = TextStyle()

    /// What a piece of text means, and so which colour it has.
    package enum Tone: Sendable {
        case plain, strong, good, bad, warning, faint

        fileprivate var code: String {
            switch self {
            case .plain: ""
            case .strong: "1"
            case .good: "32"
            case .bad: "1;31"
            case .warning: "33"
            case .faint: "2"
            }
        }
    }

    /// The text in the colour of its tone, or as it is.
    package func paint(_ text: String, _ tone: Tone) -> String {
        guard isColoured, tone != .plain, !text.isEmpty else { return text }
        return "\u{1B}[\(tone.code)m\(text)\u{1B}[0m"
    }
}
