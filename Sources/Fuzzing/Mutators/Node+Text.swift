extension Node {
    /// How documents are written.
    package enum Style: Sendable {
        case json
        /// One line a value.
        case block
        /// Braces and brackets in YAML.
        case flow
    }

    /// The text of some documents.
    package static func text(of documents: [Node], style: Style) -> [UInt8] {
        var bytes: [UInt8] = []
        for document in documents {
            var writer = NodeWriter(style: style)
            if style != .json, !bytes.isEmpty { bytes += Array("---\n".utf8) }
            writer.write(document, indent: 0)
            bytes += writer.bytes
            bytes.append(0x0A)
        }
        return bytes
    }
}

/// Writes one document.
private struct NodeWriter {
    let style: Node.Style
    var bytes: [UInt8] = []

    init(style: Node.Style) { self.style = style }

    mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    mutating func write(_ node: Node, indent: Int) {
        switch node {
        case .raw(let text): append(text)
        case .string(let text): append(quoted(text))
        case .anchored(let name, let inner):
            if style != .json { append("&\(name) ") }
            write(inner, indent: indent)
        case .alias(let name): append(style == .json ? "null" : "*\(name)")
        case .array(let elements):
            guard style == .block, !elements.isEmpty, indent < 400 else { return writeFlow(elements, indent) }
            for (index, element) in elements.enumerated() {
                if index > 0 || indent > 0 { newLine(indent) }
                append("- ")
                write(element, indent: indent + 1)
            }
        case .object(let fields):
            guard style == .block, !fields.isEmpty, indent < 400 else { return writeFlow(fields, indent) }
            for (index, field) in fields.enumerated() {
                if index > 0 || indent > 0 { newLine(indent) }
                append(key(field.key) + ": ")
                write(field.value, indent: indent + 1)
            }
        }
    }

    private mutating func writeFlow(_ elements: [Node], _ indent: Int) {
        append("[")
        for (index, element) in elements.enumerated() {
            if index > 0 { append(", ") }
            write(element, indent: indent + 400)
        }
        append("]")
    }

    private mutating func writeFlow(_ fields: [(key: String, value: Node)], _ indent: Int) {
        append("{")
        for (index, field) in fields.enumerated() {
            if index > 0 { append(", ") }
            append(key(field.key) + ": ")
            write(field.value, indent: indent + 400)
        }
        append("}")
    }

    private mutating func newLine(_ indent: Int) {
        append("\n")
        bytes.append(contentsOf: [UInt8](repeating: 0x20, count: indent * 2))
    }

    private func key(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { ($0 | 0x20 >= 97 && $0 | 0x20 <= 122) || "./-".utf8.contains($0) }
        return style != .json && isPlain && !text.isEmpty && text != "-" && !text.hasPrefix("---") ? text : quoted(text)
    }

    /// Double quotes, in which JSON and YAML escape alike.
    private func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            default:
                if scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) || scalar.value == 0xFEFF {
                    let digits = String(scalar.value, radix: 16)
                    result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + "\""
    }
}
