/// One pass over a Terminating namespace: deletes what it can and counts what remains.
///
/// A resource type that refuses is not counted. While Pods remain, nothing else is deleted and nothing is counted, not
/// even they. Source: recordings, family teardown; `namespaced_resources_deleter.go` and
/// `status_condition_utils.go` of the namespace controller.
struct NamespaceTeardown {
    let namespace: Symbol
    var failingGroups: [String] = []
    /// One error for each resource type that refused.
    private(set) var errors: [String] = []
    /// `deployments.apps`, and how many remain.
    private var remaining: [Remainder] = []
    private var finalizers: [Remainder] = []
    private var waitsForPods = false

    /// A resource type or a finalizer, and in how many objects it is left.
    private struct Remainder {
        var name: String
        var count: Int
    }

    init(namespace: Symbol) { self.namespace = namespace }

    /// Whether nothing is left and nothing went wrong.
    var isComplete: Bool { failingGroups.isEmpty && errors.isEmpty && remaining.isEmpty && !waitsForPods }

    /// Deletes Pods, and when they are gone the rest; before Kubernetes 1.33 everything at once, in an order that the
    /// real controller takes from a map: drawn for each pass.
    mutating func deleteContent(_ simulation: inout Simulation) {
        guard simulation.configuration.versions.has(.podsDeletedFirst) else {
            for kind in shuffled(kinds(simulation), &simulation) { deleteAll(kind, &simulation) }
            return
        }
        deleteAll(.pod, &simulation)
        if !remaining.isEmpty {
            waitsForPods = true
            remaining = []
            finalizers = []
            return
        }
        for kind in kinds(simulation) where kind != .pod { deleteAll(kind, &simulation) }
    }

    private func shuffled(_ kinds: [KindID], _ simulation: inout Simulation) -> [KindID] {
        var kinds = kinds
        for index in kinds.indices.dropLast() {
            let drawn = simulation.choices.draw(.order, upTo: UInt64(kinds.count - 1 - index))
            kinds.swapAt(index, index + Int(drawn))
        }
        return kinds
    }

    /// Kinds with objects in the namespace, in the order of kinds.
    private func kinds(_ simulation: Simulation) -> [KindID] {
        var kinds: [KindID] = []
        for key in simulation.objects(inNamespace: namespace) {
            let kind = simulation.state[key].kind
            if kinds.last != kind, !kinds.contains(kind) { kinds.append(kind) }
        }
        return kinds
    }

    /// `DELETE` of a collection: in the order of names, up to the first that is refused.
    private mutating func deleteAll(_ kind: KindID, _ simulation: inout Simulation) {
        let options = DeleteOptions(propagation: .background)
        let result = simulation.deleteCollection(kind, in: namespace, as: NamespaceController.caller, options)
        if case .failure(let error) = result {
            errors.append(error.message)
        } else {
            count(kind, simulation)
        }
    }

    private mutating func count(_ kind: KindID, _ simulation: Simulation) {
        let known = simulation.kind(kind)
        for key in simulation.objects(of: kind, in: namespace) {
            Self.add("\(known.plural).\(known.group)", to: &remaining)
            for name in simulation.tables.list(simulation.state[key].finalizers) {
                Self.add(name.text, to: &finalizers)
            }
        }
    }

    private static func add(_ text: String, to counts: inout [Remainder]) {
        if let index = counts.firstIndex(where: { $0.name == text }) {
            counts[index].count += 1
        } else {
            counts.append(Remainder(name: text, count: 1))
        }
    }

    /// The five conditions, in the controller's order and words.
    func conditions(at now: SimulationTime) -> [NamespaceStatus.Condition] {
        func condition(_ type: Symbol, _ good: (Symbol, Symbol), _ bad: (Symbol, String)?) -> NamespaceStatus.Condition
        {
            NamespaceStatus.Condition(
                type: type, status: bad != nil, reason: bad?.0 ?? good.0, message: bad.map { Symbol($0.1) } ?? good.1,
                since: now)
        }
        let messages = errors.sorted().joined(separator: ", ")
        let kinds = remaining.map { "\($0.name) has \($0.count) resource instances" }.sorted()
        let holders = finalizers.map { "\($0.name) in \($0.count) resource instances" }.sorted()
        let groups = failingGroups.map { "\($0): stale GroupVersion discovery: \($0)" }
        return [
            condition(
                "NamespaceDeletionDiscoveryFailure", ("ResourcesDiscovered", "All resources successfully discovered"),
                groups.isEmpty
                    ? nil
                    : (
                        "DiscoveryFailed",
                        "Discovery failed for some groups, \(groups.count) failing: "
                            + "unable to retrieve the complete list of server APIs: \(groups.joined(separator: ", "))"
                    )),
            condition(
                "NamespaceDeletionGroupVersionParsingFailure",
                ("ParsedGroupVersions", "All legacy kube types successfully parsed"), nil),
            condition(
                "NamespaceDeletionContentFailure",
                ("ContentDeleted", "All content successfully deleted, may be waiting on finalization"),
                errors.isEmpty
                    ? nil
                    : (
                        "ContentDeletionFailed",
                        "Failed to delete all resource types, \(errors.count) remaining: \(messages)"
                    )),
            condition(
                "NamespaceContentRemaining", ("ContentRemoved", "All content successfully removed"),
                kinds.isEmpty
                    ? nil
                    : (
                        "SomeResourcesRemain",
                        "Some resources are remaining: \(kinds.joined(separator: ", "))"
                    )),
            condition(
                "NamespaceFinalizersRemaining",
                ("ContentHasNoFinalizers", "All content-preserving finalizers finished"),
                holders.isEmpty
                    ? nil
                    : (
                        "SomeFinalizersRemain",
                        "Some content in the namespace has finalizers remaining: \(holders.joined(separator: ", "))"
                    )),
        ]
    }
}
