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
        let currentFields = FieldIndex(current)
        let originalFields = FieldIndex(original)
        let modifiedFields = FieldIndex(modified)
        for field in current.fields {
            if let wanted = modifiedFields[field.key] {
                if wanted.isNull { continue }
                let value = value(originalFields[field.key], wanted, field.value, field.key, name)
                fields.append(Field(field.key, value, keyOrigin: field.keyOrigin))
            } else if originalFields[field.key] == nil {
                fields.append(field)
            }
        }
        for field in modified.fields where !field.value.isNull && currentFields[field.key] == nil {
            fields.append(field)
        }
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
        let originalPlaces = ElementIndex(original, key)
        let modifiedPlaces = ElementIndex(modified, key)
        let currentPlaces = ElementIndex(current, key)
        for wanted in modified {
            if wanted[key] != nil, let present = currentPlaces.first(like: wanted) {
                let before = originalPlaces.first(like: wanted).map { original[$0] }
                elements.append(object(before, wanted, current[present], field))
            } else {
                elements.append(wanted)
            }
        }
        for present in current {
            let isKnown = modifiedPlaces.first(like: present) != nil || originalPlaces.first(like: present) != nil
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
