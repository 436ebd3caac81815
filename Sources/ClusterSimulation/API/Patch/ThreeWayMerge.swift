/// The merge of `kubectl apply` and Argo CD: what the manifest says now, what it said last time, what is there.
///
/// A field that the manifest no longer has and had before is removed; a field that somebody else added stays. Source:
/// "Declarative Management of Kubernetes Objects", section "How apply calculates differences and merges changes".
struct ThreeWayMerge {
    let kind: KindID
    /// Custom resources have no merge keys: their lists are replaced as a whole.
    let isCustom: Bool

    /// - Parameter original: the manifest as it was applied last; nil where it never was.
    func merge(original: Value?, modified: Value, current: Value) -> Value {
        object(original, modified, current, "")
    }

    private func object(_ original: Value?, _ modified: Value, _ current: Value, _ name: Symbol) -> Value {
        var fields: [Field] = []
        for field in current.fields {
            if let wanted = modified[field.key] {
                if wanted.isNull { continue }
                let value = value(original?[field.key], wanted, field.value, field.key, name)
                fields.append(Field(field.key, value, keyOrigin: field.keyOrigin))
            } else if original?[field.key] == nil {
                fields.append(field)
            }
        }
        for field in modified.fields where !field.value.isNull && current[field.key] == nil { fields.append(field) }
        return Value(.object(fields), modified.origin)
    }

    private func value(
        _ original: Value?, _ modified: Value, _ current: Value, _ field: Symbol, _ parent: Symbol
    ) -> Value {
        switch (modified.content, current.content) {
        case (.object, .object): return object(original, modified, current, field)
        case (.array(let wanted), .array(let present)):
            if isCustom { return modified }
            let before = original?.elements ?? []
            if ListMerge.isSet(field) { return set(before, wanted, present, modified.origin) }
            if let key = ListMerge.key(of: field, in: parent, kind) {
                return list(before, wanted, present, key, field, modified.origin)
            }
            guard original != nil, before.count == wanted.count, wanted.count == present.count else { return modified }
            // A list that is replaced as a whole gets its defaults again, so element by element is the same.
            let elements = wanted.indices.map { value(before[$0], wanted[$0], present[$0], field, parent) }
            return Value(.array(elements), modified.origin)
        default: return modified
        }
    }

    private func list(
        _ original: [Value], _ modified: [Value], _ current: [Value], _ key: Symbol, _ field: Symbol, _ origin: Origin
    ) -> Value {
        var elements: [Value] = []
        for wanted in modified {
            let name = wanted[key]
            if let present = current.first(where: { $0[key] == name && name != nil }) {
                let before = original.first { $0[key] == name }
                elements.append(object(before, wanted, present, field))
            } else {
                elements.append(wanted)
            }
        }
        for present in current {
            let name = present[key]
            let isKnown = modified.contains { $0[key] == name } || original.contains { $0[key] == name }
            if !isKnown { elements.append(present) }
        }
        return Value(.array(ListMerge.ordered(elements, by: modified, server: current, key)), origin)
    }

    private func set(_ original: [Value], _ modified: [Value], _ current: [Value], _ origin: Origin) -> Value {
        var elements = current.filter { modified.contains($0) || !original.contains($0) }
        for wanted in modified where !elements.contains(wanted) { elements.append(wanted) }
        return Value(.array(elements), origin)
    }
}
