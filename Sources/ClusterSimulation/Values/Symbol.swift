/// An interned text: four bytes, compared and hashed as an integer.
///
/// All symbols live in one append-only table of the process. Ids are given in first-seen order and therefore differ
/// between processes: nothing that reaches an outcome may depend on an id. Order symbols by `precedes`, hash them
/// for digests by `stableHash`.
package struct Symbol: Hashable, Sendable {
    /// The place in the table. 0 is the empty text.
    package let id: UInt32

    @inline(__always)
    package init(id: UInt32) { self.id = id }

    /// Interns `text`.
    package init(_ text: String) {
        var text = text
        self = text.withUTF8 { SymbolTable.intern(UnsafeRawBufferPointer($0)) }
    }

    /// Interns `text`.
    package init(_ text: Substring) { self.init(String(text)) }

    /// Interns the bytes, which must be valid UTF-8 (invalid sequences are shown repaired by `text`).
    package init(utf8 bytes: UnsafeRawBufferPointer) { self = SymbolTable.intern(bytes) }

    /// Interns the bytes, which must be valid UTF-8.
    package init(utf8 bytes: [UInt8]) { self = bytes.withUnsafeBytes { SymbolTable.intern($0) } }

    /// The empty text.
    package static let empty = Symbol(id: 0)

    /// Whether this is the empty text.
    @inline(__always)
    package var isEmpty: Bool { id == 0 }

    /// The text. Allocates: for the edges and for analysis, not for the step loop.
    package var text: String { String(decoding: utf8, as: UTF8.self) }

    /// The bytes of the text; valid for the life of the process.
    package var utf8: UnsafeRawBufferPointer { SymbolTable.bytes(id) }

    /// A hash of the text that is equal in every process.
    package var stableHash: UInt64 { SymbolTable.hash(id) }

    /// Whether this text comes before the other in byte order (Unicode scalar order).
    package func precedes(_ other: Symbol) -> Bool {
        if id == other.id { return false }
        let left = utf8
        let right = other.utf8
        let common = min(left.count, right.count)
        for index in 0..<common where left[index] != right[index] {
            return left[index] < right[index]
        }
        return left.count < right.count
    }
}

extension Symbol: ExpressibleByStringLiteral {
    package init(stringLiteral value: StaticString) {
        if value.hasPointerRepresentation {
            let bytes = UnsafeRawBufferPointer(start: value.utf8Start, count: value.utf8CodeUnitCount)
            self = LiteralCache.symbol(of: bytes)
        } else {
            self.init(String(value.unicodeScalar))
        }
    }
}

extension Symbol: CustomStringConvertible {
    package var description: String { text }
}
