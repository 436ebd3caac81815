/// Finds the namespaces that metric queries select by an equality on the label `namespace`.
///
/// Reads any text: rule files inside ConfigMaps, dashboards, custom resources. Understands `namespace="x"` with spaces
/// around the sign and either kind of quote; patterns (`=~`) and negations (`!=`) select no single namespace and are
/// passed over.
package enum MetricLabelScanner {
    /// The namespaces in order of first mention, each once.
    package static func namespaces(in text: UnsafeRawBufferPointer) -> [Symbol] {
        var found: [Symbol] = []
        // Looked up only.
        var known: Set<Symbol> = []
        let label = Array("namespace".utf8)
        var index = 0
        while index + label.count + 3 <= text.count {
            guard text[index] == label[0], starts(text, at: index, with: label),
                index == 0 || !isLabelCharacter(text[index - 1])
            else {
                index += 1
                continue
            }
            index += label.count
            if let name = value(text, after: &index), known.insert(name).inserted { found.append(name) }
        }
        return found
    }

    private static func starts(_ text: UnsafeRawBufferPointer, at index: Int, with word: [UInt8]) -> Bool {
        for offset in word.indices where text[index + offset] != word[offset] { return false }
        return true
    }

    private static func isLabelCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...90, 97...122, 95: true
        default: false
        }
    }

    /// The quoted name behind `=`; a backslash before the quotes counts as part of an outer quoting.
    private static func value(_ text: UnsafeRawBufferPointer, after index: inout Int) -> Symbol? {
        var at = index
        func skip(_ byte: UInt8) { while at < text.count, text[at] == byte { at += 1 } }
        skip(32)
        guard at < text.count, text[at] == UInt8(ascii: "=") else { return nil }
        at += 1
        skip(32)
        skip(UInt8(ascii: "\\"))
        guard at < text.count, text[at] == UInt8(ascii: "\"") || text[at] == UInt8(ascii: "'") else { return nil }
        let quote = text[at]
        at += 1
        let start = at
        while at < text.count, isNameCharacter(text[at]) { at += 1 }
        let end = at
        skip(UInt8(ascii: "\\"))
        guard end > start, at < text.count, text[at] == quote else { return nil }
        index = at
        return Symbol(utf8: UnsafeRawBufferPointer(rebasing: text[start..<end]))
    }

    private static func isNameCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 97...122, 45: true
        default: false
        }
    }
}
