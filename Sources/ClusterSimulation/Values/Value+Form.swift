/// What equality leaves out: where each part was written, in which order, and how a number was spelt.
extension Value {
    /// Whether two values are the same in every respect, places included.
    func isIdentical(to other: Value) -> Bool {
        guard origin == other.origin else { return false }
        switch (content, other.content) {
        case (.null, .null): return true
        case (.boolean(let a), .boolean(let b)): return a == b
        case (.integer(let a), .integer(let b)): return a == b
        case (.double(let a), .double(let b)): return a.bitPattern == b.bitPattern
        case (.string(let a), .string(let b)): return a == b
        case (.array(let a), .array(let b)):
            return a.count == b.count && zip(a, b).allSatisfy { $0.isIdentical(to: $1) }
        case (.object(let a), .object(let b)):
            guard a.count == b.count else { return false }
            if a.withUnsafeBufferPointer({ a in b.withUnsafeBufferPointer { a.baseAddress == $0.baseAddress } }) {
                return true
            }
            for (left, right) in zip(a, b) {
                guard left.key == right.key, left.keyOrigin == right.keyOrigin, left.value.isIdentical(to: right.value)
                else { return false }
            }
            return true
        default: return false
        }
    }

    /// A hash of what `isIdentical` looks at besides the content. It follows from places in this process's input.
    func combineForm(into hash: inout StableHash) {
        hash.combine(UInt64(origin.position))
        switch content {
        case .array(let elements): for element in elements { element.combineForm(into: &hash) }
        case .object(let fields):
            for field in fields {
                hash.combine(UInt64(field.key.id) << 32 | UInt64(field.keyOrigin.position))
                field.value.combineForm(into: &hash)
            }
        default: break
        }
    }
}
