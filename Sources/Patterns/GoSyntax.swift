/// Where the patterns of Go's `regexp` are written otherwise than RE2 reads them.
///
/// RE2 and Go read one syntax, by the same author, with the same messages; this is the rest. Source: Go 1.22
/// `regexp/syntax/parse.go`, which every modelled release of Kubernetes is built with or a later one.
struct GoSyntax {
    /// What RE2 is given.
    private(set) var text: [UInt8] = []
    /// What is wrong by Go's rules alone: the error's code and the part of the pattern.
    private(set) var problem: (code: String, part: String)?
    /// Whether groups lie deeper in each other than `depthMax`.
    private(set) var isTooDeep = false

    /// Whether `\B` is in it: RE2 finds it between the bytes of one character too, Go does not.
    private(set) var hasNoBoundary = false

    /// Go refuses expressions of more than 1000 levels, of which a group has up to four. RE2 knows no such limit.
    static let depthMax = 250

    private let pattern: UnsafeRawBufferPointer
    private var index = 0
    private var depth = 0

    init(_ pattern: UnsafeRawBufferPointer) {
        self.pattern = pattern
        text.reserveCapacity(pattern.count + 16)
        while index < pattern.count, problem == nil { step() }
    }

    private mutating func step() {
        switch pattern[index] {
        case UInt8(ascii: "\\"): readEscape()
        case UInt8(ascii: "["): readClass()
        case UInt8(ascii: "("):
            depth += 1
            if depth > Self.depthMax { isTooDeep = true }
            readGroup()
        case UInt8(ascii: ")"):
            depth = max(0, depth - 1)
            copy(1)
        default: copy(1)
        }
    }

    private mutating func copy(_ count: Int) {
        let end = min(pattern.count, index + count)
        text.append(contentsOf: pattern[index..<end])
        index = end
    }

    /// `\C`, one byte, is no escape of Go; what lies between `\Q` and `\E` is no syntax.
    private mutating func readEscape() {
        guard index + 1 < pattern.count else { return copy(1) }
        switch pattern[index + 1] {
        case UInt8(ascii: "C"): problem = ("invalid escape sequence", "\\C")
        case UInt8(ascii: "B"):
            hasNoBoundary = true
            copy(2)
        case UInt8(ascii: "Q"):
            copy(2)
            while index < pattern.count, !starts(with: "\\E") { copy(1) }
            copy(2)
        default: copy(2)
        }
    }

    /// A class is copied as it is: nothing in it opens a group.
    private mutating func readClass() {
        copy(1)
        if index < pattern.count, pattern[index] == UInt8(ascii: "^") { copy(1) }
        if index < pattern.count, pattern[index] == UInt8(ascii: "]") { copy(1) }
        while index < pattern.count, pattern[index] != UInt8(ascii: "]") {
            if pattern[index] == UInt8(ascii: "\\") {
                copy(2)
            } else if starts(with: "[:"), let count = classNameCount() {
                copy(count)
            } else {
                copy(1)
            }
        }
        copy(1)
    }

    /// The bytes of `[:alpha:]`, of which there are few: what is longer is no name.
    private func classNameCount() -> Int? {
        for end in index + 2..<max(index + 2, min(index + 16, pattern.count - 1))
        where pattern[end] == UInt8(ascii: ":") && pattern[end + 1] == UInt8(ascii: "]") {
            return end + 2 - index
        }
        return nil
    }

    /// `(?<name>` is `(?P<name>`; names are ASCII.
    private mutating func readGroup() {
        let opening = starts(with: "(?P<") ? 4 : starts(with: "(?<") ? 3 : 0
        guard opening > 0 else { return copy(1) }
        let name = pattern[(index + opening)...].prefix { $0 != UInt8(ascii: ">") }
        guard name.endIndex < pattern.count else {
            problem = ("invalid named capture", String(decoding: pattern[index...], as: UTF8.self))
            return
        }
        guard !name.isEmpty, name.allSatisfy(Self.isWordByte) else {
            problem = ("invalid named capture", String(decoding: pattern[index...name.endIndex], as: UTF8.self))
            return
        }
        text.append(contentsOf: "(?P<".utf8)
        index += opening
        copy(name.count + 1)
    }

    private func starts(with word: StaticString) -> Bool {
        guard index + word.utf8CodeUnitCount <= pattern.count else { return false }
        for offset in 0..<word.utf8CodeUnitCount where pattern[index + offset] != word.utf8Start[offset] {
            return false
        }
        return true
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...90, 97...122, 95: true
        default: false
        }
    }
}
