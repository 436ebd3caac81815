extension Invariant {
    /// I14: the namespace of everything that is applied exists and is not Terminating.
    static let targetNamespaceExists = Invariant(
        "target-namespace-exists", .always,
        title: "Every object that is applied finds its namespace, and finds it Active",
        predicate: "needs a namespace that is not there",
        explainedBy: ["no-stuck-termination"],
        grace: .minutes(5),
        reads: [
            .subjects(Applications.kind), .subjects(.kind(.namespace)),
            .changes(of: .kind(.namespace), .existence) { simulation, namespace, body in
                let name = simulation.tables.name(namespace)
                for application in simulation.memory.argoCD.failedSyncs.keys {
                    let results = Applications.state(simulation, application)?.operation?.results ?? []
                    let concerns = results.contains {
                        $0.code == .syncFailed && simulation.tables.namespace($0.key) == name
                    }
                    if concerns { body(application) }
                }
            },
        ],
        page: Page(
            rule: """
                `CreateNamespace=true` creates only `spec.destination.namespace`; a manifest that names another missing \
                namespace is refused, and nothing new comes into a Terminating one. The sync fails, and at the same \
                revision it is not tried again (specs/argocd.md 7.5, 9.4).
                """,
            incident: "argoproj/argo-cd#11625; a Secret for a namespace that no longer existed failed a whole sync.",
            symptom: "`namespaces \"x\" not found`; the Application stays OutOfSync although other objects changed.",
            remedy: "Create the namespace in the same change set and an earlier wave, or take its objects out.")
    ) { simulation, key in
        if simulation.tables.kindID(key) == .namespace { return refusedWrite(simulation, key) }
        guard let operation = Applications.state(simulation, key)?.operation else { return .notApplicable }
        let failed = operation.results.filter { result in
            guard result.code == .syncFailed else { return false }
            let namespace = simulation.tables.namespaceKey(result.key)
            return !namespace.isNone
                && (!simulation.state.exists(namespace) || simulation.state[namespace].isDeleting)
        }
        guard let first = failed.first else { return .holds }
        return .violated(
            Evidence(fingerprint: UInt64(first.key.index)) { simulation in
                let namespace = simulation.tables.namespace(first.key)
                let objects = failed.prefix(3).map { simulation.tables.describe($0.key) }.joined(separator: ", ")
                return Explanation(
                    "Application \(simulation.tables.name(key)): \(first.message) (\(objects))",
                    remedy: "create namespace \(namespace), or remove \(objects) from the Application",
                    origin: simulation.targetNamespaceOrigin(of: first.key, in: key),
                    because: [simulation.tables.namespaceKey(first.key)], theme: "no namespace \(namespace)")
            })
    }

    /// What people applied into a namespace that refused it, for as long as it would refuse it again.
    private static func refusedWrite(_ simulation: Simulation, _ namespace: ObjectKey) -> Finding {
        guard let refused = simulation.monitor.refusedWrites.last(where: { $0.namespace == namespace }) else {
            return .notApplicable
        }
        if simulation.state.exists(namespace), !simulation.state[namespace].isDeleting { return .holds }
        return .violated(
            Evidence(fingerprint: UInt64(refused.object.index)) { simulation in
                let object = simulation.tables.describe(refused.object)
                let name = simulation.tables.name(namespace)
                return Explanation(
                    "\(object) was not written: \(refused.message)",
                    remedy:
                        "create namespace \(name) first, or write \(object) into the namespace that has taken its place",
                    cause: refused.cause, origin: refused.origin)
            })
    }
}
