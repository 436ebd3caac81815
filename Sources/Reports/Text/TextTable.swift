import ClusterSimulation

/// A table of text columns as kubectl prints them: two spaces between columns, no lines, no spaces at line ends.
///
/// On a terminal the last column is cut to the width; in a pipe nothing is cut.
package struct TextTable: Sendable {
    /// A cell: one line of text and its tone.
    package struct Cell: Sendable, ExpressibleByStringLiteral {
        var text: String
        var tone: TextStyle.Tone

        package init(_ text: String, _ tone: TextStyle.Tone = .plain) {
            self.text = text.singleLine
            self.tone = tone
        }

        package init(stringLiteral value: String) { self.init(value) }
    }

    private var header: [String]
    private var rows: [[Cell]] = []

    /// A table with these column titles; an empty list leaves the header line out.
    package init(_ header: [String]) { self.header = header }

    package var isEmpty: Bool { rows.isEmpty }

    /// Adds a row; missing cells at its end are empty.
    package mutating func append(_ row: [Cell]) { rows.append(row) }

    /// The table's lines, each ending in a line break; nothing for a table without rows.
    package func render(_ style: TextStyle, indent: Int = 0) -> String {
        guard !rows.isEmpty else { return "" }
        let all = (header.isEmpty ? [] : [header.map { Cell($0, .faint) }]) + rows
        var widths: [Int] = []
        for row in all {
            for (column, cell) in row.enumerated() {
                if column == widths.count { widths.append(0) }
                widths[column] = max(widths[column], cell.text.displayWidth)
            }
        }
        var text = ""
        for row in all { text += line(row, widths, style, indent) + "\n" }
        return text
    }

    private func line(_ row: [Cell], _ widths: [Int], _ style: TextStyle, _ indent: Int) -> String {
        var line = String(repeating: " ", count: indent)
        var used = indent
        let last = row.lastIndex { !$0.text.isEmpty } ?? 0
        for (column, cell) in row.prefix(last + 1).enumerated() {
            var text = cell.text
            if column == row.count - 1, let width = style.width {
                // A sliver of a message helps nobody: below ten columns the line is left to wrap.
                text = text.cut(to: max(10, width - used))
            }
            line += style.paint(text, cell.tone)
            guard column < last else { break }
            let padding = widths[column] - text.displayWidth + 2
            line += String(repeating: " ", count: padding)
            used += widths[column] + 2
        }
        return line
    }
}
