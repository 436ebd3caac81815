/// A structural schema of a CustomResourceDefinition, read once.
///
/// Covers types, properties, required, enum, bounds, patterns, defaults and pruning. Combinations (`oneOf`, `anyOf`,
/// `allOf`, `not`) and CEL rules are not evaluated: they never refuse here.
package final class StructuralSchema {
    /// nil: any type.
    let type: Symbol?
    let properties: [(name: Symbol, schema: StructuralSchema)]
    let additionalProperties: StructuralSchema?
    let items: StructuralSchema?
    let required: [Symbol]
    let allowed: [Value]
    let isNullable: Bool
    let isIntOrString: Bool
    /// Whether fields without a property stay.
    let keepsUnknownFields: Bool
    /// Whether this is a whole object with its own `apiVersion`, `kind` and `metadata`.
    let isEmbeddedResource: Bool
    let defaultValue: Value?
    let minimum: Value?
    let maximum: Value?
    let minLength: Int?
    let maxLength: Int?
    let minItems: Int?
    let maxItems: Int?
    let pattern: Symbol?

    init(_ value: Value, keepsUnknownFields inherited: Bool = false) {
        type = value["type"]?.symbol
        properties = (value["properties"]?.fields ?? []).map {
            ($0.key, StructuralSchema($0.value, keepsUnknownFields: inherited))
        }
        let additional = value["additionalProperties"]
        if let additional, case .object = additional.content {
            additionalProperties = StructuralSchema(additional, keepsUnknownFields: inherited)
        } else {
            additionalProperties = nil
        }
        items = value["items"].map { StructuralSchema($0, keepsUnknownFields: inherited) }
        required = value["required"]?.symbols ?? []
        allowed = value["enum"]?.elements ?? []
        isNullable = value["nullable"]?.boolean ?? false
        isIntOrString = value["x-kubernetes-int-or-string"]?.boolean ?? false
        keepsUnknownFields =
            inherited || value["x-kubernetes-preserve-unknown-fields"]?.boolean == true || additional?.boolean == true
        isEmbeddedResource = value["x-kubernetes-embedded-resource"]?.boolean ?? false
        defaultValue = value["default"]
        minimum = value["minimum"]
        maximum = value["maximum"]
        minLength = value["minLength"]?.integer
        maxLength = value["maxLength"]?.integer
        minItems = value["minItems"]?.integer
        maxItems = value["maxItems"]?.integer
        pattern = value["pattern"]?.symbol
    }

    func property(_ name: Symbol) -> StructuralSchema? {
        for property in properties where property.name == name { return property.schema }
        return nil
    }
}

// MARK: - Pruning and defaults

extension StructuralSchema {
    /// The value without unknown fields and with defaults filled in.
    ///
    /// - Parameter isRoot: the body of a stored object, whose metadata and status are kept elsewhere.
    func normalised(_ value: Value, isRoot: Bool = false) -> Value {
        switch value.content {
        case .array(let elements):
            guard let items else { return value }
            return Value(.array(elements.map { items.normalised($0) }), value.origin)
        case .object(let fields):
            return Value(.object(normalised(fields, isRoot: isRoot)), value.origin)
        default:
            return value
        }
    }

    private func normalised(_ fields: [Field], isRoot: Bool) -> [Field] {
        var result: [Field] = []
        result.reserveCapacity(fields.count)
        for field in fields {
            if let schema = property(field.key) ?? additionalProperties {
                // A null where the schema has none is dropped, so that the default can be filled in.
                if field.value.isNull, !schema.isNullable { continue }
                result.append(Field(field.key, schema.normalised(field.value), keyOrigin: field.keyOrigin))
            } else if keepsUnknownFields || (isEmbeddedResource && Self.isObjectMeta(field.key)) {
                result.append(field)
            }
        }
        for (name, schema) in properties {
            guard let value = schema.defaultValue, !(isRoot && Self.isObjectMeta(name)),
                !result.contains(where: { $0.key == name })
            else { continue }
            result.append(Field(name, schema.normalised(value)))
        }
        return result
    }

    static func isObjectMeta(_ name: Symbol) -> Bool {
        name == "apiVersion" || name == "kind" || name == "metadata" || name == "status"
    }

    /// The paths of fields that pruning removes, for `fieldValidation=Strict`.
    func unknownFields(_ value: Value, _ path: String = "") -> [String] {
        switch value.content {
        case .array(let elements):
            guard let items else { return [] }
            return elements.enumerated().flatMap { items.unknownFields($1, "\(path)[\($0)]") }
        case .object(let fields):
            return fields.flatMap { field -> [String] in
                let path = path.isEmpty ? field.key.text : "\(path).\(field.key)"
                if let schema = property(field.key) ?? additionalProperties {
                    return schema.unknownFields(field.value, path)
                }
                return keepsUnknownFields || (isEmbeddedResource && Self.isObjectMeta(field.key)) ? [] : [path]
            }
        default:
            return []
        }
    }
}
