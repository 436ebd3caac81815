/// Writes XML 1.0 elements with escaped attributes and text, two spaces per level.
package struct XMLWriter {
    package private(set) var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    private var depth = 0

    package init() {}

    /// An element that holds other elements; without any it is written as an empty one.
    package mutating func element(
        _ name: String, _ attributes: [(String, String)] = [], _ body: (inout XMLWriter) -> Void = { _ in }
    ) {
        text += indent + "<" + name + Self.attributes(attributes)
        var inner = XMLWriter()
        inner.text = ""
        inner.depth = depth + 1
        body(&inner)
        text += inner.text.isEmpty ? "/>\n" : ">\n" + inner.text + indent + "</" + name + ">\n"
    }

    /// An element that holds text.
    package mutating func element(_ name: String, _ attributes: [(String, String)] = [], text body: String) {
        text += indent + "<" + name + Self.attributes(attributes) + ">" + Self.escape(body) + "</" + name + ">\n"
    }

    private var indent: String { String(repeating: "  ", count: depth) }

    private static func attributes(_ attributes: [(String, String)]) -> String {
        attributes.map { " \($0.0)=\"\(escape($0.1, isAttribute: true))\"" }.joined()
    }

    /// Escapes markup; characters XML 1.0 does not have at all (section 2.2) become U+FFFD.
    ///
    /// In attributes line breaks and tabs are written as references, since a parser turns plain ones into spaces; a
    /// carriage return is always a reference, since a parser drops it.
    static func escape(_ text: String, isAttribute: Bool = false) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"" where isAttribute: result += "&quot;"
            case "\n" where isAttribute, "\t" where isAttribute, "\r": result += "&#\(scalar.value);"
            case "\n", "\t": result.unicodeScalars.append(scalar)
            case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF:
                result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
