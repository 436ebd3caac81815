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
    private let bytes: [UInt8]
    private var position = 0
    /// The maps around the place that is read, outermost first.
    private var scopes = [NATSMap()]

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

// MARK: - Words and numbers

extension NATSConfigurationParser {
    /// Text between quotes; double quotes know escapes.
    private mutating func parseQuoted() throws(Problem) -> String {
        let quote = bytes[position]
        position += 1
        var content: [UInt8] = []
        while let byte = peek {
            position += 1
            if byte == quote { return String(decoding: content, as: UTF8.self) }
            if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                content.append(try parseEscape())
            } else {
                content.append(byte)
            }
        }
        throw problem("Unexpected EOF.")
    }

    private mutating func parseEscape() throws(Problem) -> UInt8 {
        guard let byte = peek else { throw problem("Unexpected EOF.") }
        position += 1
        switch Character(UnicodeScalar(byte)) {
        case "t": return 9
        case "n": return 10
        case "r": return 13
        case "\"", "\\": return byte
        case "x" where position + 2 <= bytes.count:
            let digits = text(position, position + 2)
            position += 2
            if let value = UInt8(digits, radix: 16) { return value }
            throw problem("Expected two hexadecimal digits after '\\x', but got '\(digits)'")
        default:
            throw problem(
                "Invalid escape character '\(UnicodeScalar(byte))'. Only the following escape characters are allowed: "
                    + "\\xXX, \\t, \\n, \\r, \\\", \\\\.")
        }
    }

    /// A word without quotes that begins at `start`, which may lie behind.
    private mutating func parseWord(from start: Int) throws(Problem) -> NATSValue {
        var content = Array(bytes[start..<position])
        var isEscaped = false
        while let byte = peek, !Self.isBlank(byte), !Self.isOne(byte, of: ";,]}") {
            position += 1
            if byte == UInt8(ascii: "'") { return .string(String(decoding: content, as: UTF8.self)) }
            if byte == UInt8(ascii: "\\") {
                isEscaped = true
                content.append(try parseEscape())
            } else {
                content.append(byte)
            }
        }
        let word = String(decoding: content, as: UTF8.self)
        if isEscaped { return .string(word) }
        switch word.lowercased() {
        case "true", "yes", "on": return .boolean(true)
        case "false", "no", "off": return .boolean(false)
        default: return word.hasPrefix("$") ? try variable(String(word.dropFirst())) : .string(word)
        }
    }

    /// The value of the nearest key of that name, else of the environment, which is read like a value of the file.
    private func variable(_ name: String) throws(Problem) -> NATSValue {
        if name.hasPrefix("2a$") { return .string("$" + name) }
        for scope in scopes.reversed() {
            if let value = scope[name] { return value }
        }
        if let text = environment(name) {
            var parser = NATSConfigurationParser("pk=\(text)")
            if let value = try? parser.parse()["pk"] { return value }
        }
        throw Problem(message: "Variable reference for '\(name)' on line \(line) can not be found.")
    }

    private mutating func parseNumber() throws(Problem) -> NATSValue {
        let start = position
        let isNegative = bytes[position] == UInt8(ascii: "-")
        if isNegative { position += 1 }
        guard let first = peek, Self.isDigit(first) else { throw problem("Expected a digit but got '\(here)'.") }
        skipDigits()
        let digits = text(start, position)
        guard let byte = peek else { return try integer(digits, suffix: "") }
        if byte == UInt8(ascii: "."), position + 1 < bytes.count { return try parseFraction(from: start) }
        if byte == UInt8(ascii: "-"), !isNegative { return try parseDate(from: start) }
        if Self.isOne(byte, of: "kKmMgGtTpPeE") {
            let suffixStart = position
            position += 1
            while let next = peek, Self.isOne(next, of: "bBiI") { position += 1 }
            if peek.map({ Self.endsNumber($0) || Self.isDigit($0) }) ?? true {
                return try integer(digits, suffix: text(suffixStart, position))
            }
            return try parseWord(from: start)
        }
        if Self.endsNumber(byte) || isNegative { return try integer(digits, suffix: "") }
        return try parseWord(from: start)
    }

    private mutating func parseFraction(from start: Int) throws(Problem) -> NATSValue {
        position += 1
        guard let byte = peek, Self.isDigit(byte) else {
            throw problem("Floats must have a digit after the '.', but got '\(here)' instead.")
        }
        skipDigits()
        guard peek == UInt8(ascii: ".") else { return .float(Double(text(start, position)) ?? 0) }
        while let byte = peek, Self.isDigit(byte) || Self.isOne(byte, of: ".:-") { position += 1 }
        return .string(text(start, position))
    }

    /// `2006-01-02T15:04:05Z` and no other form.
    private mutating func parseDate(from start: Int) throws(Problem) -> NATSValue {
        let form = Array("0000-00-00T00:00:00Z".utf8)
        let end = start + form.count
        guard position - start == 4, end <= bytes.count else {
            throw problem("All ISO8601 dates must be in full Zulu form.")
        }
        for (offset, wanted) in form.enumerated() {
            let byte = bytes[start + offset]
            if wanted == UInt8(ascii: "0") ? Self.isDigit(byte) : byte == wanted { continue }
            position = start + offset
            let name = wanted == UInt8(ascii: "0") ? "digit" : "'\(UnicodeScalar(wanted))'"
            throw problem("Expected \(name) in ISO8601 datetime, but found '\(here)' instead.")
        }
        position = end
        return .date(text(start, end))
    }

    private func integer(_ digits: String, suffix: String) throws(Problem) -> NATSValue {
        let letters = Array("kmgtpe")
        let lowered = suffix.lowercased()
        let power = lowered.first.flatMap { letters.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
        let base: Int64 = lowered.count > 1 ? 1024 : 1000
        guard var number = Int64(digits) else {
            throw Problem(message: "Integer '\(digits)\(suffix)' is out of the range.")
        }
        for _ in 0..<power { number = number &* base }
        return .integer(number)
    }
}

// MARK: - Characters

extension NATSConfigurationParser {
    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }
    /// The character that was not expected.
    private var here: String { peek.map { $0 == 10 ? "\\n" : String(UnicodeScalar($0)) } ?? "" }
    private var line: Int { 1 + bytes[..<position].count { $0 == UInt8(ascii: "\n") } }

    private func text(_ start: Int, _ end: Int) -> String { String(decoding: bytes[start..<end], as: UTF8.self) }

    private func problem(_ text: String) -> Problem { Problem(message: "Parse error on line \(line): '\(text)'") }

    private mutating func take(until ends: (UInt8) -> Bool) -> String {
        let start = position
        while let byte = peek, !ends(byte) { position += 1 }
        return text(start, position)
    }

    private mutating func skipDigits() {
        while let byte = peek, Self.isDigit(byte) { position += 1 }
    }

    /// Skips blanks, and comments up to the end of their line.
    private mutating func skip(alsoLines: Bool, also others: String = "", comments: Bool = true) throws(Problem) {
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

    private var startsSlashComment: Bool {
        position + 1 < bytes.count && bytes[position] == UInt8(ascii: "/") && bytes[position + 1] == UInt8(ascii: "/")
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
    private static func isLine(_ byte: UInt8) -> Bool { byte == 10 || byte == 13 }
    private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || isLine(byte) }
    private static func isOne(_ byte: UInt8, of characters: String) -> Bool { characters.utf8.contains(byte) }
    private static func endsNumber(_ byte: UInt8) -> Bool { isBlank(byte) || isOne(byte, of: "},;]") }
}
