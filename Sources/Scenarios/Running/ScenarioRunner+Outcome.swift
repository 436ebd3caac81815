package import ClusterSimulation

extension ScenarioRunner {
    /// Raised whenever the same input may have another outcome: stored with every outcome.
    package static let modelVersion = "1"

    /// What the rehearsal found up to now.
    package func outcome() -> Outcome {
        let violations = simulation.violations(since: scenario.start)
        let unsettled = simulation.unknowns(since: scenario.start)
        let missing = missingFacts()
        var counters = simulation.counters
        counters.virtualSeconds = UInt64(max(0, (simulation.now - scenario.start).milliseconds / 1000))
        let versions = simulation.configuration.versions
        let seed = options.seed ?? scenario.seed
        var outcome = Outcome(
            scenario: scenario.name, modelVersion: Self.modelVersion, seed: seed,
            verdict: verdict(violations, isUnknown: !unsettled.isEmpty || !missing.isEmpty), digest: "",
            inputDigest: scenario.files.digest(with: [
                "seed \(seed)", "kubernetes 1.\(versions.kubernetesMinor)",
                "argocd \(versions.argocdMajor).\(versions.argocdMinor)", "until \(horizon.rfc3339)",
            ]),
            horizon: simulation.now, start: scenario.start, violations: violations,
            unknowns: unsettled + missing,
            applications: simulation.applicationRows(
                of: scenario.viewApplications.isEmpty ? nil : scenario.viewApplications),
            pods: simulation.podRows(), namespaces: simulation.namespaceRows(),
            invariants: simulation.configuration.invariants.map(\.id.text), timeline: timeline,
            changeSets: changeSets, counters: counters)
        outcome.digest = outcome.computeDigest()
        return outcome
    }

    private func verdict(_ violations: [Violation], isUnknown: Bool) -> Verdict {
        if !violations.isEmpty { return .violated }
        return isUnknown || hasHitLimit ? .inconclusive : .holds
    }

    /// Sources of Applications of which the scenario does not say what they hold.
    private func missingFacts() -> [Unknown] {
        server.missingFacts.map { fact in
            Unknown(
                subject: Subject(kind: "Application", namespace: "argocd", name: fact.application.text),
                message: fact.message, source: fact.origin.description)
        }
    }
}

extension Scenario.Expectation {
    /// What of this is not so, one sentence each; empty: everything is as expected.
    package func unmet(in outcome: Outcome) -> [String] {
        var unmet: [String] = []
        if let verdict, verdict != outcome.verdict {
            unmet.append("expected verdict \(verdict.rawValue), got \(outcome.verdict.rawValue)")
        }
        for expected in violations {
            let name = "\(expected.invariant) of \(Self.name(expected.subject))"
            let found = outcome.violations.filter {
                $0.invariant == expected.invariant.text && $0.subject == expected.subject
            }
            if found.isEmpty {
                unmet.append("expected a violation of \(name), there is none")
            } else if let fixed = expected.fixed, fixed != found.allSatisfy({ $0.to != nil }) {
                unmet.append(
                    fixed ? "expected the violation of \(name) to be over by the horizon, it is not"
                        : "expected the violation of \(name) to be open at the horizon, it is over")
            }
        }
        return unmet
    }

    private static func name(_ subject: Subject) -> String {
        "\(subject.kind) \(subject.namespace.map { "\($0)/" } ?? "")\(subject.name)"
    }
}
