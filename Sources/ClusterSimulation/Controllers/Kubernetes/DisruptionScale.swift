/// How many Pods a budget expects, and how many of them have to be ready.
///
/// A number of `minAvailable` is taken as it is. Everything else is a part of a whole, which is the sum of the scales of
/// the workloads that control the Pods; Pods without a controller count for nothing there.
/// Source: `getExpectedPodCount` and the finders of `pkg/controller/disruption/disruption.go`.
enum DisruptionScale {
    /// What a budget asks for.
    struct Expectation {
        var pods: Int
        var healthy: Int
    }

    /// Why that cannot be told.
    struct Problem: Error { var message: String }

    static func expectation(
        _ simulation: Simulation, _ facts: DisruptionBudgetFacts, _ pods: [ObjectKey]
    ) -> Result<Expectation, Problem> {
        do throws(Problem) {
            if let maxUnavailable = facts.maxUnavailable {
                let scale = try expectedScale(simulation, pods)
                let unavailable = maxUnavailable.of(scale, roundingUp: true)
                return .success(Expectation(pods: scale, healthy: max(0, scale - unavailable)))
            }
            switch facts.minAvailable {
            case .count(let count)?: return .success(Expectation(pods: pods.count, healthy: count))
            case .percent?:
                let scale = try expectedScale(simulation, pods)
                let healthy = facts.minAvailable?.of(scale, roundingUp: true) ?? 0
                return .success(Expectation(pods: scale, healthy: healthy))
            case nil: return .success(Expectation(pods: 0, healthy: 0))
            }
        } catch {
            return .failure(error)
        }
    }

    /// The sum of the scales of the workloads that control the Pods, each once.
    private static func expectedScale(_ simulation: Simulation, _ pods: [ObjectKey]) throws(Problem) -> Int {
        var seen: Set<UInt32> = []
        var counted: Set<UInt32> = []
        var total = 0
        // Of several problems the one of the Pod whose name comes first, whatever was created first.
        var worst: (pod: Symbol, problem: Problem)?
        for pod in pods {
            guard let owner = simulation.controllerOwner(pod), !seen.contains(owner.uid) else { continue }
            let name = simulation.tables.name(pod)
            do throws(Problem) {
                guard let found = try scale(simulation, of: owner) else {
                    throw Problem(message: "found no controllers for pod \"\(name)\"")
                }
                seen.insert(owner.uid)
                if counted.insert(found.uid).inserted { total += found.replicas }
            } catch {
                if worst.map({ name.precedes($0.pod) }) ?? true { worst = (name, error) }
            }
        }
        if let worst { throw worst.problem }
        return total
    }

    /// The workload that decides how many Pods like one there are, and its number; nil where it is gone.
    private static func scale(
        _ simulation: Simulation, of owner: OwnerReference
    ) throws(Problem) -> (uid: UInt32, replicas: Int)? {
        let kind = simulation.tables.kindID(owner.owner)
        let isThere = simulation.state.exists(owner.owner) && simulation.state[owner.owner].uid == owner.uid
        switch kind {
        case .replicaSet where isThere:
            let above = simulation.controllerOwner(owner.owner)
            if let above, simulation.tables.kindID(above.owner) == .deployment, simulation.state.exists(above.owner),
                simulation.state[above.owner].uid == above.uid
            {
                return (above.uid, replicas(simulation, above.owner))
            }
            return (owner.uid, replicas(simulation, owner.owner))
        case .deployment, .replicaSet, .statefulSet, .replicationController:
            return isThere ? (owner.uid, replicas(simulation, owner.owner)) : nil
        default: return try customScale(simulation, of: owner, isThere: isThere)
        }
    }

    /// `spec.replicas`, 1 where it is not said.
    private static func replicas(_ simulation: Simulation, _ key: ObjectKey) -> Int {
        simulation.tables.body(simulation.state[key].body).value.at("spec", "replicas")?.int32 ?? 1
    }

    /// By the subresource `scale` of a custom resource.
    private static func customScale(
        _ simulation: Simulation, of owner: OwnerReference, isThere: Bool
    ) throws(Problem) -> (uid: UInt32, replicas: Int)? {
        let kind = simulation.kind(simulation.tables.kindID(owner.owner))
        let resource = kind.group.isEmpty ? kind.plural.text : "\(kind.plural).\(kind.group)"
        let definition = simulation.tables.key(.customResourceDefinition, .empty, Symbol(resource))
        if !kind.builtIn, !simulation.state.exists(definition) {
            throw Problem(message: "no matches for kind \"\(kind.kind)\" in version \"\(kind.apiVersion)\"")
        }
        let version = simulation.facts(definition, DefinitionFacts.self)?.storageVersion
        guard !kind.builtIn, let version, version.hasScale else {
            throw Problem(message: "\(resource) does not implement the scale subresource")
        }
        guard isThere else { return nil }
        var value: Value? = simulation.tables.body(simulation.state[owner.owner].body).value
        for field in version.replicasPath { value = value?[field] }
        guard let replicas = value?.int32 else {
            let path = version.replicasPath.map { ".\($0)" }.joined()
            throw Problem(message: "Internal error occurred: the spec replicas field \"\(path)\" does not exist")
        }
        return (owner.uid, replicas)
    }
}
