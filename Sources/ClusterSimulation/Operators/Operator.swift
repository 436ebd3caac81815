/// A third-party operator: everything that the model knows of it. A constant in the operator's own folder declares it, and
/// one line of `OperatorCatalogue` adds it.
///
/// Its controllers act as their Pod's ServiceAccount, and try again what was refused.
package struct Operator: Sendable {
    /// What its images run.
    var programs: [ProgramModel] = []
    /// In the order in which they are told of a change.
    var controllers: [Controller] = []
    /// What it wants to be told besides.
    var observers: [Observer] = []
    /// What reads the bodies of its kinds, by `group/Kind`.
    var analysers: [String: Analysis.Analyser] = [:]
    /// Finalizers that its programs clear.
    var finalizers: [FinalizerOwners.Entry] = []

    /// Eight hexadecimal digits of a hash, as operators put them into names.
    static func shortHash(_ hash: UInt64) -> String {
        let digits = String(hash, radix: 16)
        return String((String(repeating: "0", count: 16 - digits.count) + digits).prefix(8))
    }

    /// A controller that runs while a ready Pod runs `program`.
    static func controller(
        _ name: Symbol, program: Symbol, latency: Latency = .watch, watches: [Watch],
        reconcile: @escaping @Sendable (inout Simulation, ObjectKey) -> Void
    ) -> Controller {
        Controller(name, program: program, latency: latency, watches: watches) { simulation, key in
            simulation.memory.operators.refusal = .empty
            reconcile(&simulation, key)
            if !simulation.memory.operators.refusal.isEmpty { simulation.retry(name, key) }
        }
    }
}

/// A condition as operators write them.
struct OperatorCondition {
    var type: Symbol
    /// nil is `Unknown`.
    var status: Bool?
    var reason: Symbol
    var message: Symbol

    init(_ type: Symbol, _ status: Bool?, _ reason: Symbol = .empty, _ message: Symbol = .empty) {
        self.type = type
        self.status = status
        self.reason = reason
        self.message = message
    }
}

extension Simulation {
    /// As whom the program that is reconciling acts.
    var operatorCaller: Caller { currentInstance?.caller ?? .serviceAccount(.empty, .empty) }

    /// The namespace of the program that is reconciling; empty where no Pod is known.
    var operatorNamespace: Symbol { currentInstance.map { tables.namespace($0.pod) } ?? .empty }

    /// The id of a custom kind.
    func customKind(_ group: Symbol, _ kind: Symbol) -> KindID {
        Watch.Target.custom(group: group, kind: kind).resolve(tables)
    }

    /// Notes that this reconcile could not do its work, so that it is tried again.
    mutating func refuse(_ message: Symbol, _ key: ObjectKey) {
        if memory.operators.refusal.isEmpty {
            record(.refuse, key, by: operatorCaller.user, detail: message)
        }
        memory.operators.refusal = message
    }

    /// Whether the program that is reconciling may list objects of that kind where it watches: without that right its
    /// informers never start, and it sees none. A refusal is noted.
    mutating func canWatch(_ key: ObjectKey) -> Bool {
        do throws(APIError) {
            let kind = tables.kindID(key)
            let namespace = self.kind(kind).namespaced ? currentInstance?.namespace ?? .empty : .empty
            try authorize(operatorCaller, "list", kind, namespace, .empty)
            return true
        } catch {
            refuse(Symbol(error.message), key)
            return false
        }
    }

    /// Creates what is missing and leaves alone what is there: for objects that others change too, such as Pods.
    mutating func ensureCreated(_ manifest: Value, ownedBy owner: ObjectKey? = nil) -> ObjectKey? {
        if let kind = manifest["kind"]?.symbol, let version = manifest["apiVersion"]?.symbol {
            let id = tables.kindIDDefiningIfNeeded(apiVersion: version, kind: kind)
            let key = tables.key(
                id, manifest.at("metadata", "namespace")?.symbol ?? .empty,
                manifest.at("metadata", "name")?.symbol ?? .empty)
            if state.exists(key), !state[key].isDeleting { return key }
        }
        return ensure(manifest, ownedBy: owner)
    }

