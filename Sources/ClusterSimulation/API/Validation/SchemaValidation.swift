extension StructuralSchema {
    /// What of a pruned value is wrong, in the words of the API server. Source: recordings, family crds.
    func validate(_ value: Value, _ findings: inout SchemaFindings) {
        validate(value, "", isRoot: true, &findings)
    }

    private func validate(_ value: Value, _ path: String, isRoot: Bool, _ findings: inout SchemaFindings) {
        if value.isNull, isNullable { return }
        if let expected = mismatch(value) {
            let found = value.typeName
            findings.causes.append(
                .init(
                    reason: "FieldValueTypeInvalid", field: path,
                    message: "Invalid value: \"\(found)\": \(path) in body must be of type \(expected): \"\(found)\""))
            return
        }
        if !allowed.isEmpty, !allowed.contains(value) {
            let supported = allowed.map(\.jsonText).joined(separator: ", ")
            findings.causes.append(
                .init(
                    reason: "FieldValueNotSupported", field: path,
                    message: "Unsupported value: \(value.jsonText): supported values: \(supported)"))
        }
        switch value.content {
        case .integer, .double: validateBounds(value, path, &findings)
        case .string(let text): validateText(text, value, path, &findings)
        case .array(let elements):
            validateCount(elements.count, path, &findings)
            guard let items else { return }
            for (index, element) in elements.enumerated() {
                items.validate(element, "\(path)[\(index)]", isRoot: false, &findings)
            }
        case .object(let fields):
            for name in required where value[name] == nil && !(isRoot && Self.isObjectMeta(name)) {
                findings.causes.append(
                    .init(
                        reason: "FieldValueRequired", field: path.isEmpty ? name.text : "\(path).\(name)",
                        message: "Required value"))
            }
            for field in fields {
                guard let schema = property(field.key) ?? additionalProperties else { continue }
                let path = path.isEmpty ? field.key.text : "\(path).\(field.key)"
                schema.validate(field.value, path, isRoot: false, &findings)
            }
        default: break
        }
    }

    /// The type that the value should have had; nil where it is right.
    private func mismatch(_ value: Value) -> String? {
        if isIntOrString {
            if case .integer = value.content { return nil }
            if case .string = value.content { return nil }
            return "integer,string"
        }
        guard let type else { return nil }
        let found = value.typeName
        if type.text == found { return nil }
        if type == "number", found == "integer" { return nil }
        if type == "integer", case .double(let number) = value.content, number == number.rounded() { return nil }
        return type.text
    }

    private func validateBounds(_ value: Value, _ path: String, _ findings: inout SchemaFindings) {
        guard let number = value.number else { return }
        func refuse(_ bound: Value, _ relation: String) {
            findings.causes.append(
                .init(
                    reason: "FieldValueInvalid", field: path,
                    message: "Invalid value: \(value.jsonText): \(path) in body should be \(relation) than or equal to "
                        + bound.jsonText))
        }
        if let minimum, let bound = minimum.number, number < bound { refuse(minimum, "greater") }
        if let maximum, let bound = maximum.number, number > bound { refuse(maximum, "less") }
    }

    private func validateText(_ text: Symbol, _ value: Value, _ path: String, _ findings: inout SchemaFindings) {
        let invalid = "Invalid value: \(value.jsonText): \(path) in body should"
        let count = text.text.unicodeScalars.count
        if let minLength, count < minLength {
            findings.causes.append(
                .init(
                    reason: "FieldValueInvalid", field: path, message: "\(invalid) be at least \(minLength) chars long")
            )
        }
        if let maxLength, count > maxLength {
            findings.causes.append(
                .init(
                    reason: "FieldValueTooLong", field: path,
                    message: "Too long: may not be more than \(maxLength) bytes"))
        }
        if let pattern, !pattern.isEmpty, findings.matches(pattern, text, path, value.origin) == false {
            findings.causes.append(
                .init(reason: "FieldValueInvalid", field: path, message: "\(invalid) match '\(pattern)'"))
        }
    }

    private func validateCount(_ count: Int, _ path: String, _ findings: inout SchemaFindings) {
        if let minItems, count < minItems {
            findings.causes.append(
                .init(
                    reason: "FieldValueInvalid", field: path,
                    message: "Invalid value: \(count): \(path) in body should have at least \(minItems) items"))
        }
        if let maxItems, count > maxItems {
            findings.causes.append(
                .init(
                    reason: "FieldValueTooMany", field: path,
                    message: "Too many: \(count): must have at most \(maxItems) items"))
        }
    }
}
