import ClusterSimulation

/// A piece of a template: text outside of `{{ }}`, or the words within.
enum TemplateToken {
    case text(String, offset: Int)
    case action([TemplateWord], offset: Int)
}

/// A word of an action and its place in the file.
struct TemplateWord: Equatable {
    enum Kind: Equatable {
        /// `toYaml`, `.Values.a`, `|`, `8`.
        case plain
        /// Text in quotes, without them.
        case quoted
    }

    var kind: Kind
    var text: String
    var offset: Int
}

/// Takes a template apart, with Go's rules for `{{-` and `-}}`: white space before or after is dropped.
enum TemplateLexer {
    private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 10 || byte == 13 }

    static func tokens(_ bytes: [UInt8], base: Origin) throws(Template.Refusal) -> [TemplateToken] {
        var tokens: [TemplateToken] = []
        var index = 0
        var textStart = 0
        while index < bytes.count {
            guard bytes[index] == 123, index + 1 < bytes.count, bytes[index + 1] == 123 else {
                index += 1
                continue
            }
            var inside = index + 2
            var textEnd = index
            if inside + 1 < bytes.count, bytes[inside] == 45, isSpace(bytes[inside + 1]) {
                while textEnd > textStart, isSpace(bytes[textEnd - 1]) { textEnd -= 1 }
                inside += 1
            }
            appendText(bytes, textStart..<textEnd, &tokens)
            guard let end = end(of: inside, bytes) else {
                throw Template.Refusal(message: "'{{' without '}}'", origin: base.advanced(by: index))
            }
            var contentEnd = end
            let trimsAfter = contentEnd > inside + 1 && bytes[contentEnd - 1] == 45 && isSpace(bytes[contentEnd - 2])
            if trimsAfter { contentEnd -= 1 }
            if let words = try words(bytes, inside..<contentEnd, base) { tokens.append(.action(words, offset: index)) }
            index = end + 2
            if trimsAfter { while index < bytes.count, isSpace(bytes[index]) { index += 1 } }
            textStart = index
        }
        appendText(bytes, textStart..<bytes.count, &tokens)
        return tokens
    }

    private static func appendText(_ bytes: [UInt8], _ range: Range<Int>, _ tokens: inout [TemplateToken]) {
        if range.isEmpty { return }
        tokens.append(.text(String(decoding: bytes[range], as: UTF8.self), offset: range.lowerBound))
    }

    /// Where `}}` stands, quoted text skipped.
    private static func end(of start: Int, _ bytes: [UInt8]) -> Int? {
        var index = start
        var quote: UInt8?
        while index < bytes.count {
            let byte = bytes[index]
            if let open = quote {
                if byte == 92, open == 34 { index += 1 } else if byte == open { quote = nil }
            } else if byte == 34 || byte == 96 {
                quote = byte
            } else if byte == 125, index + 1 < bytes.count, bytes[index + 1] == 125 {
                return index
            }
            index += 1
        }
        return nil
    }

    /// The words of an action; nil for a comment.
    private static func words(
        _ bytes: [UInt8], _ range: Range<Int>, _ base: Origin
    ) throws(Template.Refusal) -> [TemplateWord]? {
        var words: [TemplateWord] = []
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            let start = index
            if isSpace(byte) {
                index += 1
            } else if byte == 47, index + 1 < range.upperBound, bytes[index + 1] == 42 {
                let content = bytes[range].reversed().drop(while: isSpace)
                guard content.count >= 4, content.starts(with: "/*".utf8) else {
                    throw Template.Refusal(message: "a comment without '*/'", origin: base.advanced(by: start))
                }
                return nil
            } else if byte == 34 || byte == 96 {
                index += 1
                var text: [UInt8] = []
                while index < range.upperBound, bytes[index] != byte {
                    if bytes[index] == 92, byte == 34, index + 1 < range.upperBound { index += 1 }
                    text.append(bytes[index])
                    index += 1
                }
                index += 1
                words.append(TemplateWord(kind: .quoted, text: String(decoding: text, as: UTF8.self), offset: start))
            } else if byte == 124 {
                words.append(TemplateWord(kind: .plain, text: "|", offset: index))
                index += 1
            } else {
                while index < range.upperBound, !isSpace(bytes[index]), bytes[index] != 124, bytes[index] != 34 {
                    index += 1
                }
                let text = String(decoding: bytes[start..<index], as: UTF8.self)
                words.append(TemplateWord(kind: .plain, text: text, offset: start))
            }
        }
        if words.isEmpty {
            throw Template.Refusal(message: "an empty action", origin: base.advanced(by: range.lowerBound))
        }
        return words
    }
}
