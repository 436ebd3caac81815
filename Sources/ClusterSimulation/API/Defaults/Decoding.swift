/// What the API server finds when it reads a document of a built-in kind into its types.
///
/// Kinds without a table of fields fit always. Source: Go's `encoding/json` as `sigs.k8s.io/json` has it, and
/// `resource.Quantity` of apimachinery.
struct Decoding {
    /// Paths of fields that the type does not have, in the order of the document.
    private(set) var unknown: [String] = []
    /// The first value that does not fit.
    private(set) var problem: String?
    /// What server-side apply has against the document: unknown fields, and elements of a list with the same key.
    private(set) var undeclared: [String] = []

    private let kind: KindID

    /// Where the reader is: the struct it fills, the fields that lead there (of lists no index, as Go says them), and
    /// the path with indices.
    private struct Place {
        var type: String
        var fields: String
        var path: String
        /// As server-side apply writes it: `.spec.containers[name="main"]`.
        var owned: String
        /// The last field, and the one before it.
        var key: Symbol = .empty
        var parent: Symbol = .empty

        func field(_ key: Symbol) -> Place {
            Place(
                type: type, fields: fields.isEmpty ? key.text : "\(fields).\(key)",
                path: path.isEmpty ? key.text : "\(path).\(key)", owned: "\(owned).\(key)", key: key, parent: self.key)
        }
    }

    init(_ document: Value, _ kind: KindID) {
        self.kind = kind
        guard let type = GoTables.bodies[kind] else { return }
        let root = Place(type: type.name, fields: "", path: "", owned: "")
        for field in document.fields {
            switch field.key {
            case "apiVersion", "kind", "status": continue
            case "metadata": read(field.value, .structure(GoTables.objectMeta), root.field("metadata"))
            default: read(field, of: type, root)
            }
        }
    }

    private mutating func read(_ field: Field, of type: GoStruct, _ place: Place) {
        // Times and owners of fields are read by rules of their own.
        if type === GoTables.objectMeta, field.key == "managedFields" { return }
        guard let known = type.field(field.key) else {
            let place = place.field(field.key)
            unknown.append(place.path)
            undeclared.append("\(place.owned): field not declared in schema")
            return
        }
        read(field.value, known.type, place.field(field.key))
    }

    private mutating func read(_ value: Value, _ type: GoType, _ place: Place) {
        if value.isNull { return }
        switch (type, value.content) {
        case (.time, _), (.intOrString, _), (.text, .string), (.integer, .integer), (.boolean, .boolean): break
        case (.pointer(let type), _): read(value, type, place)
        case (.quantity, _): readQuantity(value)
        case (.resourceList, .object(let fields)): for field in fields { readQuantity(field.value) }
        case (.textMap, .object(let fields)): for field in fields { read(field.value, .text("string"), place) }
        case (.list(let type), .array(let elements)): read(elements, type, place)
        case (.structure(let type), .object(let fields)):
            var place = place
            place.type = type.name
            for field in fields { read(field, of: type, place) }
        default: refuse(value, type, place)
        }
    }

    private mutating func read(_ elements: [Value], _ type: GoType, _ place: Place) {
        let isKeyed = ListMerge.key(of: place.key, in: place.parent, kind) != nil
        var keys: Set<String> = []
        for (index, element) in elements.enumerated() {
            let selector =
                isKeyed ? FieldPaths.selector(element, place.key, in: place.parent, kind) : "[\(index)]"
            if isKeyed, !keys.insert(selector).inserted {
                undeclared.append("\(place.owned): duplicate entries for key \(selector)")
            }
            var place = place
            place.path += "[\(index)]"
            place.owned += selector
            read(element, type, place)
        }
    }

