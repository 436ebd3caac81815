/// Looking for references of an object whose target is missing: the shape that many invariants share.
enum Dangling {
    /// A finding about the missing targets: `holds` where there are none.
    ///
    /// - Parameter isThere: when a target counts as there; by default where it exists.
    static func finding(
        _ simulation: Simulation, _ key: ObjectKey, _ types: ReferenceType...,
        isThere: (Simulation, ObjectKey) -> Bool = { $0.state.exists($1) },
        explain: @escaping (Simulation, [ClusterState.ReferenceLink]) -> Explanation
    ) -> Finding {
        guard simulation.state.exists(key) else { return .notApplicable }
        var missing: [ClusterState.ReferenceLink] = []
        simulation.state.forEachReference(of: key) { link in
            guard types.contains(link.type), !link.isOptional, !isThere(simulation, link.target) else { return }
            missing.append(link)
        }
        if missing.isEmpty { return .holds }
        missing.sort { simulation.tables.describe($0.target) < simulation.tables.describe($1.target) }
        var fingerprint = StableHash()
        for link in missing {
            fingerprint.combine(UInt64(link.target.index) << 1 | (simulation.state.exists(link.target) ? 1 : 0))
        }
        let found = missing
        return .violated(
            Evidence(fingerprint: fingerprint.value) { simulation in
                var explanation = explain(simulation, found)
                if explanation.origin.isNone {
                    explanation.origin = origin(simulation, of: key, to: found[0])
                }
                return explanation
            })
    }

    /// Where in a file the reference was written.
    static func origin(_ simulation: Simulation, of key: ObjectKey, to link: ClusterState.ReferenceLink) -> Origin {
        let namespace = simulation.tables.namespace(key)
        for reference in simulation.tables.body(simulation.state[key].body).references
        where reference.type == link.type
            && simulation.target(of: reference, from: namespace) == link.target
        {
            return reference.origin
        }
        return .none
    }
}

extension Dangling {
    /// Where in a file a webhook's Service was written.
    static func origin(_ simulation: Simulation, of key: ObjectKey, service: ObjectKey) -> Origin {
        simulation.tables.body(simulation.state[key].body).references.first {
            $0.type == .webhookService && simulation.target(of: $0, from: .empty) == service
        }?.origin ?? .none
    }
}

extension Simulation {
    /// Where an object was written: its content as it is now, or as it was created.
    func manifestOrigin(of key: ObjectKey) -> Origin {
        let origin = tables.body(state[key].body).value.origin
        return origin.isNone ? trace[Int(state[key].creation.index)].origin : origin
    }
}
