package import ClusterSimulation

/// Outcomes for the ledger: whatever a value can hold, and series that differ.
extension Outcomes {
    /// One with something in every field.
    package static let rich: Outcome = {
        let start = time("2025-11-26T18:00:00Z")
        var outcome = Outcome(
            scenario: "namespace-consolidation", modelVersion: "3", seed: .max, verdict: .violated, digest: "",
            inputDigest: "5f0c6a1e9d3b2847", horizon: start + .minutes(610), start: start)
        let merge = Cause(at: start, actor: "user", action: "merge", object: "#1738", source: "scenario.yaml:41:7")
        let exit = Cause(at: start + .milliseconds(90_250), actor: "kubelet", action: "exit", object: "Pod a/b")
        outcome.violations = [
            Violation(
                invariant: "no-stuck-termination", kind: .eventually,
                subject: Subject(kind: "Namespace", namespace: nil, name: "argo"), from: start + .minutes(5), to: nil,
                message: "two\nlines, a \"quote\", a \\ and \u{1B}[31m", remedy: "", causes: [merge, exit]),
            Violation(
                invariant: "dns-names-resolve", kind: .always,
                subject: Subject(kind: "Service", namespace: "a", name: "日本-😀"),
                from: SimulationTime(milliseconds: -1), to: start + .milliseconds(1), message: "", remedy: "r",
                causes: [], endedBy: [merge, exit, merge], consequenceOf: 0, issue: 0),
            Violation(
                invariant: "dns-names-resolve", kind: .stays, subject: Subject(kind: "", namespace: "", name: ""),
                from: .never, to: .epoch, message: "a NUL \u{0} in the middle", remedy: "\u{0}", causes: [exit]),
        ]
        outcome.unknowns = [
            Unknown(
                subject: Subject(kind: "Image", namespace: nil, name: "busybox"), message: "no fact", source: "a:1:2"),
            Unknown(subject: Subject(kind: "Image", namespace: "", name: ""), message: "", source: nil),
        ]
        outcome.applications = [
            .init(name: "a", namespace: "b", project: "c", sync: "Synced", health: "Healthy", message: "m\u{0}n"),
            .init(name: "z", namespace: "", project: "", sync: "OutOfSync", health: "Degraded", message: "é e\u{301}"),
        ]
        outcome.pods = [
            .init(namespace: "a", name: "b-0", status: "CrashLoopBackOff", ready: "0/1", message: "back-off 5m0s")
        ]
        outcome.namespaces = [
            .init(
                name: "argo", phase: "Terminating",
                conditions: [
                    .init(type: "NamespaceContentRemaining", status: "True", reason: "Some", message: "1 eventbus"),
                    .init(type: "NamespaceDeletionDiscoveryFailure", status: "False", reason: "", message: ""),
                ]), .init(name: "cto", phase: "Active", conditions: []),
        ]
        outcome.removedNamespaces = ["cert-manager", "operators"]
        outcome.invariants = ["no-stuck-termination", "dns-names-resolve"]
        outcome.timeline = [
            .init(at: start, actor: "user", text: "merge #1738", source: "scenario.yaml:41:7"),
            .init(at: SimulationTime(milliseconds: .max), actor: "", text: ""),
        ]
        outcome.changeSets = [
            .init(
                name: "#1738", title: "Consolidate", repository: "https://git.example/cto", mergedAt: start,
                revertedAt: start + .seconds(1), revision: "abc", source: "scenario.yaml:20:7",
                changedFiles: ["infra/a.yaml", "infra/b \"c\".yaml"], removedFiles: ["infra/d.yaml"]),
            .init(name: "#1739", title: "", repository: ""),
        ]
        outcome.counters.events = .max
        outcome.counters.apiWrites = 1
        outcome.counters.reconciles = 2
        outcome.counters.invariantChecks = 3
        outcome.counters.virtualSeconds = 36_600
        outcome.timings.loadMilliseconds = 0.1
        outcome.timings.simulateMilliseconds = 153.062_5
        outcome.digest = outcome.computeDigest()
        return outcome
    }()

    /// One with violations of one invariant by these services.
    package static func outcome(
        _ scenario: String = "s", model: String = "1", input: String = "i", seed: UInt64 = 0, violated: [String] = [],
        verdict: Verdict? = nil, invariants: [String] = ["dns-names-resolve"]
    ) -> Outcome {
        var outcome = Outcome(
            scenario: scenario, modelVersion: model, seed: seed,
            verdict: verdict ?? (violated.isEmpty ? .holds : .violated), digest: "", inputDigest: input,
            horizon: .epoch + .minutes(10), start: .epoch)
        outcome.invariants = invariants
        outcome.violations = violated.map { name in
            Violation(
                invariant: "dns-names-resolve", kind: .always,
                subject: Subject(kind: "Service", namespace: "a", name: name), from: .epoch + .seconds(1),
                to: .epoch + .seconds(3), message: "\(name).a.svc does not resolve", remedy: "", causes: [])
        }
        outcome.digest = outcome.computeDigest()
        return outcome
    }
}
