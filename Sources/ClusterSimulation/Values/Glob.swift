/// Patterns in which `*` stands for any text, `/` included, and `?` for one character.
package enum Glob {
    /// In time of at most the pattern times the text, whatever their stars.
    package static func matches(_ pattern: String, _ text: String) -> Bool {
        var pattern = pattern
        var text = text
        return pattern.withUTF8 { pattern in text.withUTF8 { text in matches(pattern, text) } }
    }

    private static func matches(_ pattern: UnsafeBufferPointer<UInt8>, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var p = 0
        var t = 0
        var star: Int?
        var mark = 0
        while t < text.count {
            if p < pattern.count, pattern[p] == 42 {
                star = p
                mark = t
                p += 1
            } else if p < pattern.count, pattern[p] == 63 {
                p += 1
                t = next(t, in: text)
            } else if p < pattern.count, pattern[p] == text[t] {
                p += 1
                t += 1
            } else if let star {
                // Only the last star is tried again: what an earlier one could take, it can.
                p = star + 1
                mark = next(mark, in: text)
                t = mark
            } else {
                return false
            }
        }
        while p < pattern.count, pattern[p] == 42 { p += 1 }
        return p == pattern.count
    }

    /// The first byte of the character after that at `index`.
    private static func next(_ index: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
        var next = index + 1
        while next < text.count, text[next] & 0xC0 == 0x80 { next += 1 }
        return next
    }
}
