import ClusterSimulation

/// Loads what `kubectl get -A -o json` printed: objects as they were, status and deletion marks included.
enum SnapshotLoader {
    /// Creates the objects, kinds that others need first, and lets their Pods go on running. Owner references get the uids
    /// of this cluster.
    static func load(_ objects: [Value], into simulation: inout Simulation) {
        if objects.isEmpty { return }
        simulation.perform(by: "snapshot", detail: "initial cluster", origin: .none) { simulation in
            var keysByUID: [Symbol: ObjectKey] = [:]
            var deleted: [ObjectKey] = []
            simulation.reserveUIDs(of: objects)
            for object in ordered(objects) {
                let manifest = adopted(object, keysByUID, simulation)
                guard let draft = ScenarioRunner.draft(manifest, simulation),
                    case .success(let key) = simulation.create(draft, as: .admin)
                else { continue }
                if let uid = object.at("metadata", "uid")?.symbol { keysByUID[uid] = key }
                if let status = draft.status, simulation.state.status(key) == nil {
                    simulation.updateStatus(key, as: .admin, status)
                }
                simulation.restore(key, from: object)
                if object.at("metadata", "deletionTimestamp") != nil { deleted.append(key) }
            }
            for key in deleted { _ = simulation.delete(key, as: .admin) }
            simulation.resumePods()
        }
        simulation.checkAllInvariants()
    }

    /// Namespaces, definitions and cluster-wide objects first; owners before what they own; last what refuses or changes
    /// the writes of others.
    private static func ordered(_ objects: [Value]) -> [Value] {
        func rank(_ object: Value) -> Int {
            switch object["kind"]?.text {
            case "Namespace": 0
            case "CustomResourceDefinition": 1
            case "ValidatingWebhookConfiguration", "MutatingWebhookConfiguration", "ResourceQuota", "LimitRange": 4
            default: object.at("metadata", "namespace") == nil ? 2 : 3
            }
        }
        let uids = objects.map { $0.at("metadata", "uid")?.symbol }
        var places: [Symbol: Int] = [:]
        for (index, uid) in uids.enumerated() { if let uid { places[uid] = index } }
        var isPlaced = [Bool](repeating: false, count: objects.count)
        var result: [Value] = []
        // Owners may stand above owners in any number: no recursion.
        func place(_ index: Int) {
            var stack = [(index: index, hasOwners: false)]
            while let (index, hasOwners) = stack.popLast() {
                if hasOwners {
                    result.append(objects[index])
                } else if !isPlaced[index] {
                    isPlaced[index] = true
                    stack.append((index, true))
                    let owners = objects[index].at("metadata", "ownerReferences")?.elements ?? []
                    for owner in owners.reversed() {
                        if let uid = owner["uid"]?.symbol, let place = places[uid] { stack.append((place, false)) }
                    }
                }
            }
        }
        let ranks = objects.map(rank)
        for wanted in 0...4 {
            for index in objects.indices where ranks[index] == wanted { place(index) }
        }
        return result
    }

    /// The object with the uids of this cluster in its owner references.
    private static func adopted(_ object: Value, _ keys: [Symbol: ObjectKey], _ simulation: Simulation) -> Value {
        guard let owners = object.at("metadata", "ownerReferences")?.elements, !owners.isEmpty,
            var metadata = object["metadata"]
        else { return object }
        let adopted = owners.map { owner -> Value in
            guard let uid = owner["uid"]?.symbol, let key = keys[uid] else { return owner }
            var owner = owner
            owner["uid"] = .string(simulation.uidText(simulation.state[key].uid))
            return owner
        }
        metadata["ownerReferences"] = Value(.array(adopted))
        var object = object
        object["metadata"] = metadata
        return object
    }
}
