extension Value {
    /// The value after a JSON merge patch (RFC 7386): objects merge, null removes, everything else replaces.
    package func mergePatched(with patch: Value) -> Value {
        guard case .object(let changes) = patch.content else { return patch }
        var result = Value(.object(fields), origin)
        for change in changes {
            if change.value.isNull {
                result[change.key] = nil
            } else {
                result[change.key] = (result[change.key] ?? Value(.null)).mergePatched(with: change.value)
            }
        }
        return result
    }

    /// The value without fields that are null, as typed decoding leaves them out.
    package var withoutNulls: Value {
        switch content {
        case .object(let fields):
            let kept = fields.compactMap { field in
                field.value.isNull ? nil : Field(field.key, field.value.withoutNulls, keyOrigin: field.keyOrigin)
            }
            return Value(.object(kept), origin)
        case .array(let elements): return Value(.array(elements.map(\.withoutNulls)), origin)
        default: return self
        }
    }

    /// Whether a field anywhere in it is null.
    var containsNull: Bool {
        switch content {
        case .null: true
        case .object(let fields): fields.contains { $0.value.containsNull }
        case .array(let elements): elements.contains { $0.containsNull }
        default: false
        }
    }
}
