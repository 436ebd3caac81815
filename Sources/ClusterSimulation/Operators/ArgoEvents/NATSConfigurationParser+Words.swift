/// Words, quoted text and numbers.
extension NATSConfigurationParser {
    /// Text between quotes; double quotes know escapes.
    mutating func parseQuoted() throws(Problem) -> String {
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
    mutating func parseWord(from start: Int) throws(Problem) -> NATSValue {
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

    mutating func parseNumber() throws(Problem) -> NATSValue {
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
