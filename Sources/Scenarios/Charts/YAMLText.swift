import ClusterSimulation
import Manifests

/// Writes values as `toYaml` does: keys in byte order, two spaces a level, lists not indented below their key.
enum YAMLText {
    /// The text without a final line break, and for each line the place where it was written; nil where it would have
    /// more than `sizeMax` bytes: each line is indented by as much as its value is nested.
    static func block(_ value: Value, sizeMax: Int = .max) -> (text: String, origins: [Origin])? {
        var writer = YAMLWriter(sizeMax: sizeMax)
        writer.write(value, indent: 0, continuesLine: false)
        guard writer.size <= sizeMax else { return nil }
        return (writer.lines.map(\.text).joined(separator: "\n"), writer.lines.map(\.origin))
    }

    /// A number as Go's JSON writes it.
    static func number(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : String(number)
    }

    /// Text in double quotes, as Go's `%q` writes it.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            default:
                if scalar.value < 32 || scalar.value == 127 {
                    let digits = String(scalar.value, radix: 16)
                    result += "\\x" + (digits.count < 2 ? "0" : "") + digits
                } else if isSpecial(scalar) {
                    let digits = String(scalar.value, radix: 16)
                    result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + "\""
    }

    /// What YAML takes for a line break, a byte order mark or no character at all, beyond ASCII.
    static func isSpecial(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x80...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: true
        default: false
        }
    }

    /// Whether text can stand without quotes and still be that text. Quotes a little more than `toYaml` does.
    static func isPlain(_ text: String) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last, text.utf8.allSatisfy({ $0 >= 32 && $0 != 127 })
        else { return false }
        if text.unicodeScalars.contains(where: isSpecial) { return false }
        if first == 32 || last == 32 || last == 58 || text.contains(": ") || text.contains(" #") { return false }
        if "!&*?[]{}|>@`\"'%#,:=<~+".utf8.contains(first) { return false }
        if "-.0123456789".utf8.contains(first) {
            // Might be a number, a timestamp or a list item, unless a letter or slash shows that it is none of these.
            let isName = text.utf8.contains { $0 == 47 || (103...122).contains($0 | 32) }
            if first == 45 || first == 46 || !isName || text.hasPrefix("0x") || text.hasPrefix("0o") { return false }
        }
        return !["null", "true", "false", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
    }
}

/// Lines of YAML as they are made.
struct YAMLWriter {
    private(set) var lines: [(text: String, origin: Origin)] = []
    /// Bytes of the lines so far; nothing is written once they are more than the bound.
    private(set) var size = 0
    private let sizeMax: Int

    init(sizeMax: Int = .max) { self.sizeMax = sizeMax }

    /// Writes a value, on the current line where that already has the value's key or dash.
    mutating func write(_ value: Value, indent: Int, continuesLine: Bool) {
        guard size <= sizeMax else { return }
        switch value.content {
        case .object(let fields) where !fields.isEmpty: write(fields, indent: indent, continuesLine: continuesLine)
        case .array(let elements) where !elements.isEmpty: write(elements, indent: indent, continuesLine: continuesLine)
        case .string(let symbol) where isBlock(symbol.text):
            write(block: symbol.text, value.origin, indent: indent, continuesLine: continuesLine)
        default: append(scalar(value), value.origin, indent: indent, continuesLine: continuesLine)
        }
    }

    private mutating func append(_ text: String, _ origin: Origin, indent: Int, continuesLine: Bool) {
        size += text.utf8.count + (continuesLine ? 0 : indent + 1)
        if continuesLine {
            lines[lines.count - 1].text += text
        } else {
            lines.append((String(repeating: " ", count: indent) + text, origin))
        }
    }

    private mutating func write(_ fields: [Field], indent: Int, continuesLine: Bool) {
        for (index, field) in fields.sorted(by: { $0.key.precedes($1.key) }).enumerated() where size <= sizeMax {
            let place = field.keyOrigin.isNone ? field.value.origin : field.keyOrigin
            let key = YAMLText.isPlain(field.key.text) ? field.key.text : YAMLText.quoted(field.key.text)
            append(key + ":", place, indent: indent, continuesLine: continuesLine && index == 0)
            switch field.value.content {
            case .object(let inner) where !inner.isEmpty: write(inner, indent: indent + 2, continuesLine: false)
            case .array(let inner) where !inner.isEmpty: write(inner, indent: indent, continuesLine: false)
            default:
                lines[lines.count - 1].text += " "
                write(field.value, indent: indent + 2, continuesLine: true)
            }
        }
    }

    private mutating func write(_ elements: [Value], indent: Int, continuesLine: Bool) {
        for (index, element) in elements.enumerated() where size <= sizeMax {
            append("- ", element.origin, indent: indent, continuesLine: continuesLine && index == 0)
            write(element, indent: indent + 2, continuesLine: true)
        }
    }

    private func isBlock(_ text: String) -> Bool {
        text.contains("\n") && !text.hasPrefix(" ") && !text.hasPrefix("\n")
            && text.unicodeScalars.allSatisfy {
                $0 == "\n" || ($0.value >= 32 && $0.value != 127 && !YAMLText.isSpecial($0))
            }
    }

    private mutating func write(block text: String, _ origin: Origin, indent: Int, continuesLine: Bool) {
        var content = text.split(separator: "\n", omittingEmptySubsequences: false)
        if text.hasSuffix("\n") { content.removeLast() }
        let header = text.hasSuffix("\n\n") ? "|+" : text.hasSuffix("\n") ? "|" : "|-"
        append(header, origin, indent: indent, continuesLine: continuesLine)
        let prefix = String(repeating: " ", count: max(indent, 2))
        let places = BlockScalar.lineOrigins(of: origin, lines: content)
        for (index, line) in content.enumerated() where size <= sizeMax {
            size += prefix.utf8.count + line.utf8.count + 1
            lines.append((line.isEmpty ? "" : prefix + line, places[index]))
        }
    }

    private func scalar(_ value: Value) -> String {
        switch value.content {
        case .null: "null"
        case .boolean(let flag): flag ? "true" : "false"
        case .integer(let number): String(number)
        case .double(let number): YAMLText.number(number)
        case .string(let symbol): YAMLText.isPlain(symbol.text) ? symbol.text : YAMLText.quoted(symbol.text)
        case .array: "[]"
        case .object: "{}"
        }
    }
}
