import ClusterSimulation

/// Reads the fields of one object: says where a type is wrong or a field missing, and which fields nobody knows.
final class FieldReader {
    let value: Value
    let context: DecodingContext
    private let object: ObjectFields

    init(_ value: Value, _ object: ObjectFields, _ context: DecodingContext) {
        self.value = value
        self.object = object
        self.context = context
        if case .object = value.content { return }
        context.problems.error(
            "wrong-type", "\(object.title) must be an object, not \(value.typeName)", at: value.origin)
    }

    /// The value of a field; nil where it is missing or null.
    func value(_ key: String) -> Value? {
        precondition(object.isMap || object.fields.contains(key), "\(object.title) has no field '\(key)'")
        guard let value = value[Symbol(key)], !value.isNull else { return nil }
        return value
    }

    /// As `value`, and an error where there is none.
    func required(_ key: String) -> Value? {
        if let value = value(key) { return value }
        if case .object = value.content {
            context.problems.error("missing-field", "\(object.title) needs the field '\(key)'", at: value.origin)
        }
        return nil
    }

    private func wrongType(_ key: String, _ value: Value, _ expected: String) {
        context.problems.error(
            "wrong-type", "'\(key)' must be \(expected), not \(value.typeName)", at: value.origin)
    }

    private func place(_ key: String) -> Origin { value[Symbol(key)]?.origin ?? value.origin }

    /// Text; a number is taken as it reads, so that a version need not be quoted.
    func text(_ key: String, required isRequired: Bool = false) -> String? {
        guard let value = isRequired ? required(key) : value(key) else { return nil }
        switch value.content {
        case .string(let symbol): return symbol.text
        case .integer(let number): return String(number)
        case .double(let number): return String(number)
        default:
            wrongType(key, value, "text")
            return nil
        }
    }

    func symbol(_ key: String, required isRequired: Bool = false) -> Symbol? {
        text(key, required: isRequired).map { Symbol($0) }
    }

    func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
        guard let value = value(key) else { return nil }
        guard let number = value.integer else {
            wrongType(key, value, "an integer")
            return nil
        }
        guard range.contains(number) else {
            context.problems.error(
                "out-of-range", "'\(key)' must lie between \(range.lowerBound) and \(range.upperBound)",
                at: value.origin)
            return nil
        }
        return number
    }

    func boolean(_ key: String) -> Bool? {
        guard let value = value(key) else { return nil }
        if value.boolean == nil { wrongType(key, value, "true or false") }
        return value.boolean
    }

    /// The elements of a list; empty where it is missing.
    func list(_ key: String, required isRequired: Bool = false) -> [Value] {
        guard let value = isRequired ? required(key) : value(key) else { return [] }
        guard case .array(let elements) = value.content else {
            wrongType(key, value, "a list")
            return []
        }
        return elements
    }

    /// A list of texts, each with its place.
    func texts(_ key: String, required isRequired: Bool = false) -> [(text: String, origin: Origin)] {
        list(key, required: isRequired).compactMap { element in
            if let text = element.text { return (text, element.origin) }
            if let number = element.integer { return (String(number), element.origin) }
            context.problems.error(
                "wrong-type", "'\(key)' must list texts, not \(element.typeName)", at: element.origin)
            return nil
        }
    }

    /// One text or a list of texts, each with its place; nil where it is missing. Numbers are taken as they read.
    func textOrTexts(_ key: String) -> [(text: String, origin: Origin)]? {
        guard let value = value(key) else { return nil }
        guard case .array(let elements) = value.content else {
            return text(key).map { [($0, value.origin)] }
        }
        return elements.compactMap { element in
            switch element.content {
            case .string(let symbol): return (symbol.text, element.origin)
            case .integer(let number): return (String(number), element.origin)
            case .double(let number): return (String(number), element.origin)
            default:
                context.problems.error(
                    "wrong-type", "'\(key)' must list texts, not \(element.typeName)", at: element.origin)
                return nil
            }
        }
    }

    func symbols(_ key: String, required isRequired: Bool = false) -> [Symbol] {
        texts(key, required: isRequired).map { Symbol($0.text) }
    }

    /// A reader of the object under a key; nil where it is missing.
    func object(_ key: String, _ fields: ObjectFields) -> FieldReader? {
        value(key).map { FieldReader($0, fields, context) }
    }

    /// One of some words.
    func word(_ key: String, among words: [String]) -> String? {
        guard let text = text(key) else { return nil }
        if words.contains(text) { return text }
        context.problems.error(
            "unknown-value", "'\(key)' must be one of \(words.joined(separator: ", ")), not '\(text)'",
            at: place(key), word: text, known: words)
        return nil
    }

    func time(_ key: String, required isRequired: Bool = false) -> SimulationTime? {
        guard let text = text(key, required: isRequired) else { return nil }
        if let time = SimulationTime(rfc3339: text) { return time }
        context.problems.error(
            "invalid-time", "'\(key)' must be a time like 2025-11-26T18:00:00Z, not '\(text)'", at: place(key))
        return nil
    }

    func span(_ key: String) -> SimulationTime.Span? {
        guard let text = text(key) else { return nil }
        if let span = SimulationTime.Span(text: text) { return span }
        context.problems.error(
            "invalid-duration", "'\(key)' must be a duration like 10m, 1h30m or 500ms, not '\(text)'",
            at: place(key))
        return nil
    }

    /// The fields, whatever their names: where a map's keys are the user's.
    func entries() -> [Field] { value.fields }

    /// Names every field that the object does not have.
    func finish() {
        if object.isMap { return }
        for field in value.fields where !object.fields.contains(field.key.text) {
            context.problems.error(
                "unknown-field", "\(object.title) has no field '\(field.key)'", at: field.keyOrigin,
                word: field.key.text, known: object.fields)
        }
    }
}
