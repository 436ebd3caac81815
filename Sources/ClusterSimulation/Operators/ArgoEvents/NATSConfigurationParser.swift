/// Reads the configuration language of NATS: maps, arrays, text with and without quotes, numbers with a suffix of size,
/// comments, variables and includes.
///
/// What has a digit first and no quotes is a number where it can be: `5m` is 5000000, `72h` is text, and after `1m` of
/// `1m30s` the end of the value is missed. Source: nats-server `conf/lex.go` and `conf/parse.go`.
struct NATSConfigurationParser {
    struct Problem: Error, Equatable { var message: String }

    /// A variable of the environment; nil where it is not set.
    let environment: (String) -> String?
    /// The content of a file beside this one; nil where it is not there.
    let include: (String) -> String?
    let bytes: [UInt8]
    var position = 0
    /// The maps around the place that is read, outermost first.
    private(set) var scopes = [NATSMap()]

    init(
        _ text: String, environment: @escaping (String) -> String? = { _ in nil },
        include: @escaping (String) -> String? = { _ in nil }
    ) {
        bytes = Array(text.utf8)
        self.environment = environment
        self.include = include
    }

    /// The whole file.
    mutating func parse() throws(Problem) -> NATSMap {
        while true {
            try skip(alsoLines: true, also: "{};,")
            guard peek != nil else { return scopes[0] }
            try parseEntry(inMap: false)
            try skip(alsoLines: false)
            if let byte = peek, !Self.isLine(byte), !Self.isOne(byte, of: ";,}") {
                throw problem(
                    "Expected a top-level value to end with a new line, comment or EOF, but got '\(here)' instead.")
            }
        }
    }

    // MARK: Entries

    private mutating func parseEntry(inMap: Bool) throws(Problem) {
        if let byte = peek, Self.isOne(byte, of: ":=") { throw problem("Unexpected key separator '\(here)'") }
        let isQuoted = peek.map { Self.isOne($0, of: "\"'") } ?? false
        let key = isQuoted ? try parseQuoted() : take { Self.isBlank($0) || Self.isOne($0, of: ":=") }
        if !isQuoted, key.lowercased() == "include", let byte = peek, Self.isBlank(byte) {
            try parseInclude()
            return
        }
        try skip(alsoLines: true, comments: false)
        if let byte = peek, Self.isOne(byte, of: ":=") { position += 1 }
        try skip(alsoLines: inMap, comments: false)
        let value = try parseValue()
        scopes[scopes.count - 1][key] = value
    }

    private mutating func parseInclude() throws(Problem) {
        try skip(alsoLines: false, comments: false)
        let isQuoted = peek.map { Self.isOne($0, of: "\"'") } ?? false
        let path = isQuoted ? try parseQuoted() : take { Self.isBlank($0) || Self.isOne($0, of: ";}") }
        guard let text = include(path) else {
            throw Problem(
                message: "Error parsing include file '\(path)', "
                    + "error opening config file: open \(path): no such file or directory.")
        }
        var parser = NATSConfigurationParser(text, environment: environment, include: include)
        for entry in try parser.parse().entries { scopes[scopes.count - 1][entry.key] = entry.value }
    }

    // MARK: Values

    private mutating func parseValue() throws(Problem) -> NATSValue {
        guard let byte = peek else { throw problem("Unexpected EOF.") }
        if Self.isLine(byte) { throw problem("Expected value but found new line") }
        switch Character(UnicodeScalar(byte)) {
        case "[": return try parseArray()
        case "{": return try parseMap()
        case "'", "\"": return .string(try parseQuoted())
        case "(": return try parseBlock()
        case ".": throw problem("Floats must start with a digit")
        case "-", "0"..."9": return try parseNumber()
        default: return try parseWord(from: position)
        }
    }

