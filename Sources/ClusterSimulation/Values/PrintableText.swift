/// Text for people that came from input, made so that a terminal, a log and a CI runner show it instead of obeying it.
///
/// `singleLine` is for a piece that goes into a line of ours; `document` is for a whole text just before it is written.
package enum PrintableText {
    /// How a character is written that must not be there as itself.
    package enum Notation: Sendable {
        /// `\u{1b}`, as in Swift.
        case text
        /// `\u001b` (RFC 8259): the same text for a program that reads it.
        case json
        /// `&#x1b;` (XML 1.0, 4.1): the same text for a program that reads it.
        case xml
    }

    /// Whether a character moves a cursor, starts a sequence for the terminal, breaks a line or turns the direction of
    /// reading, or has no shape at all where others may stand for it. Line feed and tab are such characters.
    package static func isObeyed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0: true
        // Marks, embeddings, overrides and isolates of the bidirectional algorithm (UAX #9), line and paragraph
        // separators, and the tags that repeat ASCII without a shape.
        case 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xE0000...0xE007F: true
        default: false
        }
    }

    /// A character in a notation.
    package static func escaped(_ scalar: Unicode.Scalar, as notation: Notation = .text) -> String {
        switch notation {
        case .text: "\\u{\(String(scalar.value, radix: 16))}"
        case .xml: "&#x\(String(scalar.value, radix: 16));"
        case .json: Unicode.UTF16.encode(scalar).map { units in units.map(jsonUnit).joined() } ?? ""
        }
    }

    private static func jsonUnit(_ unit: UInt16) -> String {
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
    }

    /// A whole text: its line feeds and tabs stay, everything else that would be obeyed is written in the notation, and
    /// no line is a command to a CI runner.
    ///
    /// GitHub reads a line that begins with `::` after white space, and `##[` anywhere in it; Azure `##vso[`, TeamCity
    /// `##teamcity[`.
    ///
    /// - Parameter keepsColours: whether the colour sequences of `ESC [ digits m` are ours and stay.
    package static func document(
        _ text: String, as notation: Notation = .text, keepsColours: Bool = false
    ) -> String {
        if isPlain(text) { return text }
        let scalars = Array(text.unicodeScalars)
        var result = String.UnicodeScalarView()
        var isLineStart = true
        var index = 0
        while index < scalars.count {
            let scalar = scalars[index]
            if keepsColours, let end = endOfColour(scalars, at: index) {
                result.append(contentsOf: scalars[index..<end])
                index = end
                continue
            }
            let isCommand = startsCommand(scalars, at: index, isLineStart: isLineStart && notation != .json)
            let isEscaped = isCommand || (isObeyed(scalar) && scalar != "\n" && scalar != "\t")
            if isEscaped {
                result.append(contentsOf: escaped(scalar, as: notation).unicodeScalars)
            } else {
                result.append(scalar)
            }
            isLineStart = scalar == "\n" || (isLineStart && !isEscaped && scalar.properties.isWhitespace)
            index += 1
        }
        return String(result)
    }

    /// Whether nothing in the text can need a change: ASCII without controls, `::` and `##`. Almost every text.
    private static func isPlain(_ text: String) -> Bool {
        var last: UInt8 = 0
        for byte in text.utf8 {
            if byte >= 0x7F || (byte < 0x20 && byte != 0x0A && byte != 0x09) { return false }
            if byte == last, byte == UInt8(ascii: ":") || byte == UInt8(ascii: "#") { return false }
            last = byte
        }
        return true
    }

    private static func startsCommand(_ scalars: [Unicode.Scalar], at index: Int, isLineStart: Bool) -> Bool {
        guard index + 1 < scalars.count, scalars[index + 1] == scalars[index] else { return false }
        if scalars[index] == ":" { return isLineStart }
        guard scalars[index] == "#" else { return false }
        var next = index + 2
        // No runner has a longer name; without an end a line of `#` would be read once for each of them.
        while next < scalars.count, next < index + 34, scalars[next].properties.isAlphabetic { next += 1 }
        return next < scalars.count && scalars[next] == "["
    }

    /// Where a colour sequence ends that begins here.
    private static func endOfColour(_ scalars: [Unicode.Scalar], at index: Int) -> Int? {
        guard scalars[index] == "\u{1B}", index + 1 < scalars.count, scalars[index + 1] == "[" else { return nil }
        var next = index + 2
        while next < scalars.count, next < index + 8, scalars[next] == ";" || ("0"..."9").contains(scalars[next]) {
            next += 1
        }
        return next < scalars.count && scalars[next] == "m" ? next + 1 : nil
    }
}

extension String {
    /// One line that cannot move a terminal's cursor: line breaks and tabs become a space, what else would be obeyed
    /// becomes `\u{…}`.
    package var singleLine: String {
        if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return self }
        var result = ""
        for scalar in unicodeScalars {
            if scalar.properties.isWhitespace {
                if scalar == " " || result.unicodeScalars.last != " " { result += " " }
            } else if PrintableText.isObeyed(scalar) {
                result += PrintableText.escaped(scalar)
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