    private mutating func refuse(_ value: Value, _ type: GoType, _ place: Place) {
        if problem != nil { return }
        let found =
            switch value.content {
            case .boolean: "bool"
            case .integer: "number"
            case .double: "number \(value.jsonText)"
            case .string: "string"
            case .array: "array"
            default: "object"
            }
        problem =
            "json: cannot unmarshal \(found) into Go struct field \(place.type).\(place.fields) of type \(type.name)"
    }

    private mutating func readQuantity(_ value: Value) {
        if problem != nil || value.isNull || Quantity(value) != nil { return }
        let text = value.text ?? value.jsonText
        let number = text.drop { $0 == "+" || $0 == "-" }
        let suffix = number.drop { ("0"..."9").contains($0) || $0 == "." }
        let isSuffix = !suffix.isEmpty && suffix.allSatisfy { "eEinumkKMGTP".contains($0) }
        problem =
            suffix.count < number.count && isSuffix
            ? "unable to parse quantity's suffix"
            : "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
    }
}

extension Simulation {
    /// Refuses a body that does not fit the types of its kind: 400. Found out once a body.
    func requireReadable(_ body: BodyID, _ kind: KindID) throws(APIError) {
        if tables.isCustom(kind) { return }
        if let problem = decoding(body, kind)?.problem { throw APIError.unreadable(self.kind(kind), problem) }
    }

    /// Refuses a manifest for server-side apply that has fields which the kind's schema has not: 500, as a failure of
    /// the server's own. Source: `structuredmerge.go` of apimachinery; kubernetes/kubernetes issue 122480.
    func requireDeclared(_ manifest: ObjectDraft) throws(APIError) {
        var errors = decoding(manifest.body, manifest.kind)?.undeclared ?? []
        if tables.isCustom(manifest.kind) {
            let definition = facts(definition(of: manifest.kind), DefinitionFacts.self)
            let unknown = definition?.storageVersion?.schema?.unknownFields(tables.body(manifest.body).value) ?? []
            errors = unknown.map { ".\($0): field not declared in schema" }
        }
        if errors.isEmpty { return }
        let kind = self.kind(manifest.kind)
        let list = errors.count == 1 ? errors[0] : "errors:" + errors.map { "\n  \($0)" }.joined()
        throw APIError(
            code: 500, reason: "",
            message: "failed to create typed patch object (\(manifest.namespace)/\(manifest.name); "
                + "\(kind.group)/\(kind.version), Kind=\(kind.kind)): \(list)")
    }

    /// What there is to say against a body; nil where nothing is.
    private func decoding(_ body: BodyID, _ kind: KindID) -> Decoding? {
        tables.memo.store(DecodingMemo.self, make: DecodingMemo.init).decoding(of: tables.body(body), kind)
    }
}

/// What is wrong with bodies, by their ids.
private final class DecodingMemo {
    private var isKnown: [Bool] = []
    private var findings: [BodyID: Decoding] = [:]

    func decoding(of body: Body, _ kind: KindID) -> Decoding? {
        let index = Int(body.id.index)
        if index < isKnown.count, isKnown[index] { return findings.isEmpty ? nil : findings[body.id] }
        while isKnown.count <= index { isKnown.append(false) }
        isKnown[index] = true
        let decoding = Decoding(body.value, kind)
        if decoding.problem != nil || !decoding.undeclared.isEmpty { findings[body.id] = decoding }
        return findings[body.id]
    }
}

extension APIError {
    /// 400 for a document that the API server cannot read into a kind's type.
    static func unreadable(_ kind: Kind, _ problem: String) -> APIError {
        APIError(
            code: 400, reason: "BadRequest",
            message: "\(kind.kind) in version \"\(kind.version)\" cannot be handled as a \(kind.kind): \(problem)")
    }
}

extension GoStruct {
    /// The field with that key, also one of a struct that stands inline.
    func field(_ key: Symbol) -> GoField? {
        for field in fields {
            if field.isInline, case .structure(let type) = field.type {
                if let found = type.field(key) { return found }
            } else if field.key == key {
                return field
            }
        }
        return nil
    }
}
