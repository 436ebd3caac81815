/// Gives a document the form in which the API server stores it: defaults filled in, fields it does not know left
/// out, and so whatever counts as nothing (`null`, an empty list, a zero that JSON does not write).
///
/// Source: `pkg/apis/core/v1` of Kubernetes 1.36 (defaults and conversion), and the `omitempty` of the API's types.
enum GoDefaults {
    /// Structs to which more is done than their fields tell.
    enum Rule: String {
        /// The pull policy follows from the image's tag.
        case container = "Container"
        case image = "ImageVolumeSource"
        /// The deprecated account is a copy of the account, either way.
        case podSpec = "PodSpec"
        /// A volume without a source is an empty directory.
        case volume = "Volume"
    }

    /// A document of the struct as it is stored, keys in the struct's order.
    static func filled(_ value: Value, as type: GoStruct) -> Value {
        var fields: [Field] = []
        fields.reserveCapacity(type.fields.count)
        fill(&fields, from: value, type)
        return Value(.object(fields), value.origin)
    }

    private static func fill(_ fields: inout [Field], from value: Value, _ type: GoStruct) {
        let value = type.rule.map { apply($0, to: value) } ?? value
        for field in type.fields {
            if field.isInline {
                if case .structure(let type) = field.type { fill(&fields, from: value, type) }
                continue
            }
            let found = value[field.key].flatMap { $0.isNull ? .none : normal($0, field.type) }
            if let value = found ?? field.standard.map({ filled($0, field.type) }) {
                fields.append(Field(field.key, value))
            } else if let value = zero(field) {
                fields.append(Field(field.key, value))
            }
        }
    }

    /// A default as its type has it: a struct has defaults of its own.
    private static func filled(_ standard: Value, _ type: GoType) -> Value {
        if case .pointer(.structure(let type)) = type { return filled(standard, as: type) }
        return standard
    }

    /// A value as it is stored; nothing where it counts as nothing. (`nil` beside a value would be a null.)
    private static func normal(_ value: Value, _ type: GoType) -> Value? {
        switch type {
        case .text: return value.symbol.flatMap { $0.isEmpty ? .none : Value($0) }
        case .integer: return whole(value).flatMap { $0 == 0 ? .none : Value.integer($0) }
        case .boolean: return value.boolean == true ? value : .none
        case .time: return nil
        case .quantity: return .string(GoQuantity.canonical(GoQuantity.text(value), isResource: false))
        case .intOrString: return value.symbol == nil ? .integer(whole(value) ?? 0) : value
        case .resourceList:
            return map(value) { .string(GoQuantity.canonical(GoQuantity.text($0), isResource: true)) }
        case .textMap: return map(value) { Value($0.symbol ?? .empty) }
        case .pointer(let type): return normal(value, type) ?? zero(type)
        case .list(let type):
            let elements = value.elements.map { normal($0, type) ?? zero(type) ?? Value(.null) }
            return elements.isEmpty ? .none : Value(.array(elements), value.origin)
        case .structure(let type): return filled(value, as: type)
        }
    }

    private static func map(_ value: Value, _ normal: (Value) -> Value) -> Value? {
        let fields = value.fields.sorted { $0.key.precedes($1.key) }
        return fields.isEmpty ? .none : Value(.object(fields.map { Field($0.key, normal($0.value)) }))
    }

    private static func whole(_ value: Value) -> Int? {
        value.integer ?? value.number.flatMap { Int(exactly: $0) }
    }

    /// What JSON has in a field in which nothing is; nil where it leaves the field out.
    private static func zero(_ field: GoField) -> Value? {
        switch field.type {
        case .quantity, .structure: zero(field.type)
        case .pointer, .list, .textMap, .resourceList: field.isAlwaysWritten ? Value(.null) : .none
        default: field.isAlwaysWritten ? zero(field.type) : .none
        }
    }

    private static func zero(_ type: GoType) -> Value? {
        switch type {
        case .text: Value(.empty)
        case .integer, .intOrString: 0
        case .boolean: false
        case .quantity: "0"
        case .structure(let type): filled(Value(.object([])), as: type)
        case .time, .pointer, .list, .textMap, .resourceList: .none
        }
    }

    private static func apply(_ rule: Rule, to value: Value) -> Value {
        var value = value
        switch rule {
        case .container: setPullPolicy("imagePullPolicy", of: value["image"], in: &value)
        case .image: setPullPolicy("pullPolicy", of: value["reference"], in: &value)
        case .podSpec:
            let account = value["serviceAccountName"]?.symbol ?? .empty
            let name = account.isEmpty ? value["serviceAccount"]?.symbol ?? .empty : account
            if !name.isEmpty {
                value["serviceAccountName"] = Value(name)
                value["serviceAccount"] = Value(name)
            }
        case .volume:
            let hasSource = value.fields.contains { $0.key != "name" && !$0.value.isNull }
            if !hasSource { value["emptyDir"] = Value(.object([])) }
        }
        return value
    }

    private static func setPullPolicy(_ key: Symbol, of image: Value?, in value: inout Value) {
        if value[key]?.symbol?.isEmpty == false { return }
        let always = ContainerFacts.alwaysPulls(image?.text ?? "", policy: "")
        value[key] = always ? "Always" : "IfNotPresent"
    }
}
