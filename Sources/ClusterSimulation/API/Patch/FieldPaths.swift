/// The fields of a document by path, as server-side apply owns them.
///
/// A leaf is a plain value, an empty object, or a list that is replaced as a whole; an element of a keyed list is a
/// path of its own besides its fields. Source: structured-merge-diff, as "Server-Side Apply" documents it.
final class FieldPaths {
    /// In the order in which conflicts are listed: the leaves of an object before its inner objects.
    private(set) var paths: [(path: Symbol, value: Value)] = []
    /// The paths alone.
    private(set) var names: Set<Symbol> = []
    private var values: [Symbol: Value] = [:]
    private let kind: KindID
    private let isCustom: Bool

    init(_ document: Value, _ kind: KindID, isCustom: Bool) {
        self.kind = kind
        self.isCustom = isCustom
        var path: [UInt8] = []
        collect(document, &path, .empty)
        names = Set(paths.lazy.map(\.path))
    }

    subscript(path: Symbol) -> Value? { values[path] }

    private func add(_ path: [UInt8], _ value: Value) {
        let symbol = Symbol(utf8: path)
        guard values.updateValue(value, forKey: symbol) == nil else { return }
        paths.append((symbol, value))
    }

    /// - Parameter path: of the object; the same afterwards.
    private func collect(_ object: Value, _ path: inout [UInt8], _ name: Symbol) {
        let fields = object.fields.sorted { $0.key.precedes($1.key) }
        let length = path.count
        for field in fields where isLeaf(field, in: name) {
            Self.append(field.key, to: &path)
            add(path, field.value)
            path.removeLast(path.count - length)
        }
        for field in fields where !isLeaf(field, in: name) {
            Self.append(field.key, to: &path)
            if case .object = field.value.content {
                collect(field.value, &path, field.key)
            } else {
                let length = path.count
                for element in field.value.elements {
                    path.append(contentsOf: Self.selector(element, field.key, in: name, kind).utf8)
                    add(path, true)
                    collect(element, &path, field.key)
                    path.removeLast(path.count - length)
                }
            }
            path.removeLast(path.count - length)
        }
    }

    private static func append(_ key: Symbol, to path: inout [UInt8]) {
        path.append(UInt8(ascii: "."))
        path.append(contentsOf: key.utf8)
    }

    private func isLeaf(_ field: Field, in parent: Symbol) -> Bool {
        switch field.value.content {
        case .object(let fields): fields.isEmpty || field.key == "selector" || field.key == "matchLabels"
        case .array(let elements):
            elements.isEmpty || isCustom && !ListMerge.isSet(field.key)
                || !ListMerge.isSet(field.key) && ListMerge.key(of: field.key, in: parent, kind) == nil
        default: true
        }
    }

    /// `[name="main"]`, `[containerPort=80,protocol="TCP"]`, `[="a"]`.
    static func selector(_ element: Value, _ field: Symbol, in parent: Symbol, _ kind: KindID) -> String {
        guard let key = ListMerge.key(of: field, in: parent, kind) else { return "[=\(element.jsonText)]" }
        let name = (element[key] ?? Value(.null)).jsonText
        if field == "topologySpreadConstraints" {
            let action = (element["whenUnsatisfiable"] ?? Value(.null)).jsonText
            return "[\(key)=\(name),whenUnsatisfiable=\(action)]"
        }
        guard field == "ports" else { return "[\(key)=\(name)]" }
        return "[\(key)=\(name),protocol=\((element["protocol"] ?? "TCP").jsonText)]"
    }

    /// The document without the fields and list elements of these paths.
    static func removing(_ removed: Set<Symbol>, from document: Value, _ kind: KindID, isCustom: Bool) -> Value {
        FieldPaths(Value(.object([])), kind, isCustom: isCustom).pruned(document, "", .empty, removed)
    }

    private func pruned(_ object: Value, _ path: String, _ name: Symbol, _ removed: Set<Symbol>) -> Value {
        var fields: [Field] = []
        for field in object.fields {
            let path = "\(path).\(field.key)"
            if isLeaf(field, in: name) {
                if !removed.contains(Symbol(path)) { fields.append(field) }
                continue
            }
            if case .object = field.value.content {
                let value = pruned(field.value, path, field.key, removed)
                if value.fields.isEmpty { continue }
                fields.append(Field(field.key, value, keyOrigin: field.keyOrigin))
                continue
            }
            var elements: [Value] = []
            for element in field.value.elements {
                let path = path + Self.selector(element, field.key, in: name, kind)
                if removed.contains(Symbol(path)) { continue }
                if case .object = element.content {
                    elements.append(pruned(element, path, field.key, removed))
                } else {
                    elements.append(element)
                }
            }
            if elements.isEmpty { continue }
            fields.append(Field(field.key, Value(.array(elements), field.value.origin), keyOrigin: field.keyOrigin))
        }
        return Value(.object(fields), object.origin)
    }
}
