/// The fields of one object by their keys, for who looks up many of them: each look costs the same however many there are.
package struct FieldIndex {
    private let fields: [Field]
    /// Of objects with many fields: the place of each key; looked up only.
    private let places: [Symbol: Int]?

    /// Fewer fields are looked through faster than an index is made.
    private static let scannedMax = 16

    package init(_ fields: [Field]) {
        self.fields = fields
        places =
            fields.count <= Self.scannedMax
            ? nil : Dictionary(fields.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Of an object; without fields for any other value, and for none.
    package init(_ value: Value?) { self.init(value?.fields ?? []) }

    package subscript(key: Symbol) -> Value? {
        guard let places else {
            for field in fields where field.key == key { return field.value }
            return nil
        }
        return places[key].map { fields[$0].value }
    }
}
