/// Strategic merge patch: a merge patch that knows the keys of lists, with the directives `$patch`, `$retainKeys`,
/// `$deleteFromPrimitiveList` and `$setElementOrder`.
///
/// Source: "Strategic Merge Patch" of the Kubernetes community's API conventions.
struct StrategicMergePatch {
    let kind: KindID

    /// The document after the patch.
    func applied(_ patch: Value, to document: Value) -> Value { object(document, patch, .empty) }

    private func object(_ current: Value, _ patch: Value, _ name: Symbol) -> Value {
        switch patch["$patch"]?.symbol {
        case "replace": return Value(.object(plain(patch.fields)), patch.origin)
        case "delete": return Value(.object([]), patch.origin)
        default: break
        }
        var result = Value(.object(current.fields), current.origin)
        if let kept = patch["$retainKeys"]?.symbols {
            result = Value(.object(current.fields.filter { kept.contains($0.key) }), current.origin)
        }
        for field in plain(patch.fields) {
            if field.value.isNull {
                result[field.key] = nil
            } else {
                result[field.key] = value(result[field.key], field.value, field.key, name)
            }
        }
        for field in patch.fields { applyDirective(field, current, &result, name) }
        return result
    }

    private func plain(_ fields: [Field]) -> [Field] {
        fields.filter { $0.key.utf8.first != 36 }  // "$"
    }

    private func value(_ current: Value?, _ patch: Value, _ field: Symbol, _ parent: Symbol) -> Value {
        switch patch.content {
        case .object:
            return object(current ?? Value(.object([])), patch, field)
        case .array(let changes):
            if ListMerge.isSet(field) {
                var elements = current?.elements ?? []
                for change in changes where !elements.contains(change) { elements.append(change) }
                return Value(.array(elements), patch.origin)
            }
            guard let key = ListMerge.key(of: field, in: parent, kind) else {
                return Value(.array(changes), patch.origin)
            }
            return list(current?.elements ?? [], changes, key, field, patch.origin)
        default: return patch
        }
    }

    private func list(_ current: [Value], _ changes: [Value], _ key: Symbol, _ field: Symbol, _ origin: Origin) -> Value
    {
        let replaces = changes.contains { $0["$patch"]?.symbol == "replace" && $0[key] == nil }
        var elements = replaces ? [] : current
        for change in changes {
            let directive = change["$patch"]?.symbol
            guard let name = change[key] else { continue }
            let place = elements.firstIndex { $0[key] == name }
            if directive == "delete" {
                elements.removeAll { $0[key] == name }
            } else if let place {
                elements[place] = object(elements[place], change, field)
            } else {
                elements.append(object(Value(.object([])), change, field))
            }
        }
        return Value(.array(ListMerge.ordered(elements, by: changes, server: current, key)), origin)
    }

    private func applyDirective(_ field: Field, _ current: Value, _ result: inout Value, _ parent: Symbol) {
        let text = field.key.text
        if text.hasPrefix("$deleteFromPrimitiveList/") {
            let name = Symbol(text.dropFirst("$deleteFromPrimitiveList/".count))
            guard let list = result[name] else { return }
            let removed = field.value.elements
            result[name] = Value(.array(list.elements.filter { !removed.contains($0) }), list.origin)
        } else if text.hasPrefix("$setElementOrder/") {
            let name = Symbol(text.dropFirst("$setElementOrder/".count))
            guard let list = result[name] else { return }
            let key = ListMerge.key(of: name, in: parent, kind)
            let server = current[name]?.elements ?? []
            let elements = ListMerge.ordered(list.elements, by: field.value.elements, server: server, key)
            result[name] = Value(.array(elements), list.origin)
        }
    }
}
