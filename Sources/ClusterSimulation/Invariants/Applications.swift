/// What the invariants about Argo CD's Applications share.
enum Applications {
    static let kind = Watch.Target.custom(group: "argoproj.io", kind: "Application")

    static func kindID(_ simulation: Simulation) -> KindID { kind.resolve(simulation.tables) }

    /// The state of an Application; nil where it is gone or was never looked at.
    static func state(_ simulation: Simulation, _ key: ObjectKey) -> ApplicationState? {
        guard simulation.state.exists(key), !simulation.state[key].isDeleting else { return nil }
        guard let content = simulation.state.status(key, as: ApplicationStatus.self)?.content else { return nil }
        return content.wasReconciled ? content : nil
    }

    /// The place in the object's manifest; where its content came from no file, the Application's.
    static func origin(_ simulation: Simulation, _ key: ObjectKey) -> Origin {
        simulation.tables.body(simulation.state[key].body).value.origin
    }

    /// A finding from the first condition of these kinds.
    ///
    /// - Parameter theme: what violations about the same Application that are one issue have in common.
    static func finding(
        _ simulation: Simulation, _ key: ObjectKey, conditions kinds: ApplicationCondition.Kind...,
        theme: String = "", remedy: String
    ) -> Finding {
        guard let state = state(simulation, key) else { return .notApplicable }
        guard let condition = state.conditions.first(where: { kinds.contains($0.kind) }) else { return .holds }
        // What the model does not know is told where it was asked for.
        if condition.isUnknown { return .notApplicable }
        return .violated(
            Evidence(fingerprint: condition.message.stableHash) { simulation in
                Explanation(
                    "Application \(simulation.tables.name(key)): \(condition.kind.text): \(condition.message)",
                    remedy: remedy, origin: origin(simulation, key),
                    theme: theme.isEmpty ? "" : "\(simulation.tables.describe(key)) \(theme)")
            })
    }
}

extension Simulation {
    /// Where the manifest of one target of an Application names its namespace, at the revisions that it synced last.
    func targetNamespaceOrigin(of target: ObjectKey, in application: ObjectKey) -> Origin {
        guard let facts = facts(application, ApplicationFacts.self) else { return .none }
        var copy = self
        let revisions = applicationState(application).operation?.synced?.revisions
        let targets = copy.targets(application, facts, revisions: revisions ?? resolvedRevisions(facts))
        return targets.objects.first { $0.key == target }?.namespaceOrigin ?? .none
    }
}
