/// A type of the Kubernetes API as Go declares it: what a dump prints before a value, and what a value may be.
///
/// The controllers name ReplicaSets and revisions after hashes of Go values. Who wants the same names needs the
/// types' own names and the order of their fields.
indirect enum GoType: Sendable {
    /// `string`, or a type made of it: `v1.PullPolicy`.
    case text(String)
    /// `int32`, `int64`.
    case integer(String)
    case boolean
    /// `metav1.Time`; taken as zero, which it is in every template.
    case time
    case quantity
    case intOrString
    /// `v1.ResourceList`: quantities by resource name.
    case resourceList
    /// `map[string]string`.
    case textMap
    case pointer(GoType)
    case list(GoType)
    case structure(GoStruct)

    /// The name as Go's reflection gives it.
    var name: String {
        switch self {
        case .text(let name), .integer(let name): name
        case .boolean: "bool"
        case .time: "v1.Time"
        case .quantity: "resource.Quantity"
        case .intOrString: "intstr.IntOrString"
        case .resourceList: "v1.ResourceList"
        case .textMap: "map[string]string"
        case .pointer(let type): "*" + type.name
        case .list(let type): "[]" + type.name
        case .structure(let type): "v1." + type.name
        }
    }
}

/// A Go struct with its fields in the order of their declaration.
final class GoStruct: Sendable {
    /// Without its package.
    let name: String
    let fields: [GoField]
    /// What the API server does to it beyond the defaults of its fields.
    let rule: GoDefaults.Rule?
    /// The dump of one in which nothing is set, without its type.
    let zeroDump: [UInt8]

    init(name: String, fields: [GoField]) {
        self.name = name
        self.fields = fields
        rule = GoDefaults.Rule(rawValue: name)
        var dump = GoDump()
        dump.writeStructure(fields, [])
        zeroDump = dump.bytes
    }
}

/// One field of a Go struct.
struct GoField: Sendable {
    /// In Go.
    let name: String
    /// The key in JSON; empty for a struct whose own fields stand in its place.
    let key: Symbol
    let type: GoType
    /// Whether JSON has it although it is zero: no `omitempty`.
    let isAlwaysWritten: Bool
    /// What the API server puts where nothing is.
    let standard: Value?
    /// What a dump prints before the value: the name and the type.
    let heading: [UInt8]
    /// What a dump prints where nothing is set: the heading and the value.
    let zeroDump: [UInt8]

    /// - Parameter name: the name in Go.
    init(name: String, key: Symbol, type: GoType, isAlwaysWritten: Bool, standard: Value?) {
        self.name = name
        self.key = key
        self.type = type
        self.isAlwaysWritten = isAlwaysWritten
        self.standard = standard
        heading = Array("\(name):(\(type.name))".utf8)
        var dump = GoDump(bytes: heading)
        dump.writeZero(type)
        zeroDump = dump.bytes
    }

    var isInline: Bool { key.isEmpty }
}
