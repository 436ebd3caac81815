import ClusterSimulation

/// Helm's rules for putting values together.
enum ChartValues {
    /// `upper` over `lower`: maps merged, everything else replaced, null takes a key out.
    static func merged(_ lower: Value, with upper: Value) -> Value {
        guard case .object(var fields) = lower.content, case .object(let added) = upper.content else {
            return upper.isNull ? lower : upper
        }
        var places: [Symbol: Int] = [:]
        for (index, field) in fields.enumerated() { places[field.key] = index }
        var removed: Set<Symbol> = []
        for field in added {
            if let index = places[field.key] {
                if field.value.isNull {
                    removed.insert(field.key)
                } else if case .object = field.value.content, case .object = fields[index].value.content {
                    fields[index].value = merged(fields[index].value, with: field.value)
                } else {
                    fields[index] = field
                }
            } else if !field.value.isNull {
                fields.append(field)
            }
        }
        fields.removeAll { removed.contains($0.key) }
        return Value(.object(fields), lower.origin.isNone ? upper.origin : lower.origin)
    }

    /// The deepest path of `--set`. Source: Helm `pkg/strvals`, `MaxNestedNameLevel`.
    private static let depthMax = 30

    /// `helm.parameters`, as `--set` and `--set-string` take them.
    static func apply(parameters: [Value], to values: Value) throws(Chart.Failure) -> Value {
        var values = values
        var work = 0
        for parameter in parameters {
            guard let name = parameter["name"]?.text else { continue }
            let place = parameter["value"]?.origin ?? parameter.origin
            let text = parameter["value"]?.text ?? ""
            let isText = parameter["forceString"]?.boolean ?? false
            let value = Value(isText ? .string(Symbol(text)) : content(of: text), place)
            let keys = keys(of: name)
            guard keys.count <= depthMax else {
                throw Chart.Failure(
                    message: "failed parsing --set data: value name nested level is greater than maximum supported "
                        + "nested level of \(depthMax)", origin: parameter.origin)
            }
            values = set(value, at: keys[...], in: values, &work)
            guard work <= ManifestLimits.parameterElementsMax else {
                throw Chart.Failure(
                    message: "the indices of 'helm.parameters' make lists of more than "
                        + "\(ManifestLimits.parameterElementsMax) elements in all", isUnknown: true,
                    origin: parameter.origin)
            }
        }
        return values
    }

    /// The type that `--set` reads from a text.
    private static func content(of text: String) -> Value.Content {
        switch text {
        case "true": return .boolean(true)
        case "false": return .boolean(false)
        case "null": return .null
        default:
            if let number = Int64(text), text == "0" || !text.hasPrefix("0") { return .integer(number) }
            return .string(Symbol(text))
        }
    }

    private enum Key: Equatable {
        case name(Symbol)
        case index(Int)
    }

    /// `a.b\.c[0]` taken apart.
    private static func keys(of name: String) -> [Key] {
        var keys: [Key] = []
        var current = ""
        var isEscaped = false
        for character in name {
            if isEscaped {
                current.append(character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == "." || character == "[" {
                if !current.isEmpty { keys.append(.name(Symbol(current))) }
                current = ""
            } else if character == "]", let index = Int(current), (0...65_536).contains(index) {
                keys.append(.index(index))
                current = ""
            } else {
                current.append(character)
            }
        }
        if !current.isEmpty { keys.append(.name(Symbol(current))) }
        return keys
    }

    /// - Parameter work: counts the elements of the lists that are made or copied.
    private static func set(
        _ value: Value, at keys: ArraySlice<Key>, in container: Value, _ work: inout Int
    ) -> Value {
        guard let key = keys.first else { return value }
        switch key {
        case .name(let name):
            var result = container
            if case .object = result.content {} else { result = Value(.object([]), value.origin) }
            result[name] = set(value, at: keys.dropFirst(), in: result[name] ?? Value(.null, value.origin), &work)
            return result
        case .index(let index):
            var elements = container.elements
            work += max(elements.count, index + 1)
            guard work <= ManifestLimits.parameterElementsMax else { return container }
            while elements.count <= index { elements.append(Value(.null, value.origin)) }
            elements[index] = set(value, at: keys.dropFirst(), in: elements[index], &work)
            return Value(.array(elements), container.origin)
        }
    }
}
