import ClusterSimulation

/// Validates values against the part of JSON Schema (draft 2020-12) that the schema of scenarios uses. A keyword
/// that it does not know is a failure, so that none is passed over.
struct JSONSchema {
    let root: Value

    private static let annotations: Set<String> = ["$schema", "$id", "$defs", "title", "description"]

    /// What is wrong with a value: `path: reason`; empty: it is valid.
    func problems(of value: Value) -> [String] { problems(of: value, root, "") }

    private func problems(of value: Value, _ schema: Value, _ path: String) -> [String] {
        schema.fields.flatMap { check(value, $0.key.text, $0.value, schema, path) }
    }

    private func isValid(_ value: Value, _ schema: Value) -> Bool { problems(of: value, schema, "").isEmpty }

    private func check(
        _ value: Value, _ keyword: String, _ argument: Value, _ schema: Value, _ path: String
    ) -> [String] {
        func fail(_ reason: String) -> [String] { ["\(path): \(reason)"] }
        switch keyword {
        case _ where Self.annotations.contains(keyword): return []
        case "$ref": return problems(of: value, resolve(argument.text ?? ""), path)
        case "type":
            let types = argument.text.map { [$0] } ?? argument.elements.compactMap(\.text)
            return types.contains { Self.has(value, type: $0) } ? [] : fail("is no \(types)")
        case "const": return value == argument ? [] : fail("is not \(argument.text ?? "")")
        case "enum": return argument.elements.contains(value) ? [] : fail("is none of the words")
        case "required":
            return argument.elements.compactMap(\.text).filter { value[Symbol($0)] == nil }.flatMap {
                fail("lacks \($0)")
            }
        case "dependentRequired":
            return argument.fields.filter { value[$0.key] != nil }.flatMap {
                check(value, "required", $0.value, schema, path)
            }
        case "properties":
            return argument.fields.flatMap { field in
                value[field.key].map { problems(of: $0, field.value, "\(path)/\(field.key)") } ?? []
            }
        case "additionalProperties":
            let others = value.fields.filter { schema["properties"]?[$0.key] == nil }
            if argument.boolean == false { return others.flatMap { fail("has no property \($0.key)") } }
            return others.flatMap { problems(of: $0.value, argument, "\(path)/\($0.key)") }
        case "items":
            return value.elements.enumerated().flatMap { problems(of: $0.element, argument, "\(path)/\($0.offset)") }
        case "minimum": return (value.integer ?? 0) < argument.integer ?? 0 ? fail("is too small") : []
        case "maximum": return (value.integer ?? 0) > argument.integer ?? 0 ? fail("is too large") : []
        case "pattern":
            guard let text = value.text, let regex = try? Regex(argument.text ?? "") else { return [] }
            return text.contains(regex) ? [] : fail("does not match \(argument.text ?? "")")
        case "anyOf": return argument.elements.contains { isValid(value, $0) } ? [] : fail("matches none of anyOf")
        case "oneOf":
            let count = argument.elements.count { isValid(value, $0) }
            return count == 1 ? [] : fail("matches \(count) of oneOf")
        case "not": return isValid(value, argument) ? fail("must not match") : []
        case "if":
            guard isValid(value, argument), let then = schema["then"] else { return [] }
            return problems(of: value, then, path)
        case "then": return []
        default: return fail("the validator does not know '\(keyword)'")
        }
    }

    private func resolve(_ reference: String) -> Value {
        var value = root
        for part in reference.split(separator: "/").dropFirst() { value = value[Symbol(String(part))] ?? Value(.null) }
        return value
    }

    private static func has(_ value: Value, type: String) -> Bool {
        switch (type, value.content) {
        case ("object", .object), ("array", .array), ("string", .string), ("boolean", .boolean), ("integer", .integer),
            ("number", .integer), ("number", .double):
            true
        default: false
        }
    }
}
