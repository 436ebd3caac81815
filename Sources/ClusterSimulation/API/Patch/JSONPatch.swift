/// JSON Patch (RFC 6902) on values.
struct JSONPatch {
    let operations: [Value]

    /// nil where the patch is no list of operations.
    init?(_ patch: Value) {
        guard case .array(let operations) = patch.content else { return nil }
        self.operations = operations
    }

    /// The document after all operations; nil where one cannot be done, so that none is.
    func applied(to document: Value) -> Value? {
        var document = document
        for operation in operations {
            guard let path = operation["path"]?.text.flatMap(Self.path) else { return nil }
            guard let next = Self.apply(operation, path, to: document) else { return nil }
            document = next
        }
        return document
    }

    private static func apply(_ operation: Value, _ path: [String], to document: Value) -> Value? {
        switch operation["op"]?.symbol {
        case "add": return operation["value"].flatMap { set(document, path[...], .add($0)) }
        case "replace": return operation["value"].flatMap { set(document, path[...], .replace($0)) }
        case "remove": return set(document, path[...], .remove)
        case "test":
            // Kubernetes takes a missing value for null.
            let found = get(document, path[...]) ?? Value(.null)
            guard found == operation["value"] ?? Value(.null) else { return nil }
            return document
        case "copy", "move":
            guard let from = operation["from"]?.text.flatMap(Self.path), let value = get(document, from[...]) else {
                return nil
            }
            if operation["op"]?.symbol == "copy" { return set(document, path[...], .add(value)) }
            return set(document, from[...], .remove).flatMap { set($0, path[...], .add(value)) }
        default: return nil
        }
    }

    private enum Change {
        case add(Value)
        case replace(Value)
        case remove
    }

    /// A JSON pointer taken apart (RFC 6901).
    private static func path(_ text: String) -> [String]? {
        if text.isEmpty { return [] }
        guard text.hasPrefix("/") else { return nil }
        return text.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map(unescaped)
    }

    private static func unescaped(_ part: Substring) -> String {
        var text = ""
        var isEscaped = false
        for character in part {
            if isEscaped {
                text.append(character == "1" ? "/" : character == "0" ? "~" : character)
                isEscaped = false
            } else if character == "~" {
                isEscaped = true
            } else {
                text.append(character)
            }
        }
        return text
    }

    private static func get(_ value: Value, _ path: ArraySlice<String>) -> Value? {
        guard let first = path.first else { return value }
        if case .array(let elements) = value.content {
            guard let index = index(first, elements.count), index < elements.count else { return nil }
            return get(elements[index], path.dropFirst())
        }
        return value[Symbol(first)].flatMap { get($0, path.dropFirst()) }
    }

    private static func index(_ text: String, _ count: Int) -> Int? {
        if text == "-" { return count }
        guard let index = Int(text), index >= 0, index <= count else { return nil }
        return index
    }

    private static func set(_ value: Value, _ path: ArraySlice<String>, _ change: Change) -> Value? {
        guard let first = path.first else {
            switch change {
            case .add(let new), .replace(let new): return new
            case .remove: return Value(.null)
            }
        }
        switch value.content {
        case .object: return set(value, key: Symbol(first), path.dropFirst(), change)
        case .array(let elements): return set(value, elements, first, path.dropFirst(), change)
        default: return nil
        }
    }

    private static func set(_ value: Value, key: Symbol, _ rest: ArraySlice<String>, _ change: Change) -> Value? {
        var value = value
        if !rest.isEmpty {
            guard let inner = value[key], let changed = set(inner, rest, change) else { return nil }
            value[key] = changed
            return value
        }
        switch change {
        case .add(let new): value[key] = new
        case .replace(let new):
            guard value[key] != nil else { return nil }
            value[key] = new
        case .remove:
            guard value[key] != nil else { return nil }
            value[key] = nil
        }
        return value
    }

    private static func set(
        _ value: Value, _ elements: [Value], _ name: String, _ rest: ArraySlice<String>, _ change: Change
    ) -> Value? {
        guard let index = index(name, elements.count) else { return nil }
        var elements = elements
        if !rest.isEmpty {
            guard index < elements.count, let changed = set(elements[index], rest, change) else { return nil }
            elements[index] = changed
            return Value(.array(elements), value.origin)
        }
        switch change {
        case .add(let new): elements.insert(new, at: index)
        case .replace(let new):
            guard index < elements.count else { return nil }
            elements[index] = new
        case .remove:
            guard index < elements.count else { return nil }
            elements.remove(at: index)
        }
        return Value(.array(elements), value.origin)
    }
}
