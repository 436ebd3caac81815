extension Invariant {
    /// I2: every finalizer has a running controller that can clear it.
    static let finalizersServed = Invariant(
        "finalizers-served", .always,
        title: "Every finalizer has a running controller that watches the object's namespace and may write there",
        predicate: "has a finalizer that nothing clears",
        grace: .minutes(10),
        reads: [
            .finalizers, .programs { $0.monitor.finalizerSubjects.forEach($1) },
        ]
            + ([.role, .roleBinding, .clusterRole, .clusterRoleBinding] as [KindID]).map {
                .changes(of: .kind($0), [.created, .body, .removed], everyone)
            },
        page: Page(
            rule: """
                An object with a finalizer goes only when the finalizer's controller takes it off. A controller that \
                was moved, that watches one namespace only, or that RBAC does not let write there, no longer does so for \
                what it left behind.
                """,
            incident: "argoproj/argo-events#1199, actions/actions-runner-controller#4484.",
            symptom: "The object, and then its namespace, stays in deletion for ever.",
            remedy: "Delete such objects before the controller moves; move the controller last.")
    ) { simulation, key in
        guard simulation.state.exists(key) else { return .notApplicable }
        var unserved: (finalizer: Symbol, service: FinalizerService)?
        var unknown: Symbol?
        for finalizer in simulation.tables.list(simulation.state[key].finalizers) {
            switch simulation.service(of: finalizer, on: key) {
            case .served: continue
            case .unknown: unknown = unknown ?? finalizer
            case let service: unserved = unserved ?? (finalizer, service)
            }
        }
        if let unserved { return finding(key, unserved.finalizer, unserved.service) }
        guard let finalizer = unknown else { return .holds }
        return .unknown(
            Evidence(fingerprint: finalizer.stableHash) { simulation in
                Explanation(
                    "no fact says who clears finalizer \(finalizer) of \(simulation.tables.describe(key))",
                    remedy: "state which program clears it",
                    origin: simulation.tables.body(simulation.state[key].body).value.origin)
            })
    }

    /// Rights have changed: whoever clears finalizers may have gained or lost some.
    private static func everyone(_ simulation: Simulation, _ key: ObjectKey, _ body: (ObjectKey) -> Void) {
        if simulation.programs.running.isEmpty { return }
        let namespace = simulation.tables.namespace(key)
        for subject in simulation.monitor.finalizerSubjects
        where namespace.isEmpty || namespace == simulation.tables.namespace(subject) {
            body(subject)
        }
    }

    private static func finding(_ key: ObjectKey, _ finalizer: Symbol, _ service: FinalizerService) -> Finding {
        var hash = StableHash()
        hash.combine(finalizer.stableHash)
        if case .forbidden = service { hash.combine(1) }
        return .violated(
            Evidence(fingerprint: hash.value) { simulation in
                let namespace = simulation.tables.namespace(key)
                var message = "nothing that runs clears finalizer \(finalizer) of \(simulation.tables.describe(key))"
                var remedy = "delete it while its controller runs and watches \(namespace), or remove the finalizer"
                if case .forbidden(let user) = service {
                    message += ": \(user) may not update it"
                    remedy = "let \(user) update it, or remove the finalizer"
                }
                return Explanation(
                    message, remedy: remedy, origin: simulation.tables.body(simulation.state[key].body).value.origin,
                    theme: FinalizerTheme.text)
            })
    }
}

/// What keeps things from going is one issue, whether it is told of an object or of its namespace.
enum FinalizerTheme {
    static let text = "finalizers that nothing clears"
}
