/// Whether a text is well-formed XML of the plain kind that our reports are: a declaration, elements, attributes,
/// character data and references; no comments, instructions and document types. The parser of Foundation passes over
/// elements that are closed in another order.
struct WellFormedXML {
    /// Why a text is not; empty for bytes that are no UTF-8.
    struct Fault: Error {}

    private var rest: Substring.UnicodeScalarView
    /// The elements that are open, outermost first.
    private var open: [String] = []
    /// The name of the outermost element; nil before it.
    private(set) var root: String?

    /// Reads a text to its end.
    init(_ bytes: [UInt8]) throws(Fault) {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Fault() }
        rest = Substring(text).unicodeScalars
        guard rest.allSatisfy(Self.isCharacter) else { throw Fault() }
        if take("<?xml ") {
            rest = rest.drop { $0 != ">" }
            guard take(">") else { throw Fault() }
        }
        while let next = rest.first {
            switch next {
            case "<": try readTag()
            case "&": try readReference()
            default:
                guard !open.isEmpty || next.properties.isWhitespace else { throw Fault() }
                rest.removeFirst()
            }
        }
        guard open.isEmpty, root != nil else { throw Fault() }
    }

    /// Source: XML 1.0, section 2.2.
    private static func isCharacter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D: true
        case 0..<0x20, 0xFFFE, 0xFFFF: false
        default: true
        }
    }

    private mutating func take(_ text: String) -> Bool {
        guard rest.starts(with: text.unicodeScalars) else { return false }
        rest = rest.dropFirst(text.unicodeScalars.count)
        return true
    }

    private mutating func readName() throws(Fault) -> String {
        let name = rest.prefix { $0.properties.isAlphabetic || $0 == "-" || $0 == "_" }
        guard !name.isEmpty else { throw Fault() }
        rest = rest.dropFirst(name.count)
        return String(String.UnicodeScalarView(name))
    }

    private mutating func readTag() throws(Fault) {
        let closes = take("</")
        guard closes || take("<") else { throw Fault() }
        let name = try readName()
        if closes {
            guard open.popLast() == name, take(">") else { throw Fault() }
            return
        }
        guard !open.isEmpty || root == nil else { throw Fault() }
        root = root ?? name
        var attributes: Set<String> = []
        while take(" ") {
            guard attributes.insert(try readName()).inserted, take("=\"") else { throw Fault() }
            try readAttribute()
        }
        if take("/>") { return }
        guard take(">") else { throw Fault() }
        open.append(name)
    }

    private mutating func readAttribute() throws(Fault) {
        while let next = rest.first, next != "\"" {
            if next == "<" { throw Fault() }
            if next == "&" { try readReference() } else { rest.removeFirst() }
        }
        guard take("\"") else { throw Fault() }
    }

    private mutating func readReference() throws(Fault) {
        guard take("&") else { throw Fault() }
        let name = rest.prefix { $0 != ";" && !$0.properties.isWhitespace }
        let text = String(String.UnicodeScalarView(name))
        guard ["amp", "lt", "gt", "quot", "apos"].contains(text) || Self.isNumber(text)
        else { throw Fault() }
        rest = rest.dropFirst(name.count)
        guard take(";") else { throw Fault() }
    }

    /// Whether a reference is one by number: `#9`, `#x202e`.
    private static func isNumber(_ text: some StringProtocol) -> Bool {
        if text.hasPrefix("#x") { return UInt32(text.dropFirst(2), radix: 16) != nil }
        return text.hasPrefix("#") && UInt32(text.dropFirst()) != nil
    }
}
