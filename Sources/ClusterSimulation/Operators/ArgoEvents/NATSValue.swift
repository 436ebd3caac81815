/// A value of the configuration language of NATS.
indirect enum NATSValue: Equatable, Sendable {
    case string(String)
    case integer(Int64)
    case float(Double)
    case boolean(Bool)
    case date(String)
    case array([NATSValue])
    case map(NATSMap)

    /// The name that Go's reflection has for the type that the real parser makes of it.
    var kindName: String {
        switch self {
        case .string: "string"
        case .integer: "int64"
        case .float: "float64"
        case .boolean: "bool"
        case .date: "struct"
        case .array: "slice"
        case .map: "map"
        }
    }
}

/// The entries of a map, in the order of the file; a key that comes again replaces the first.
struct NATSMap: Equatable, Sendable {
    struct Entry: Equatable, Sendable {
        var key: String
        var value: NATSValue
    }

    private(set) var entries: [Entry] = []

    subscript(key: String) -> NATSValue? {
        get { entries.first { $0.key == key }?.value }
        set {
            guard let newValue else { return entries.removeAll { $0.key == key } }
            if let place = entries.firstIndex(where: { $0.key == key }) {
                entries[place].value = newValue
            } else {
                entries.append(Entry(key: key, value: newValue))
            }
        }
    }
}
