extension Invariant {
    /// I13: what an operator looks after has one operator.
    static let singleOperator = Invariant(
        "single-operator", .always,
        title: "No two instances of an operator act on one namespace at a time",
        predicate: "acts beside another instance of its program",
        grace: .minutes(2),
        reads: [
            .subjects(.kind(.deployment)), .subjects(.kind(.statefulSet)),
            .programs { simulation, body in
                for instance in simulation.programs.running {
                    if let workload = WorkloadPods.workload(simulation, of: instance.pod) { body(workload) }
                }
            },
        ],
        page: Page(
            rule: """
                Instances of an operator agree on a leader by a Lease in their own namespace. An old and a new instance \
                in two namespaces each have a Lease of their own, so both act on every namespace that both watch \
                (client-go's leader election; controller-runtime's default namespace for it).
                """,
            incident: "FoundationDB/fdb-kubernetes-operator#268: two operators scaled the same cluster, twice.",
            symptom: "Objects are written in turns; Pods or runners appear twice.",
            remedy: "Stop the old operator before the new one starts, or let both use one Lease namespace.")
    ) { simulation, key in
        guard simulation.state.exists(key), let pair = pair(simulation, key) else { return .notApplicable }
        return .violated(
            Evidence(fingerprint: UInt64(pair.older.pod.index) << 32 | UInt64(pair.newer.pod.index)) { simulation in
                let name = simulation.tables.describe(key)
                let other = WorkloadPods.workload(simulation, of: pair.older.pod) ?? pair.older.pod
                let namespace = pair.newer.namespace.isEmpty ? pair.older.namespace : pair.newer.namespace
                let place = namespace.isEmpty ? "every namespace" : "namespace \(namespace)"
                let old = simulation.tables.describe(other)
                return Explanation(
                    other == key
                        ? "two Pods of \(name) act as \(pair.newer.program) on \(place)"
                        : "\(name) and \(old) both act as \(pair.newer.program) on \(place)",
                    remedy: other == key
                        ? "switch on leader election in \(name), or run one replica"
                        : "stop \(old) before \(name) starts",
                    origin: simulation.manifestOrigin(of: key))
            })
    }

    /// The first instance of a workload beside which an older one of the same program leads and watches the same.
    private static func pair(
        _ simulation: Simulation, _ workload: ObjectKey
    ) -> (older: ProgramInstance, newer: ProgramInstance)? {
        let running = simulation.programs.running
        for (index, newer) in running.enumerated() where newer.isLeading {
            for older in running[..<index] where older.isLeading && older.program == newer.program {
                guard older.pod != newer.pod, older.watchesSame(as: newer),
                    WorkloadPods.workload(simulation, of: newer.pod) == workload
                else { continue }
                return (older, newer)
            }
        }
        return nil
    }
}

extension ProgramInstance {
    /// Whether there is a namespace that both watch.
    fileprivate func watchesSame(as other: ProgramInstance) -> Bool {
        namespace.isEmpty || other.namespace.isEmpty || namespace == other.namespace
    }
}
