extension Value {
    /// Whether two values could be the same but for fields that only one of them has: no plain value differs, no list
    /// has another length.
    func differsInFieldsOnly(from other: Value) -> Bool {
        switch (content, other.content) {
        case (.object(let fields), .object(let others)):
            Self.differInFieldsOnly(fields, FieldIndex(others))
        case (.array(let left), .array(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0.differsInFieldsOnly(from: $1) }
        case (.null, _), (_, .null): true
        default: self == other || isSameQuantity(as: other)
        }
    }

    private static func differInFieldsOnly(_ fields: [Field], _ others: FieldIndex) -> Bool {
        fields.allSatisfy { field in others[field.key].map { field.value.differsInFieldsOnly(from: $0) } ?? true }
    }

    /// `1000m` and `1`.
    private func isSameQuantity(as other: Value) -> Bool {
        guard let left = Quantity(self), let right = Quantity(other) else { return false }
        return left == right
    }
}
