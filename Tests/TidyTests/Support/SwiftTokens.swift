/// A Swift source as a list of words and signs: comments and the text of string literals are left out, what is
/// interpolated into them is kept.
struct SwiftTokens {
    /// A word, or one sign.
    struct Token: Equatable {
        var text: String
        var isWord: Bool
        /// From 1.
        var line: Int
    }

    private(set) var tokens: [Token] = []
    private let bytes: [UInt8]
    private var position = 0
    private var line = 1

    init(_ text: String) {
        bytes = Array(text.utf8)
        while position < bytes.count { readToken() }
    }

    private func byte(_ offset: Int) -> UInt8 { position + offset < bytes.count ? bytes[position + offset] : 0 }

    private mutating func advance(_ count: Int = 1) {
        for _ in 0..<count where position < bytes.count {
            if bytes[position] == UInt8(ascii: "\n") { line += 1 }
            position += 1
        }
    }

    private mutating func readToken() {
        let first = byte(0)
        switch first {
        case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\t"), UInt8(ascii: "`"): advance()
        case UInt8(ascii: "/") where byte(1) == UInt8(ascii: "/"):
            while position < bytes.count, byte(0) != UInt8(ascii: "\n") { advance() }
        case UInt8(ascii: "/") where byte(1) == UInt8(ascii: "*"):
            while position < bytes.count, byte(0) != UInt8(ascii: "*") || byte(1) != UInt8(ascii: "/") { advance() }
            advance(2)
        case UInt8(ascii: "\""): readLiteral(hashes: 0)
        case UInt8(ascii: "#"):
            var hashes = 1
            while byte(hashes) == UInt8(ascii: "#") { hashes += 1 }
            if byte(hashes) == UInt8(ascii: "\"") {
                advance(hashes)
                readLiteral(hashes: hashes)
            } else {
                readSign()
            }
        default: if Self.isWord(first) { readWord() } else { readSign() }
        }
    }

    private mutating func readWord() {
        let start = position
        while position < bytes.count, Self.isWord(bytes[position]) { position += 1 }
        tokens.append(Token(text: String(decoding: bytes[start..<position], as: UTF8.self), isWord: true, line: line))
    }

    private mutating func readSign() {
        tokens.append(Token(text: String(UnicodeScalar(byte(0))), isWord: false, line: line))
        advance()
    }

    /// A string literal, from its first quote on.
    private mutating func readLiteral(hashes: Int) {
        let quotes = byte(1) == UInt8(ascii: "\"") && byte(2) == UInt8(ascii: "\"") ? 3 : 1
        advance(quotes)
        while position < bytes.count {
            if byte(0) == UInt8(ascii: "\\"), isFollowed(by: hashes, from: 1) {
                advance(1 + hashes)
                if byte(0) == UInt8(ascii: "(") { readInterpolation() } else { advance() }
            } else if ends(quotes: quotes, hashes: hashes) {
                advance(quotes + hashes)
                return
            } else {
                advance()
            }
        }
    }

    private func isFollowed(by hashes: Int, from offset: Int) -> Bool {
        (0..<hashes).allSatisfy { byte(offset + $0) == UInt8(ascii: "#") }
    }

    private func ends(quotes: Int, hashes: Int) -> Bool {
        (0..<quotes).allSatisfy { byte($0) == UInt8(ascii: "\"") } && isFollowed(by: hashes, from: quotes)
    }

    private mutating func readInterpolation() {
        var depth = 0
        repeat {
            if byte(0) == UInt8(ascii: "(") { depth += 1 }
            if byte(0) == UInt8(ascii: ")") { depth -= 1 }
            readToken()
        } while depth > 0 && position < bytes.count
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...0xFF:
            true
        default: false
        }
    }
}
