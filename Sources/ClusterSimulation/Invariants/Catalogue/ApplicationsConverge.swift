extension Invariant {
    /// I23: every Application converges and stays converged.
    static let applicationsConverge = Invariant(
        "applications-converge", .eventually,
        title: "Every Application is Synced, and neither Degraded nor Missing, within the bound",
        predicate: "does not converge",
        explainedBy: [
            "target-namespace-exists", "application-permitted-by-project", "application-source-readable",
            "webhooks-reachable", "certificate-covers-service", "ca-bundle-trusts-certificate",
            "workloads-become-available", "moved-workloads-become-ready", "secrets-materialise", "finalizers-served",
            "no-stuck-termination", "applications-converge",
        ],
        grace: .minutes(30),
        reads: [.subjects(Applications.kind)],
        page: Page(
            rule: """
                After a change Argo CD compares, syncs and waits; what failed once at a revision is not tried again by \
                itself (specs/argocd.md 9.4). A move that ends anywhere else than Synced needs a hand.
                """,
            incident: "Applications that had to be synced by hand after a consolidation, hours later.",
            symptom: "`argocd app list` shows OutOfSync or Degraded.",
            remedy: "See the message; repair the cause, then sync by hand or push a new revision.")
    ) { simulation, key in
        guard let state = Applications.state(simulation, key) else { return .notApplicable }
        let isOutOfSync = state.sync == .outOfSync
        guard isOutOfSync || state.health == .degraded || state.health == .missing else { return .holds }
        let fingerprint = UInt64(state.sync.rawValue) << 8 | UInt64(state.health.rawValue)
        return .violated(
            Evidence(fingerprint: fingerprint) { simulation in
                let operation = state.operation.map { " (last sync \($0.phase.text): \($0.message))" } ?? ""
                let health = state.healthMessage.isEmpty ? "" : ", \(state.healthMessage)"
                return Explanation(
                    "Application \(simulation.tables.name(key)) is \(state.sync.text) and \(state.health.text)\(health)"
                        + operation,
                    remedy: "repair what the message names, then sync the Application",
                    origin: Applications.origin(simulation, key), because: Applications.troubled(simulation, state))
            })
    }

    /// I9, for Argo CD: the AppProject permits the Application's source and destination.
    static let applicationPermitted = Invariant(
        "application-permitted-by-project", .always,
        title: "The AppProject permits every Application's source and destination",
        predicate: "is not permitted by its project",
        grace: .minutes(5),
        reads: [.subjects(Applications.kind)],
        page: Page(
            rule: """
                An Application whose repository, destination or kinds its AppProject does not list is not compared at \
                all: sync and health are Unknown (specs/argocd.md 8.1).
                """,
            incident: "argoproj/argo-cd#22869: the project's list did not have the new namespace.",
            symptom: "`InvalidSpecError`, Unknown/Unknown; nothing is applied any more.",
            remedy: "Add the new namespace or repository to the AppProject before the Application changes.")
    ) { simulation, key in
        Applications.finding(
            simulation, key, conditions: .invalidSpecError, theme: "may not be read",
            remedy: "list the source and the destination namespace in the AppProject")
    }

    /// I8, for Argo CD: the source of every Application can be read.
    static let applicationSourceReadable = Invariant(
        "application-source-readable", .always,
        title: "Argo CD can render the source of every Application",
        predicate: "has a source that cannot be read",
        grace: .minutes(10),
        reads: [.subjects(Applications.kind)],
        page: Page(
            rule: """
                While the target state cannot be loaded, sync is Unknown and health is computed from what lives: an \
                Application can look Healthy and be out of Argo CD's hands (specs/argocd.md 8.2, 8.3).
                """,
            incident: "A chart named by an `oci://` URL together with `chart:` could not be read.",
            symptom: "`ComparisonError`; the Application is Unknown and changes no longer arrive.",
            remedy: "Correct the source; check it with a rehearsal before merging.")
    ) { simulation, key in
        Applications.finding(
            simulation, key, conditions: .comparisonError, theme: "may not be read",
            remedy: "correct the Application's source")
    }
}
