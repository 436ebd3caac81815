/// Lists a value as Go prints the API server's own type of it: every field under its Go name, with an indent of a
/// space a level.
///
/// The value must be in the form that `GoDefaults.filled` gives it. Source: `pkg/util/diff` of apimachinery 1.36;
/// recordings, family subresources.
struct GoListing {
    private(set) var lines: [String] = []

    static func lines(_ value: Value, as type: GoStruct) -> [String] {
        var listing = GoListing()
        listing.write(value, .structure(type), Line(head: "", tail: "", depth: 0))
        return listing.lines
    }

    /// What stands before and after a value on its lines.
    private struct Line {
        var head: String
        var tail: String
        var depth: Int

        var indent: String { String(repeating: " ", count: depth) }
    }

    private mutating func add(_ text: String, _ line: Line) { lines.append(line.indent + line.head + text + line.tail) }

    private mutating func write(_ value: Value?, _ type: GoType, _ line: Line) {
        let value = value.flatMap { $0.isNull ? .none : $0 }
        switch type {
        case .pointer(let type):
            if let value { write(value, type, line) } else { add("null", line) }
        case .list(let type):
            guard let value else { return add("null", line) }
            writeGroup("[", "]", value.elements.map { (nil, $0, type) }, line)
        case .resourceList, .textMap:
            guard let value else { return add("null", line) }
            writeGroup("{", "}", value.fields.map { ($0.key.text, $0.value, .text("string")) }, line)
        case .structure(let type):
            // Types that are the same inside and outside keep their keys, and leave out what is not set.
            if type.name.hasPrefix("LabelSelector") { return writePlain(value ?? Value(.object([])), line) }
            writeGroup("{", "}", Self.entries(value ?? Value(.object([])), type), line)
        case .time: add("null", line)
        case .text, .quantity: add((value ?? (type.isText ? "" : "0")).jsonText, line)
        case .integer, .intOrString: add((value ?? 0).jsonText, line)
        case .boolean: add((value ?? false).jsonText, line)
        }
    }

    private typealias Entry = (name: String?, value: Value?, type: GoType)

    private static func entries(_ value: Value, _ type: GoStruct) -> [Entry] {
        type.fields.flatMap { field -> [Entry] in
            if field.isInline, case .structure(let type) = field.type { return entries(value, type) }
            return [(field.name, value[field.key], field.type)]
        }
    }

    private mutating func writeGroup(_ open: String, _ close: String, _ entries: [Entry], _ line: Line) {
        if entries.isEmpty { return add(open + close, line) }
        lines.append(line.indent + line.head + open)
        for (index, entry) in entries.enumerated() {
            let head = entry.name.map { "\($0.quoted): " } ?? ""
            let tail = index + 1 < entries.count ? "," : ""
            write(entry.value, entry.type, Line(head: head, tail: tail, depth: line.depth + 1))
        }
        lines.append(line.indent + close + line.tail)
    }

    private mutating func writePlain(_ value: Value, _ line: Line) {
        let inner: [(name: String?, value: Value)]
        switch value.content {
        case .object(let fields): inner = fields.map { ($0.key.text, $0.value) }
        case .array(let elements): inner = elements.map { (nil, $0) }
        default: return add(value.jsonText, line)
        }
        let isList = if case .array = value.content { true } else { false }
        let (open, close) = isList ? ("[", "]") : ("{", "}")
        if inner.isEmpty { return add(open + close, line) }
        lines.append(line.indent + line.head + open)
        for (index, entry) in inner.enumerated() {
            let head = entry.name.map { "\($0.quoted): " } ?? ""
            writePlain(
                entry.value, Line(head: head, tail: index + 1 < inner.count ? "," : "", depth: line.depth + 1))
        }
        lines.append(line.indent + close + line.tail)
    }
}

extension GoType {
    fileprivate var isText: Bool { if case .text = self { true } else { false } }
}
