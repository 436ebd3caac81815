/// What all forks of a simulation run under: versions, latencies, and the catalogues with their indices.
package final class Configuration: Sendable {
    package let versions: Versions
    /// `--allow-privileged` of the API server: installers set it, the binary's own default is false.
    package let allowsPrivileged: Bool
    /// What matches the patterns of CustomResourceDefinitions; nil: nothing does, and each is told as unknown.
    package let patterns: (any PatternMatcher)?
    package let latencies: Latencies
    package let limits: Limits
    package let controllers: [Controller]
    let observers: Observers
    /// References that objects make by their labels and annotations.
    let metadataReferences: [MetadataReference]
    /// Settings and catalogues of the floors above, which they alone name.
    package let settings: StateSlots
    let reconcileInPrograms: ReconcileInPrograms
    let watchLatency: [SimulationTime.Span]
    private let watchersByKind: [[Watcher]]
    private let controllersByName: [Symbol: ControllerID]
    /// Programs on which a controller depends; looked up only.
    private let programs: Set<Symbol>

    /// Has the running instances of a controller's program look at an object.
    package typealias ReconcileInPrograms = @Sendable (inout Simulation, ControllerID, ObjectKey) -> Void

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
    ///   - tables: where the custom kinds that controllers name are defined.
    ///   - patterns: what matches the patterns of CustomResourceDefinitions.
    ///   - controllers: in the order in which they are told of a change.
    ///   - observers: in the order in which they are told.
    ///   - settings: what the floors above find here; asked for when the kinds that controllers name are defined.
    ///   - reconcileInPrograms: for the controllers that have a program.
    package init(
        tables: ClusterTables, versions: Versions, latencies: Latencies, patterns: (any PatternMatcher)?,
        controllers: [Controller], observers: [Observer], metadataReferences: [MetadataReference],
        settings: () -> StateSlots, reconcileInPrograms: @escaping ReconcileInPrograms, allowsPrivileged: Bool,
        limits: Limits
    ) {
        precondition(controllers.count <= Int(UInt16.max), "more controllers than there are numbers")
        self.versions = versions
        self.limits = limits
        self.allowsPrivileged = allowsPrivileged
        self.patterns = patterns
        self.observers = Observers(observers)
        self.metadataReferences = metadataReferences
        self.reconcileInPrograms = reconcileInPrograms
        let latencies = latencies.completed(versions)
        self.latencies = latencies
        self.controllers = controllers
        watchLatency = controllers.map { latencies[$0.latency] }
        var byName: [Symbol: ControllerID] = [:]
        var byKind: [[Watcher]] = []
        for (index, controller) in controllers.enumerated() {
            let id = ControllerID(index: UInt16(index))
            byName[controller.name] = id
            for watch in controller.watches {
                let kind = watch.target.resolve(tables)
                while byKind.count <= Int(kind.index) { byKind.append([]) }
                let mapping = watch.mapping.resolve(tables)
                byKind[Int(kind.index)].append(Watcher(controller: id, mapping: mapping, changes: watch.changes))
            }
        }
        controllersByName = byName
        watchersByKind = byKind
        programs = Set(controllers.compactMap(\.program))
        self.settings = settings()
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

/// A reference that an object makes by its labels or annotations, besides those of its body.
package struct MetadataReference: Sendable {
    package var type: ReferenceType
    /// What an object with these labels and annotations refers to; nil: nothing.
    package var target: @Sendable (Simulation, MapID, MapID) -> ObjectKey?

    package init(_ type: ReferenceType, target: @escaping @Sendable (Simulation, MapID, MapID) -> ObjectKey?) {
        self.type = type
        self.target = target
    }
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
