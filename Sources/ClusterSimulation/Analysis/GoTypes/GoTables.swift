/// The Go structs of pod templates and of the bodies of built-in kinds, read from the tables beside this file.
///
/// A table's line is a struct's name at the margin, or a field: its Go name, its type, and what is not as usual.
///
/// | said | meaning |
/// |---|---|
/// | `!` after the type | JSON has the field even when it is zero |
/// | `key=x` | the key in JSON, where it is not the name with a small beginning |
/// | `inline` | the fields of the struct stand in JSON where the field would |
/// | `default=x` | what the API server fills in |
/// | `since=N`, `until=N` | the minor versions of Kubernetes that have the field, within 1.30 to 1.36 |
///
/// A type that has no table of its own is a text. Source: `k8s.io/api/core/v1`, `k8s.io/apimachinery` and
/// `pkg/apis/core/v1` (defaults) of Kubernetes 1.30 to 1.36.
enum GoTables {
    /// The newest minor version that the tables know.
    private static let newest = 36

    /// The template as a minor version of Kubernetes knows it: each is read when it is first asked for.
    static func podTemplate(minor: Int) -> GoStruct {
        switch minor {
        case ...30: minor30
        case 31: minor31
        case 32: minor32
        case 33: minor33
        case 34: minor34
        case 35: minor35
        default: minor36
        }
    }

    private static let minor30 = structure("PodTemplateSpec", minor: 30)
    private static let minor31 = structure("PodTemplateSpec", minor: 31)
    private static let minor32 = structure("PodTemplateSpec", minor: 32)
    private static let minor33 = structure("PodTemplateSpec", minor: 33)
    private static let minor34 = structure("PodTemplateSpec", minor: 34)
    private static let minor35 = structure("PodTemplateSpec", minor: 35)
    private static let minor36 = structure("PodTemplateSpec", minor: 36)

    static let objectMeta = structure("ObjectMeta", minor: newest)
    static let internalPodSpec = structure("InternalPodSpec", minor: newest)
    static let claimSpec = structure("PersistentVolumeClaimSpec", minor: newest)

    /// The bodies of the built-in kinds that have a table, as the newest version knows them.
    static let bodies: [KindID: GoStruct] = {
        var bodies: [KindID: GoStruct] = [:]
        for (index, kind) in Kind.builtIns.enumerated() {
            if let found = structures[kind.kind.text] { bodies[KindID(index: UInt16(index))] = found }
        }
        return bodies
    }()

    /// The structs of the newest version.
    private static let structures: [String: GoStruct] = {
        var reader = Reader(tables: tables, minor: newest)
        return reader.readAll()
    }()

    private static let tables = [
        pod, internalPod, scheduling, container, security, volumes, projections, workloads, others, networking,
        admission,
    ]

    private static func structure(_ name: String, minor: Int) -> GoStruct {
        if minor == newest, let found = structures[name] { return found }
        var reader = Reader(tables: tables, minor: minor)
        guard let found = reader.structure(name) else { preconditionFailure("no table of \(name)") }
        return found
    }

    /// Reads tables; a struct is made when the first field of its type is met.
    private struct Reader {
        private let minor: Int
        private var names: [String] = []
        private var lines: [String: [Substring]] = [:]
        private var made: [String: GoStruct] = [:]

        init(tables: [String], minor: Int) {
            self.minor = minor
            var name = ""
            for line in tables.lazy.flatMap({ Self.parts(of: $0[...], at: "\n") }) {
                if line.utf8.first == UInt8(ascii: " ") {
                    lines[name, default: []].append(line)
                } else {
                    name = String(line)
                    lines[name] = []
                    names.append(name)
                }
            }
        }

        /// Bytes are compared, not characters: a process that reads the tables does little else.
        private static func parts(of text: Substring, at separator: Unicode.Scalar) -> [Substring] {
            text.utf8.split(separator: UInt8(ascii: separator)).map { Substring($0) }
        }

        mutating func readAll() -> [String: GoStruct] {
            for name in names { _ = structure(name) }
            return made
        }

        mutating func structure(_ name: String) -> GoStruct? {
            if let found = made[name] { return found }
            guard let written = lines[name] else { return nil }
            var fields: [GoField] = []
            for line in written {
                if let field = field(Self.parts(of: line, at: " ")) { fields.append(field) }
            }
            let found = GoStruct(name: name, fields: fields)
            made[name] = found
            return found
        }

        /// The field of one line; nil where this version does not have it.
        private mutating func field(_ words: [Substring]) -> GoField? {
            let isAlwaysWritten = words[1].last == "!"
            let type = type(isAlwaysWritten ? words[1].dropLast() : words[1])
            var key = GoTables.key(words[0])
            var standard: Value?
            for word in words.dropFirst(2) {
                let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                switch parts[0] {
                case "inline": key = ""
                case "key": key = String(parts[1])
                case "default": standard = GoTables.value(parts[1], of: type)
                case "since": if let first = Int(parts[1]), minor < first { return nil }
                case "until": if let last = Int(parts[1]), minor > last { return nil }
                default: preconditionFailure("a table says \(word)")
                }
            }
            return GoField(
                name: String(words[0]), key: Symbol(key), type: type, isAlwaysWritten: isAlwaysWritten,
                standard: standard)
        }

        private mutating func type(_ text: Substring) -> GoType {
            if text.hasPrefix("*") { return .pointer(type(text.dropFirst())) }
            if text.hasPrefix("[]") { return .list(type(text.dropFirst(2))) }
            switch text {
            case "string", "types.UID": return .text(String(text))
            case "int32", "int64": return .integer(String(text))
            case "bool": return .boolean
            case "Time": return .time
            case "Quantity": return .quantity
            case "IntOrString": return .intOrString
            case "ResourceList": return .resourceList
            case "map[string]string": return .textMap
            default:
                if let found = structure(String(text)) { return .structure(found) }
                return .text("v1.\(text)")
            }
        }
    }

    /// The key that the API's convention makes of a Go name: `FSType` is `fsType`, `TTY` is `tty`.
    private static func key(_ name: Substring) -> String {
        let capitals = name.prefix { $0.isUppercase }.count
        let small = capitals == name.count || capitals == 1 ? capitals : capitals - 1
        return name.prefix(small).lowercased() + name.dropFirst(small)
    }

    private static func value(_ text: Substring, of type: GoType) -> Value {
        switch type {
        case .pointer(let type): value(text, of: type)
        case .integer: .integer(Int(text) ?? 0)
        case .boolean: Value(.boolean(text == "true"))
        case .structure: Value(.object([]))
        case .intOrString: Int(text).map(Value.integer) ?? .string(String(text))
        default: .string(String(text))
        }
    }
}
