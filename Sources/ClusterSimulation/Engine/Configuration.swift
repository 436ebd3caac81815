/// What all forks of a simulation run under: versions, latencies, and the catalogues with their indices.
package final class Configuration: Sendable {
    package let versions: Versions
    /// `--allow-privileged` of the API server: installers set it, the binary's own default is false.
    package let allowsPrivileged: Bool
    package let argoCD: ArgoCDSettings
    /// What matches the patterns of CustomResourceDefinitions; nil: nothing does, and each is told as unknown.
    package let patterns: (any PatternMatcher)?
    package let latencies: Latencies
    package let limits: Limits
    package let controllers: [Controller]
    package let invariants: [Invariant]
    /// Grace periods by invariant, in catalogue order.
    package let grace: [SimulationTime.Span]
    let watchLatency: [SimulationTime.Span]
    private let watchersByKind: [[Watcher]]
    private let controllersByName: [Symbol: ControllerID]
    /// Programs on which a controller depends; looked up only.
    private let programs: Set<Symbol>
    let monitorIndex: InvariantIndex
    /// The controller that hears of every kind without watching any.
    let garbageCollector: ControllerID?
    let quotaController: ControllerID?

    /// One controller's interest in one kind.
    struct Watcher: Sendable {
        enum Mapping: Sendable {
            case itself
            case owner(KindID)
            case referrers(ReferenceType)
            case function(@Sendable (Simulation, ObjectKey, (ObjectKey) -> Void) -> Void)
        }

        var controller: ControllerID
        var mapping: Mapping
        var changes: Changes
    }

    /// - Parameters:
    ///   - tables: where the custom kinds that controllers and invariants name are defined.
    ///   - argoCD: what `argocd-cm` says; nil: there is none.
    ///   - patterns: what matches the patterns of CustomResourceDefinitions.
    ///   - disabledInvariants: ids that are not checked.
    ///   - grace: grace periods that replace the invariants' own.
    package init(
        tables: ClusterTables, versions: Versions = Versions(), argoCD: ArgoCDSettings? = nil,
        latencies: Latencies = Latencies(), patterns: (any PatternMatcher)? = nil,
        controllers: [Controller] = ControllerCatalogue.all, invariants: [Invariant] = InvariantCatalogue.all,
        disabledInvariants: [Symbol] = [], grace: [Symbol: SimulationTime.Span] = [:], allowsPrivileged: Bool = true,
        limits: Limits = Limits()
    ) {
        precondition(controllers.count <= 64, "more than 64 controllers")
        self.versions = versions
        self.limits = limits
        self.allowsPrivileged = allowsPrivileged
        self.patterns = patterns
        self.argoCD = argoCD ?? ArgoCDSettings(versions)
        tables.tracking = self.argoCD.tracking
        let latencies = latencies.completed(versions)
        self.latencies = latencies
        self.controllers = controllers
        let checked = invariants.filter { !disabledInvariants.contains($0.id) }
        precondition(checked.count <= 64, "more than 64 invariants")
        self.invariants = checked
        self.grace = checked.map { grace[$0.id] ?? $0.grace }
        watchLatency = controllers.map { latencies[$0.latency] }
        var byName: [Symbol: ControllerID] = [:]
        var byKind: [[Watcher]] = []
        for (index, controller) in controllers.enumerated() {
            let id = ControllerID(index: UInt8(index))
            byName[controller.name] = id
            for watch in controller.watches {
                let kind = watch.target.resolve(tables)
                while byKind.count <= Int(kind.index) { byKind.append([]) }
                let mapping = watch.mapping.resolve(tables)
                byKind[Int(kind.index)].append(Watcher(controller: id, mapping: mapping, changes: watch.changes))
            }
        }
        controllersByName = byName
        garbageCollector = byName["garbage-collector"]
        quotaController = byName["resourcequota-controller"]
        watchersByKind = byKind
        programs = Set(controllers.compactMap(\.program))
        monitorIndex = InvariantIndex(checked, tables: tables)
    }

    @inline(__always)
    func watchers(of kind: KindID) -> [Watcher] {
        Int(kind.index) < watchersByKind.count ? watchersByKind[Int(kind.index)] : []
    }

    /// Whether a controller works only while this program runs.
    func hasControllers(of program: Symbol) -> Bool { programs.contains(program) }

    /// The controller of that name; nil where the catalogue of this run has none.
    package func controllerID(_ name: Symbol) -> ControllerID? { controllersByName[name] }
}

extension Watch.Target {
    /// The kind, defined where it is a custom kind not seen before.
    package func resolve(_ tables: ClusterTables) -> KindID {
        switch self {
        case .kind(let kind): kind
        case .custom(let group, let kind):
            tables.kindIDDefiningIfNeeded(apiVersion: group.isEmpty ? "v1" : Symbol("\(group)/v1"), kind: kind)
        }
    }
}

extension Watch.Mapping {
    fileprivate func resolve(_ tables: ClusterTables) -> Configuration.Watcher.Mapping {
        switch self {
        case .itself: .itself
        case .owner(let kind): .owner(kind)
        case .customOwner(let group, let kind): .owner(Watch.Target.custom(group: group, kind: kind).resolve(tables))
        case .referrers(let type): .referrers(type)
        case .function(let function): .function(function)
        }
    }
}
