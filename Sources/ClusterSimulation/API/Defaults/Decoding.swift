/// What the API server finds when it reads a document of a built-in kind into its types.
///
/// Kinds without a table of fields fit always. Source: Go's `encoding/json` as `sigs.k8s.io/json` has it, and
/// `resource.Quantity` of apimachinery.
struct Decoding {
    /// Paths of fields that the type does not have, in the order of the document.
    private(set) var unknown: [String] = []
    /// The first value that does not fit.
    private(set) var problem: String?

    /// Where the reader is: the struct it fills, the fields that lead there (of lists no index, as Go says them), and
    /// the path with indices.
    private struct Place {
        var type: String
        var fields: String
        var path: String

        func field(_ key: Symbol) -> Place {
            Place(
                type: type, fields: fields.isEmpty ? key.text : "\(fields).\(key)",
                path: path.isEmpty ? key.text : "\(path).\(key)")
        }
    }

    init(_ document: Value, _ kind: KindID) {
        guard let type = GoTables.bodies[kind] else { return }
        let root = Place(type: type.name, fields: "", path: "")
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
            unknown.append(place.field(field.key).path)
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
        case (.list(let type), .array(let elements)):
            for (index, element) in elements.enumerated() {
                var place = place
                place.path += "[\(index)]"
                read(element, type, place)
            }
        case (.structure(let type), .object(let fields)):
            var place = place
            place.type = type.name
            for field in fields { read(field, of: type, place) }
        default: refuse(value, type, place)
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
        problem = "json: cannot unmarshal \(found) into Go struct field \(place.type).\(place.fields) of type \(type.name)"
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
        let memo = tables.memo.store(DecodingMemo.self, make: DecodingMemo.init)
        if let problem = memo.problem(of: tables.body(body), kind) {
            throw APIError.unreadable(tables.kind(kind), problem)
        }
    }
}

/// What is wrong with bodies, by their ids.
private final class DecodingMemo {
    private var isKnown: [Bool] = []
    private var problems: [BodyID: String] = [:]

    func problem(of body: Body, _ kind: KindID) -> String? {
        let index = Int(body.id.index)
        if index < isKnown.count, isKnown[index] { return problems.isEmpty ? nil : problems[body.id] }
        while isKnown.count <= index { isKnown.append(false) }
        isKnown[index] = true
        let problem = Decoding(body.value, kind).problem
        problems[body.id] = problem
        return problem
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
