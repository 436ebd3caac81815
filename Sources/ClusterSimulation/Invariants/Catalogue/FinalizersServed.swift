extension Invariant {
    /// I2: every finalizer has a running controller that can clear it.
    static let finalizersServed = Invariant(
        "finalizers-served", .always,
        title: "Every finalizer has a running controller that watches the object's namespace",
        grace: .minutes(10),
        reads: [
            .finalizers,
            .programs { simulation, body in
                for bucket in simulation.tables.bucketContents.indices {
                    simulation.state.forEach(inBucket: bucket) { key in
                        if !simulation.state[key].finalizers.isEmpty { body(key) }
                        return true
                    }
                }
            },
        ],
        page: Page(
            rule: """
                An object with a finalizer goes only when the finalizer's controller takes it off. A controller that \
                was moved, or that watches one namespace only, no longer does so for what it left behind.
                """,
            incident: "argoproj/argo-events#1199, actions/actions-runner-controller#4484.",
            symptom: "The object, and then its namespace, stays in deletion for ever.",
            remedy: "Delete such objects before the controller moves; move the controller last.")
    ) { simulation, key in
        guard simulation.state.exists(key) else { return .notApplicable }
        var unserved: Symbol?
        var unknown: Symbol?
        for finalizer in simulation.tables.list(simulation.state[key].finalizers) {
            switch simulation.isServed(finalizer: finalizer, of: key) {
            case true?: continue
            case false?: unserved = unserved ?? finalizer
            case nil: unknown = unknown ?? finalizer
            }
        }
        if let finalizer = unserved { return finding(key, finalizer) }
        guard let finalizer = unknown else { return .holds }
        return .unknown(
            Evidence(fingerprint: finalizer.stableHash) { simulation in
                Explanation(
                    "no fact says who clears finalizer \(finalizer) of \(simulation.tables.describe(key))",
                    remedy: "state which program clears it",
                    origin: simulation.tables.body(simulation.state[key].body).value.origin)
            })
    }

    private static func finding(_ key: ObjectKey, _ finalizer: Symbol) -> Finding {
        .violated(
            Evidence(fingerprint: finalizer.stableHash) { simulation in
                let namespace = simulation.tables.namespace(key)
                return Explanation(
                    "nothing that runs clears finalizer \(finalizer) of \(simulation.tables.describe(key))",
                    remedy: "delete it while its controller runs and watches \(namespace), or remove the finalizer",
                    origin: simulation.tables.body(simulation.state[key].body).value.origin)
            })
    }
}
