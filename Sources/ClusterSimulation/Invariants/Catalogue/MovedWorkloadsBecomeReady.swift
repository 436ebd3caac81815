extension Invariant {
    /// I24: a move is over only when what moved runs in its new place.
    static let movedWorkloadsBecomeReady = Invariant(
        "moved-workloads-become-ready", .sometimes,
        title: "Every workload that moved is ready at least once in its new namespace",
        predicate: "was never ready after its move",
        explainedBy: [
            "workloads-become-available", "parameters-parse", "image-namespace-matches", "secrets-materialise",
            "namespace-metadata-preserved",
        ],
        grace: .minutes(30),
        reads: Departures.workloads.map { .subjects(.kind($0)) }
            + Departures.workloads.map { kind in
                .changes(of: .kind(kind), [.created, .removed]) { simulation, key, body in
                    simulation.forEachNamesake(of: key, body)
                }
            },
        page: Page(
            rule: """
                A workload of the same kind, name and images that is gone from another namespace has moved. Without \
                one moment in which it was ready, nothing shows that the move works: every other finding may be vacuous.
                """,
            incident: "kubernetes-sigs/cluster-api-addon-provider-helm#197: the old release went, the new was refused.",
            symptom: "The old namespace is gone and the new one never had a ready Pod: an outage without an end.",
            remedy: "Let the new workload become ready before the old one is removed.")
    ) { simulation, key in
        guard simulation.state.exists(key), !simulation.state[key].isDeleting,
            let facts = simulation.facts(key, WorkloadFacts.self), let past = simulation.formerPlace(of: key)
        else { return .notApplicable }
        let state = simulation.workloadState(key)
        let wanted = simulation.state[key].kind == .daemonSet ? state.desired : facts.replicas
        if wanted == 0 || state.ready > 0 { return .holds }
        // A Deployment that was complete once says so until its next rollout.
        if let progress = state.condition("Progressing"), progress.reason == "NewReplicaSetAvailable" { return .holds }
        return .violated(
            Evidence(fingerprint: UInt64(past.key.index)) { simulation in
                let old = simulation.tables.namespace(past.key)
                let new = simulation.tables.namespace(key)
                return Explanation(
                    "\(simulation.tables.describe(key)) moved from \(old) and has never been ready in \(new)",
                    remedy: "have it ready in \(new) before its removal from \(old) (two changes, or sync waves)",
                    origin: simulation.manifestOrigin(of: key))
            })
    }
}
