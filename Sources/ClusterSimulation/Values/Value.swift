/// A Kubernetes document or a part of one: JSON's values, each with the place in the file that it came from.
///
/// Sixteen bytes for a value, twenty-four for a field. Equality and `contentHash` leave origins out, so the same
/// content from two files is one content.
package struct Value: Sendable {
    package var content: Content
    package var origin: Origin

    package enum Content: Sendable {
        case null
        case boolean(Bool)
        case integer(Int64)
        case double(Double)
        case string(Symbol)
        case array([Value])
        case object([Field])
    }

    @inline(__always)
    package init(_ content: Content, _ origin: Origin = .none) {
        self.content = content
        self.origin = origin
    }
}

/// One key and its value. Keys of an object are unique; their order is the file's.
package struct Field: Sendable {
    package var key: Symbol
    package var keyOrigin: Origin
    package var value: Value

    @inline(__always)
    package init(_ key: Symbol, _ value: Value, keyOrigin: Origin = .none) {
        self.key = key
        self.keyOrigin = keyOrigin
        self.value = value
    }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral value: String) { self.init(.string(Symbol(value))) }
    package init(integerLiteral value: Int64) { self.init(.integer(value)) }
    package init(booleanLiteral value: Bool) { self.init(.boolean(value)) }
    package init(nilLiteral: ()) { self.init(.null) }
    package init(arrayLiteral elements: Value...) { self.init(.array(elements)) }
    package init(dictionaryLiteral elements: (Symbol, Value)...) {
        self.init(.object(elements.map { Field($0.0, $0.1) }))
    }

    /// A string value.
    package init(_ symbol: Symbol) { self.init(.string(symbol)) }
    /// A string value.
    package static func string(_ text: String) -> Value { Value(.string(Symbol(text))) }
    /// An array of strings.
    package static func strings(_ symbols: [Symbol]) -> Value { Value(.array(symbols.map { Value(.string($0)) })) }
    /// An integer value.
    package static func integer(_ number: Int) -> Value { Value(.integer(Int64(number))) }
    /// An object of these fields, those with a `nil` value left out.
    package static func object(_ fields: KeyValuePairs<Symbol, Value?>) -> Value {
        object(of: fields.map { ($0.key, $0.value) })
    }

    /// An object of these fields, those with a `nil` value left out. A null counts as `nil`: in `a ? nil : value` the
    /// compiler takes `nil` for a null value, because a value can be written so.
    package static func object(of fields: [(Symbol, Value?)]) -> Value {
        Value(
            .object(
                fields.compactMap { key, value in
                    guard let value, !value.isNull else { return nil }
                    return Field(key, value)
                }))
    }
}

// MARK: - Reading

extension Value {
    /// The value under `key`, or nil where this is no object or has no such key. `null` values are returned as such.
    package subscript(key: Symbol) -> Value? {
        get {
            guard case .object(let fields) = content else { return nil }
            for field in fields where field.key == key { return field.value }
            return nil
        }
        set {
            var fields = self.fields
            if let index = fields.firstIndex(where: { $0.key == key }) {
                if let newValue { fields[index].value = newValue } else { fields.remove(at: index) }
            } else if let newValue {
                fields.append(Field(key, newValue, keyOrigin: newValue.origin))
            }
            content = .object(fields)
        }
    }

    /// The value at the end of a path of keys, or nil where a step is missing.
    package func at(_ path: Symbol...) -> Value? {
        var value = self
        for key in path {
            guard let next = value[key] else { return nil }
            value = next
        }
        return value
    }

