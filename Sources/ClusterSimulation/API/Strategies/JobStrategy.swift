/// Labels by which a Job knows its Pods. Source: recordings, family workloads.
enum JobStrategy {
    /// The labels with those that the API server adds to a Job's template.
    static func labels(_ tables: ClusterTables, _ labels: MapID, _ name: Symbol, uid: UInt32) -> MapID {
        let digits = String(uid, radix: 16)
        let text = Symbol("00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits)
        return tables.map(
            tables.map(labels).entries.map { ($0.key, $0.value) } + [
                ("batch.kubernetes.io/controller-uid", text), ("batch.kubernetes.io/job-name", name),
                ("controller-uid", text), ("job-name", name),
            ])
    }
}

extension Simulation {
    /// A Job without labels of its own gets its template's, as the API server fills them in.
    mutating func prepareJob(_ draft: inout ObjectDraft) {
        guard draft.labels.isEmpty, let facts = tables.body(draft.body).facts(WorkloadFacts.self) else { return }
        draft.labels = JobStrategy.labels(tables, facts.templateLabels, draft.name, uid: state.lastUID + 1)
    }
}
