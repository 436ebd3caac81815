import ClusterSimulation

/// Escaping for GitHub-flavoured Markdown (CommonMark with tables).
enum MarkdownText {
    /// Plain words: one line, with the characters that would be markup escaped.
    static func plain(_ text: String) -> String {
        var result = ""
        for character in text.singleLine {
            switch character {
            case "\\", "`", "*", "_", "[", "]", "<", ">", "|", "~", "#": result += "\\\(character)"
            case "&": result += "&amp;"
            default: result.append(character)
            }
        }
        return result
    }

    /// A code span: fenced by one more backtick than the text holds in a row. Empty text gives nothing.
    ///
    /// `inTable` also escapes `|`, which would end the cell even inside a span.
    static func code(_ text: String, inTable: Bool = false) -> String {
        var text = text.singleLine
        guard !text.isEmpty else { return "" }
        if inTable { text = text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|") }
        let fence = String(repeating: "`", count: longestRun(of: "`", in: text) + 1)
        let padding = fence.count > 1 || text.hasPrefix(" ") || text.hasSuffix(" ") ? " " : ""
        return fence + padding + text + padding + fence
    }

    /// A fenced block with an information string; the fence is longer than any in the text.
    static func block(_ language: String, _ lines: [String]) -> String {
        let longest = lines.map { longestRun(of: "`", in: $0) }.max() ?? 0
        let fence = String(repeating: "`", count: max(3, longest + 1))
        return ([fence + language] + lines + [fence]).joined(separator: "\n") + "\n"
    }

    /// A table; the cells are Markdown already. Nothing for a table without rows.
    static func table(_ header: [String], _ rows: [[String]]) -> String {
        guard !rows.isEmpty else { return "" }
        func line(_ cells: [String]) -> String {
            "|" + cells.map { $0.isEmpty ? " |" : " \($0) |" }.joined() + "\n"
        }
        return line(header) + line(header.map { _ in "---" }) + rows.map(line).joined()
    }

    private static func longestRun(of character: Character, in text: String) -> Int {
        var longest = 0
        var run = 0
        for other in text {
            run = other == character ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }
}
