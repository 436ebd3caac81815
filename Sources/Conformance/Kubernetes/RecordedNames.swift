import ClusterSimulation

/// What a trace has made so far: uids behind the recorder's `$uid/KIND/NAME`, namespaces and volumes.
struct RecordedNames {
    private static let marker = "$uid/"
    /// For an object that never was: a uid that no object has.
    private static let unknown = "ffffffff-ffff-4fff-8fff-ffffffffffff"

    /// Namespaces that the trace made or wanted to make, in their order.
    private(set) var namespaces: [Symbol] = []
    /// PersistentVolumes that the trace made, or that were made for its claims.
    private(set) var volumes: [Symbol] = []
    /// Other objects without a namespace that the trace made or wanted to make, which recordings of an operator list.
    private(set) var clusterObjects: [(kind: Symbol, apiVersion: Symbol, name: Symbol)] = []
    /// Namespaces whose content is listed, but not themselves.
    private(set) var listedNamespaces: [Symbol] = []
    /// By `KIND/NAME`: the uid of the newest such object.
    private var uids: [(name: String, uid: String)] = []

    /// Remembers an object that the API server returned.
    mutating func learn(from document: Value) {
        guard let kind = document["kind"]?.text, let name = document.at("metadata", "name")?.symbol,
            let uid = document.at("metadata", "uid")?.text
        else { return }
        remember("\(kind)/\(name)", uid)
    }

    /// Remembers a namespace or volume that a request wants made, refused or not: the recorder lists them as gone.
    ///
    /// - Parameter recorded: the operator whose recording this is.
    mutating func learn(fromRequest body: Value, recorded: RecordedOperator? = nil) {
        guard let name = body.at("metadata", "name")?.symbol else { return }
        switch body["kind"]?.symbol {
        case "Namespace": if !namespaces.contains(name) { namespaces.append(name) }
        case "PersistentVolume": if !volumes.contains(name) { volumes.append(name) }
        case let kind? where recorded?.lists(kind) ?? false:
            if !clusterObjects.contains(where: { $0.kind == kind && $0.name == name }) {
                clusterObjects.append((kind, body["apiVersion"]?.symbol ?? .empty, name))
            }
        default: break
        }
    }

    /// Lists the content of a namespace that was there before the trace.
    mutating func list(namespace: Symbol) {
        if !namespace.isEmpty { listedNamespaces.append(namespace) }
    }

    /// Remembers what controllers have made.
    mutating func watch(_ simulation: Simulation) {
        for key in simulation.objects(of: .persistentVolume) {
            let name = simulation.tables.name(key)
            if !volumes.contains(name) { volumes.append(name) }
        }
    }

    private mutating func remember(_ name: String, _ uid: String) {
        if let index = uids.firstIndex(where: { $0.name == name }) {
            uids[index].uid = uid
        } else {
            uids.append((name, uid))
        }
    }

    /// A request's body with uids in place of `$uid/KIND/NAME`.
    func resolved(_ value: Value, _ simulation: Simulation) -> Value {
        var value = value
        switch value.content {
        case .string(let symbol):
            let text = symbol.text
            guard text.hasPrefix(Self.marker) else { break }
            let name = String(text.dropFirst(Self.marker.count))
            let uid = uids.first { $0.name == name }?.uid ?? Self.unknown
            value.content = .string(Symbol(uid))
        case .array(let elements): value.content = .array(elements.map { resolved($0, simulation) })
        case .object(let fields):
            value.content = .object(
                fields.map { Field($0.key, resolved($0.value, simulation), keyOrigin: $0.keyOrigin) })
        default: break
        }
        return value
    }

    /// A text of the model with `$uid/KIND/NAME` in place of uids.
    func recorded(_ text: String) -> String {
        guard text.contains("-4000-8000-") else { return text }
        var result = text
        for entry in uids {
            while let range = result.firstRange(of: entry.uid) {
                result.replaceSubrange(range, with: Self.marker + entry.name)
            }
        }
        return result
    }

    /// As `recorded`, for every text of a value.
    func recorded(_ value: Value) -> Value {
        var value = value
        switch value.content {
        case .string(let symbol): value.content = .string(Symbol(recorded(symbol.text)))
        case .array(let elements): value.content = .array(elements.map(recorded))
        case .object(let fields): value.content = .object(fields.map { Field($0.key, recorded($0.value)) })
        default: break
        }
        return value
    }
}
