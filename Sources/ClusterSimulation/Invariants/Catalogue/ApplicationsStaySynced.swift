extension Invariant {
    /// I23: what has converged stays so: no Application is healed again and again.
    static let applicationsStaySynced = Invariant(
        "applications-stay-synced", .stays,
        title: "No Application drifts again after each time it was healed",
        predicate: "drifts after each heal",
        explainedBy: [
            "finalizers-served", "no-stuck-termination", "single-owner", "workloads-become-available",
            "applications-converge",
        ],
        grace: .minutes(1),
        reads: [.subjects(Applications.kind)],
        page: Page(
            rule: """
                Self-heal syncs again what drifted at an unchanged revision, with a back-off from 2 s to 5 min; each \
                time in a row is counted (specs/argocd.md 9.5). Where something writes the field back each time, it \
                never ends.
                """,
            incident: """
                redhat-ai-services/ai-accelerator#168: a namespace that was a hook went and came with every sync; two \
                Applications that own one object overwrite each other for ever.
                """,
            symptom: "An Application that flips between Synced and OutOfSync, with a growing autoHealAttemptsCount.",
            remedy: "Let one owner write the field: remove it from one source, or ignore its difference.")
    ) { simulation, key in
        guard let state = Applications.state(simulation, key), let operation = state.operation else {
            return .notApplicable
        }
        let attempts = operation.operation.selfHealAttempts
        guard attempts >= healsMax else { return .holds }
        // The loop is over when it has not gone on for three times the longest back-off and a poll between each.
        let quiet = operation.finishedAt.map { $0 + .minutes(25) } ?? .never
        if operation.finishedAt != nil, quiet <= simulation.now { return .holds }
        return .violated(
            Evidence(recheck: quiet) { simulation in
                let drifting = state.resources.filter { $0.sync == .outOfSync }.prefix(3)
                    .map { simulation.tables.describe($0.key) }
                let results = operation.results.prefix(3).map { simulation.tables.describe($0.key) }
                let names = (drifting.isEmpty ? results : drifting).joined(separator: ", ")
                return Explanation(
                    "Application \(simulation.tables.name(key)) was healed \(attempts) times in a row "
                        + "and drifts again: \(names)",
                    remedy: "find who writes these fields besides the Application (managedFields), and let one do it",
                    origin: Applications.origin(simulation, key),
                    because: Blame.withWorkloads(
                        simulation,
                        state.resources.filter { $0.sync == .outOfSync }.map(\.key) + operation.results.map(\.key)))
            })
    }

    /// More heals in a row than that are a loop; the back-off makes them last a minute at least.
    private static let healsMax = 4
}