    /// Creates what is missing, and brings what differs to what `manifest` says; fields it does not name are kept.
    ///
    /// - Parameters:
    ///   - owner: gets a controller owner reference.
    ///   - exact: top-level fields that are replaced as a whole.
    /// - Returns: the object; nil where the API server refused, which is noted.
    @discardableResult
    mutating func ensure(_ manifest: Value, ownedBy owner: ObjectKey? = nil, exact: [Symbol] = []) -> ObjectKey? {
        guard var draft = self.draft(manifest: manifest) else { return nil }
        if let owner {
            draft.owners = tables.owners([
                OwnerReference(owner: owner, uid: state[owner].uid, controller: true, blockOwnerDeletion: true)
            ])
        }
        let key = tables.key(draft.kind, draft.namespace, draft.name)
        guard !draft.name.isEmpty, state.exists(key) else { return noted(create(draft, as: operatorCaller), key) }
        if state[key].isDeleting {
            refuse("object is being deleted", key)
            return nil
        }
        let wanted = tables.body(draft.body).value
        let live = tables.body(state[key].body).value
        let liveLabels = tables.map(state[key].labels)
        let labels = tables.map(draft.labels).entries
        let fits = live.covers(wanted) && exact.allSatisfy { live[$0] == wanted[$0] }
        if fits, labels.allSatisfy({ liveLabels[$0.key] == $0.value }) { return key }
        var merged = live.merged(with: wanted)
        for field in exact { merged[field] = wanted[field] }
        let tables = tables
        return noted(
            update(key, as: operatorCaller) { live in
                live.body = tables.body(kind: live.kind, merged)
                for label in labels { live.labels = tables.map(live.labels, setting: label.key, to: label.value) }
            }, key)
    }

    /// The written object, or nil with the refusal noted.
    mutating func noted(_ result: Result<ObjectKey, APIError>, _ key: ObjectKey) -> ObjectKey? {
        switch result {
        case .success(let key): return key
        case .failure(let error):
            refuse(Symbol(error.message), key)
            return nil
        }
    }

    /// Deletes an object that exists and is not being deleted yet; true where it is gone.
    mutating func ensureGone(_ key: ObjectKey) -> Bool {
        guard state.exists(key) else { return true }
        if !state[key].isDeleting { _ = noted(delete(key, as: operatorCaller), key) }
        return !state.exists(key)
    }

    /// Adds a finalizer where it is missing; false where that was refused.
    mutating func ensureFinalizer(_ key: ObjectKey, _ name: Symbol) -> Bool {
        let names = tables.list(state[key].finalizers)
        if names.contains(name) { return true }
        let list = tables.list(names + [name])
        return noted(update(key, as: operatorCaller) { $0.finalizers = list }, key) != nil
    }

    /// Takes a finalizer off; false where that was refused.
    @discardableResult
    mutating func removeFinalizer(_ key: ObjectKey, _ name: Symbol) -> Bool {
        let list = tables.list(state[key].finalizers, removing: name)
        if list == state[key].finalizers { return true }
        return noted(update(key, as: operatorCaller) { $0.finalizers = list }, key) != nil
    }

    func hasFinalizer(_ key: ObjectKey, _ name: Symbol) -> Bool {
        tables.list(state[key].finalizers).contains(name)
    }

    /// Writes a status where it differs; a condition keeps its transition time while its status stays.
    mutating func setStatus(
        _ key: ObjectKey, conditions: [OperatorCondition], _ fields: [(Symbol, Value?)] = []
    ) {
        let old = state.status(key)?.document ?? nil
        let entries = conditions.map { entry -> Value in
            let status: Symbol = entry.status.map { $0 ? "True" : "False" } ?? "Unknown"
            let before = old["conditions"]?.elements.first { $0["type"]?.symbol == entry.type }
            var value = condition(
                type: entry.type, status: entry.status, reason: entry.reason, message: entry.message, at: now)
            if let before, before["status"]?.symbol == status, let since = before["lastTransitionTime"] {
                value["lastTransitionTime"] = since
            }
            return value
        }
        var all = fields
        if !entries.isEmpty { all.append(("conditions", Value(.array(entries)))) }
        let document = Value.object(of: all)
        if document == old { return }
        _ = noted(updateStatus(key, as: operatorCaller, DocumentStatus(document)), key)
    }

    /// One condition of an object's status as it is now.
    func statusCondition(_ key: ObjectKey, _ type: Symbol) -> Value? {
        state.status(key)?.document["conditions"]?.elements.first { $0["type"]?.symbol == type }
    }

    /// Whether a condition is `True`.
    func isTrue(_ key: ObjectKey, _ type: Symbol) -> Bool { statusCondition(key, type)?["status"]?.symbol == "True" }
}

extension Value {
    /// Whether everything that `other` says is said here too: objects may have more fields, arrays may not be longer.
    func covers(_ other: Value) -> Bool {
        switch (content, other.content) {
        case (.object, .object(let fields)):
            return fields.allSatisfy { field in self[field.key].map { $0.covers(field.value) } ?? false }
        case (.array(let own), .array(let others)):
            return own.count == others.count && zip(own, others).allSatisfy { $0.covers($1) }
        default: return self == other
        }
    }

    /// This document with what `other` says: objects field by field, arrays of equal length element by element.
    func merged(with other: Value) -> Value {
        switch (content, other.content) {
        case (.object, .object(let fields)):
            var result = self
            for field in fields {
                result[field.key] = result[field.key].map { $0.merged(with: field.value) } ?? field.value
            }
            return result
        case (.array(let own), .array(let others)) where own.count == others.count:
            return Value(.array(zip(own, others).map { $0.merged(with: $1) }), other.origin)
        default: return other
        }
    }
}
