/// Blocks of PEM in a text (RFC 7468). Lax as Go's encoding/pem: text between the blocks is skipped.
enum PEM {
    /// One block.
    struct Block: Equatable {
        var label: String
        /// The decoded bytes; nil where the body is no base64.
        var bytes: [UInt8]?
        /// Whether header lines say that the body is encrypted (RFC 1421).
        var isEncrypted: Bool
    }

    private static let begin = Array("-----BEGIN ".utf8)

    /// Whether a text has a block at all; cheap.
    static func isPresent(_ text: [UInt8]) -> Bool { firstBegin(text, from: 0) != nil }

    /// The blocks in their order. At most `limit`, so that a bundle cannot cost more than it is worth.
    static func blocks(_ text: [UInt8], limit: Int = 1000) -> [Block] {
        var blocks: [Block] = []
        var index = 0
        while blocks.count < limit, let start = firstBegin(text, from: index) {
            let lineEnd = text[start...].firstIndex(of: 0x0A) ?? text.count
            let line = trimmed(text[start..<lineEnd])
            index = min(lineEnd + 1, text.count)
            guard line.count >= begin.count + 5, line.suffix(5).allSatisfy({ $0 == UInt8(ascii: "-") }) else {
                continue
            }
            let label = line.dropFirst(begin.count).dropLast(5)
            let endMark = Array("-----END ".utf8) + Array(label) + Array("-----".utf8)
            var body: [UInt8] = []
            var isEncrypted = false
            var isClosed = false
            while index < text.count, !isClosed {
                let end = text[index...].firstIndex(of: 0x0A) ?? text.count
                let line = trimmed(text[index..<end])
                index = min(end + 1, text.count)
                if line.elementsEqual(endMark) {
                    isClosed = true
                } else if line.contains(UInt8(ascii: ":")) {
                    isEncrypted = isEncrypted || String(decoding: line, as: UTF8.self).contains("ENCRYPTED")
                } else {
                    body += line
                }
            }
            let name = String(decoding: label, as: UTF8.self)
            blocks.append(Block(label: name, bytes: isClosed ? Base64.decode(body) : nil, isEncrypted: isEncrypted))
        }
        return blocks
    }

    private static func firstBegin(_ text: [UInt8], from: Int) -> Int? {
        var index = from
        while let dash = text[index...].firstIndex(of: UInt8(ascii: "-")) {
            if text[dash...].starts(with: begin) { return dash }
            index = dash + 1
        }
        return nil
    }

    private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var line = line
        while let last = line.last, last <= 0x20 { line.removeLast() }
        while let first = line.first, first <= 0x20 { line.removeFirst() }
        return line
    }
}
