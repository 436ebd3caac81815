/// What was removed, by kind and name: how an invariant knows that something in another namespace is the same thing
/// moved.
///
/// Only kinds whose moves matter are kept (`Departures.kinds`), the last removal of each key. Looked up by name, never
/// iterated.
package struct Departures {
    /// An object as it was when it was removed.
    package struct Entry: Sendable {
        package var key: ObjectKey
        package var body: BodyID
        package var created: SimulationTime
        package var removed: SimulationTime
        /// The trace entry because of which it went.
        package var cause: TraceID
        /// The Argo CD Application that tracked it; `.none` where none did.
        package var application: ObjectKey
        /// The labels of its namespace then.
        package var namespaceLabels: MapID
        /// Whether a Pod owned it: what a Pod makes for itself goes with it.
        package var isOwnedByPod: Bool
    }

    static let workloads: [KindID] = [.deployment, .statefulSet, .daemonSet]
    static let policies: [KindID] = [.resourceQuota, .limitRange]
    static let kinds: [KindID] = workloads + policies + [.persistentVolumeClaim]

    private struct Name: Hashable {
        var kind: KindID
        var name: Symbol
    }

    private struct Place: Hashable {
        var kind: KindID
        var namespace: Symbol
    }

    private var byName: [Name: [Entry]] = [:]
    /// Quotas and limit ranges by the namespace that had them.
    private var policiesByPlace: [Place: [Symbol]] = [:]
    /// By name of a claim: claims whose workload was removed and that may still be there.
    private var abandonedClaims: [Symbol: [ObjectKey]] = [:]

    init() {}

    /// Objects of that kind and name that were removed, in the order of their last removal.
    func entries(_ kind: KindID, _ name: Symbol) -> [Entry] { byName[Name(kind: kind, name: name)] ?? [] }

    func hasEntries(_ kind: KindID, _ name: Symbol) -> Bool { byName[Name(kind: kind, name: name)] != nil }

    /// The removal of that object; nil where it was never removed.
    func entry(_ key: ObjectKey, _ tables: ClusterTables) -> Entry? {
        entries(tables.kindID(key), tables.name(key)).last { $0.key == key }
    }

    /// Names of the quotas or limit ranges that a namespace once had.
    func policies(_ kind: KindID, in namespace: Symbol) -> [Symbol] {
        policiesByPlace[Place(kind: kind, namespace: namespace)] ?? []
    }

    /// Claims of that name whose workload was removed.
    func abandonedClaims(named name: Symbol) -> [ObjectKey] { abandonedClaims[name] ?? [] }

    fileprivate mutating func add(_ entry: Entry, _ content: KeyContent) {
        if Self.policies.contains(content.kind) {
            let place = Place(kind: content.kind, namespace: content.namespace)
            if policiesByPlace[place]?.contains(content.name) != true {
                policiesByPlace[place, default: []].append(content.name)
            }
            return
        }
        let name = Name(kind: content.kind, name: content.name)
        byName[name]?.removeAll { $0.key == entry.key }
        byName[name, default: []].append(entry)
    }

    fileprivate mutating func abandon(_ claim: ObjectKey, named name: Symbol) {
        if abandonedClaims[name]?.contains(claim) != true { abandonedClaims[name, default: []].append(claim) }
    }
}

extension Simulation {
    /// Keeps what matters of an object that is about to leave the storage.
    mutating func noteDeparture(_ key: ObjectKey, because cause: TraceID) {
        let row = state[key]
        guard Departures.kinds.contains(row.kind) else { return }
        let content = tables.content(key)
        let entry = Departures.Entry(
            key: key, body: row.body, created: row.created, removed: now, cause: cause,
            application: trackingApplication(of: row) ?? .none,
            namespaceLabels: state[tables.key(.namespace, .empty, content.namespace)].labels,
            isOwnedByPod: tables.owners(row.owners).contains { tables.kindID($0.owner) == .pod })
        monitor.departures.add(entry, content)
        for claim in claims(ofWorkload: key) { monitor.departures.abandon(claim, named: tables.name(claim)) }
    }

    /// The claims that a workload's Pods mount.
    func claims(ofWorkload key: ObjectKey) -> [ObjectKey] {
        let content = tables.content(key)
        guard Departures.workloads.contains(content.kind), let facts = facts(key, WorkloadFacts.self) else { return [] }
        var names: [Symbol] = []
        for volume in facts.template.volumes {
            for part in volume.parts where part.source == .persistentVolumeClaim { names.append(part.name) }
        }
        for template in facts.claimTemplates {
            let count = min(facts.replicas, configuration.limits.podsOfWorkload)
            for ordinal in 0..<count { names.append(Symbol("\(template.name)-\(content.name)-\(ordinal)")) }
        }
        return names.map { tables.key(.persistentVolumeClaim, content.namespace, $0) }
    }

    /// From where a workload has moved here; nil where it has not.
    ///
    /// Inferred: a workload of the same kind and name, of the same images, tracked by the same Application where both
    /// are tracked, is older than this one and gone from another namespace.
    func formerPlace(of key: ObjectKey) -> Departures.Entry? {
        let row = state[key]
        guard row.exists, monitor.departures.hasEntries(row.kind, tables.name(key)) else { return nil }
        let application = trackingApplication(of: row) ?? .none
        return monitor.departures.entries(row.kind, tables.name(key)).last { entry in
            guard entry.key != key, entry.created < row.created, !state.exists(entry.key) else { return false }
            let isTracked = !application.isNone && !entry.application.isNone
            if isTracked, application != entry.application { return false }
            return Self.images(tables.body(entry.body)) == Self.images(tables.body(row.body))
        }
    }

    private static func images(_ body: Body) -> [String] {
        (body.facts(WorkloadFacts.self)?.template.containers ?? []).map {
            ImageFact.repository(of: $0.image.text)
        }
    }

    /// Calls `body` for the living objects of the same kind and name, where such an object was once removed.
    func forEachNamesake(of key: ObjectKey, _ body: (ObjectKey) -> Void) {
        let content = tables.content(key)
        guard monitor.departures.hasEntries(content.kind, content.name) else { return }
        forEach(content.kind) { if $0 != key, tables.name($0) == content.name { body($0) } }
    }

    /// Calls `body` for the workloads that may have moved.
    func forEachMovedWorkload(_ body: (ObjectKey) -> Void) {
        for kind in Departures.workloads {
            forEach(kind) { if monitor.departures.hasEntries(kind, tables.name($0)) { body($0) } }
        }
    }
}
