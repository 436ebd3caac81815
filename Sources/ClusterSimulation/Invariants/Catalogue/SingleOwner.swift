extension Invariant {
    /// I13: no object has two Applications, and none is listed twice in one.
    static let singleOwner = Invariant(
        "single-owner", .always,
        title: "Every object is the target of one Application, once",
        predicate: "has two documents of one object",
        grace: .minutes(10),
        reads: [.subjects(Applications.kind)],
        page: Page(
            rule: """
                Two Applications with one target write over each other, and the one that stops listing it deletes it \
                (specs/argocd.md 3.7). A merge of namespaces folds objects of one name into one: of duplicates in one \
                source the last wins (2.3).
                """,
            incident: "Five documents of one file became two objects when namespaces were merged.",
            symptom: "SharedResourceWarning or RepeatedResourceWarning.",
            remedy: "Remove the duplicate, or give one of the two another name.")
    ) { simulation, key in
        Applications.finding(
            simulation, key, conditions: .sharedResourceWarning, .repeatedResourceWarning,
            remedy: "keep one of the documents that name the object")
    }

    /// I12: nothing is left behind that Argo CD wants gone.
    static let nothingLeftBehind = Invariant(
        "nothing-left-behind", .eventually,
        title: "What an Application no longer lists is gone within the bound",
        predicate: "leaves old objects behind",
        explainedBy: [
            "finalizers-served", "no-stuck-termination", "target-namespace-exists", "applications-converge",
        ],
        grace: .minutes(30),
        reads: [.subjects(Applications.kind)],
        page: Page(
            rule: """
                After a move the objects in the old namespace are still tracked, live and without a target: they wait \
                to be pruned (specs/argocd.md 3.8). Without prune, behind a finalizer, or after a failed sync they stay.
                """,
            incident: "argoproj/argo-cd#9172: old resources stayed after the destination changed.",
            symptom: "Objects with `requiresPruning`; two copies of a workload at once.",
            remedy: "Sync with prune; remove what blocks the deletion.")
    ) { simulation, key in
        guard let state = Applications.state(simulation, key) else { return .notApplicable }
        let left = state.resources.filter(\.requiresPruning)
        guard let first = left.first else { return .holds }
        return .violated(
            Evidence(fingerprint: UInt64(first.key.index) << 16 | UInt64(left.count)) { simulation in
                let names = left.prefix(3).map { simulation.tables.describe($0.key) }.joined(separator: ", ")
                let more = left.count > 3 ? " and \(left.count - 3) more" : ""
                return Explanation(
                    "Application \(simulation.tables.name(key)) has left behind \(names)\(more)",
                    remedy: "sync with prune, and remove the finalizers of what does not go",
                    origin: Applications.origin(simulation, first.key),
                    because: Blame.withWorkloads(simulation, left.map(\.key)))
            })
    }
}