    private mutating func parseArray() throws(Problem) -> NATSValue {
        position += 1
        var elements: [NATSValue] = []
        while true {
            try skip(alsoLines: true)
            guard let byte = peek else { throw problem("Unexpected EOF.") }
            if byte == UInt8(ascii: "]") { break }
            if byte == UInt8(ascii: ",") { throw problem("Unexpected array value terminator ','.") }
            elements.append(try parseValue())
            try skip(alsoLines: false)
            guard let end = peek, Self.isLine(end) || Self.isOne(end, of: ",]") else {
                throw problem(
                    "Expected an array value terminator ',' or an array terminator ']', but got '\(here)' instead.")
            }
            if end == UInt8(ascii: ",") { position += 1 }
        }
        position += 1
        return .array(elements)
    }

    private mutating func parseMap() throws(Problem) -> NATSValue {
        position += 1
        scopes.append(NATSMap())
        while true {
            try skip(alsoLines: true)
            guard let byte = peek else { throw problem("Unexpected EOF.") }
            if byte == UInt8(ascii: "}") { break }
            try parseEntry(inMap: true)
            try skip(alsoLines: false)
            guard let end = peek, Self.isLine(end) || Self.isOne(end, of: ",;}") else {
                throw problem(
                    "Expected a map value terminator ',' or a map terminator '}', but got '\(here)' instead.")
            }
            if Self.isOne(end, of: ",;") { position += 1 }
        }
        position += 1
        return .map(scopes.removeLast())
    }

    /// Everything up to a line that is `)` alone.
    private mutating func parseBlock() throws(Problem) -> NATSValue {
        position += 1
        let start = position
        while let byte = peek {
            let startsLine = position > start && bytes[position - 1] == UInt8(ascii: "\n")
            let endsLine = position + 1 == bytes.count || bytes[position + 1] == UInt8(ascii: "\n")
            if byte == UInt8(ascii: ")"), startsLine, endsLine {
                position += 1
                return .string(text(start, position - 1))
            }
            position += 1
        }
        throw problem("Unexpected EOF.")
    }
}

// MARK: - Characters

extension NATSConfigurationParser {
    var peek: UInt8? { position < bytes.count ? bytes[position] : nil }
    /// The character that was not expected.
    var here: String { peek.map { $0 == 10 ? "\\n" : String(UnicodeScalar($0)) } ?? "" }
    var line: Int { 1 + bytes[..<position].count { $0 == UInt8(ascii: "\n") } }

    func text(_ start: Int, _ end: Int) -> String { String(decoding: bytes[start..<end], as: UTF8.self) }

    func problem(_ text: String) -> Problem { Problem(message: "Parse error on line \(line): '\(text)'") }

    mutating func take(until ends: (UInt8) -> Bool) -> String {
        let start = position
        while let byte = peek, !ends(byte) { position += 1 }
        return text(start, position)
    }

    mutating func skipDigits() {
        while let byte = peek, Self.isDigit(byte) { position += 1 }
    }

    /// Skips blanks, and comments up to the end of their line.
    mutating func skip(alsoLines: Bool, also others: String = "", comments: Bool = true) throws(Problem) {
        while let byte = peek {
            if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || (alsoLines && Self.isLine(byte))
                || Self.isOne(byte, of: others)
            {
                position += 1
            } else if comments, byte == UInt8(ascii: "#") || startsSlashComment {
                while let next = peek, !Self.isLine(next) { position += 1 }
            } else {
                return
            }
        }
    }

    var startsSlashComment: Bool {
        position + 1 < bytes.count && bytes[position] == UInt8(ascii: "/") && bytes[position + 1] == UInt8(ascii: "/")
    }

    static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
    static func isLine(_ byte: UInt8) -> Bool { byte == 10 || byte == 13 }
    static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || isLine(byte) }
    static func isOne(_ byte: UInt8, of characters: String) -> Bool { characters.utf8.contains(byte) }
    static func endsNumber(_ byte: UInt8) -> Bool { isBlank(byte) || isOne(byte, of: "},;]") }
}