    /// The element at an index of an array, or nil.
    package subscript(index index: Int) -> Value? {
        guard case .array(let elements) = content, elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    /// The fields of an object; empty for anything else.
    package var fields: [Field] {
        if case .object(let fields) = content { return fields }
        return []
    }

    /// The elements of an array; empty for anything else.
    package var elements: [Value] {
        if case .array(let elements) = content { return elements }
        return []
    }

    // The four readers are never inlined: where they are, the optimiser of Swift 6.3 ends a borrow of the value too
    // early, and its own check stops the release build.

    /// The text of a string value.
    package var symbol: Symbol? {
        @inline(never) get {
            if case .string(let symbol) = content { return symbol }
            return nil
        }
    }

    /// The text of a string value.
    package var text: String? { symbol?.text }

    /// The number of an integer value.
    package var integer: Int? {
        @inline(never) get {
            if case .integer(let number) = content { return Int(number) }
            return nil
        }
    }

    /// The number of an `int32` field, kept within its bounds: sums and products of a few of these fit `Int`.
    package var int32: Int? { integer.map { Int(Int32(clamping: $0)) } }

    /// How many instances an operator is asked for, as an `int32` that is not negative. Whoever makes that many asks
    /// `Simulation.bounded(_:podsOf:)` first.
    package var instanceCount: Int? { int32.map { max($0, 0) } }

    /// The truth of a boolean value.
    package var boolean: Bool? {
        @inline(never) get {
            if case .boolean(let flag) = content { return flag }
            return nil
        }
    }

    package var isNull: Bool {
        @inline(never) get {
            if case .null = content { return true }
            return false
        }
    }

    /// How many values it consists of, itself included.
    package var partCount: Int {
        switch content {
        case .array(let elements): elements.reduce(1) { $0 + $1.partCount }
        case .object(let fields): fields.reduce(1) { $0 + $1.value.partCount }
        default: 1
        }
    }

    /// The strings of an array, other elements left out.
    package var symbols: [Symbol] { elements.compactMap(\.symbol) }

    /// Go's and JSON schema's name of the type: `null`, `boolean`, `integer`, `number`, `string`, `array`, `object`.
    package var typeName: String {
        switch content {
        case .null: "null"
        case .boolean: "boolean"
        case .integer: "integer"
        case .double: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}

// MARK: - Equality and hashing by content

extension Value: Equatable {
    /// Equal content; origins do not count, the order of an object's keys does not either.
    package static func == (left: Value, right: Value) -> Bool {
        switch (left.content, right.content) {
        case (.null, .null): return true
        case (.boolean(let a), .boolean(let b)): return a == b
        case (.integer(let a), .integer(let b)): return a == b
        case (.double(let a), .double(let b)): return a == b
        case (.integer(let a), .double(let b)), (.double(let b), .integer(let a)): return Double(a) == b
        case (.string(let a), .string(let b)): return a == b
        case (.array(let a), .array(let b)): return a == b
        case (.object(let a), .object(let b)):
            guard a.count == b.count else { return false }
            if a.withUnsafeBufferPointer({ a in b.withUnsafeBufferPointer { a.baseAddress == $0.baseAddress } }) {
                return true
            }
            // Objects of many fields in another order are compared by an index, made when it is first needed.
            lazy var index = FieldIndex(b)
            for (place, field) in a.enumerated() {
                if b[place].key == field.key {
                    if b[place].value != field.value { return false }
                } else if let other = index[field.key] {
                    if other != field.value { return false }
                } else {
                    return false
                }
            }
            return true
        default: return false
        }
    }

    /// A hash of the content, equal in every process; equal contents have equal hashes.
    package var contentHash: UInt64 {
        var hash = StableHash()
        switch content {
        case .null: hash.combine(1)
        case .boolean(let flag): hash.combine(flag ? 3 : 2)
        case .integer(let number):
            hash.combine(4)
            hash.combine(Double(number).bitPattern)
        case .double(let number):
            hash.combine(4)
            // Zero is equal to zero below zero.
            hash.combine((number == 0 ? 0 : number).bitPattern)
        case .string(let symbol):
            hash.combine(5)
            hash.combine(symbol.stableHash)
        case .array(let elements):
            hash.combine(6)
            for element in elements { hash.combine(element.contentHash) }
        case .object(let fields):
            var sum: UInt64 = 7
            for field in fields {
                var entry = StableHash(seed: field.key.stableHash)
                entry.combine(field.value.contentHash)
                sum = sum &+ entry.value
            }
            hash.combine(sum)
        }
        return hash.value
    }
}
