package import ClusterSimulation
import Manifests

extension ScenarioRunner {
    /// Raised whenever the same input may have another outcome: stored with every outcome.
    package static let modelVersion = "4"

    /// What the rehearsal found up to now.
    package func outcome() -> Outcome {
        let violations = simulation.violations(since: scenario.start)
        let unsettled = simulation.unknowns(since: scenario.start)
        let missing = missingObjects + missingFacts() + usedUp()
        var counters = simulation.counters
        counters.virtualSeconds = UInt64(max(0, (simulation.now - scenario.start).milliseconds / 1000))
        let versions = simulation.configuration.versions
        let seed = options.seed ?? scenario.seed
        let namespaces = simulation.namespaceRows()
        let present = Set(namespaces.map(\.name))
        let removed = initialNamespaces.filter { !present.contains($0) }
        var outcome = Outcome(
            scenario: options.variant.isEmpty ? scenario.name : "\(scenario.name)/\(options.variant)",
            modelVersion: Self.modelVersion, seed: seed,
            verdict: verdict(violations, isUnknown: !unsettled.isEmpty || !missing.isEmpty), digest: "",
            inputDigest: scenario.files.digest(
                with: [
                    "seed \(seed)", "kubernetes \(versions.kubernetesText)", "argocd \(versions.argocdText)",
                    "until \(horizon.rfc3339)",
                ] + options.healthScripts.entries.flatMap { [$0.pattern.text, $0.script.text.text] }),
            horizon: simulation.now, start: scenario.start, violations: violations,
            unknowns: unsettled + missing,
            applications: simulation.applicationRows(
                of: scenario.viewApplications.isEmpty ? nil : scenario.viewApplications),
            pods: simulation.podRows(), namespaces: namespaces, removedNamespaces: removed,
            invariants: simulation.configuration.invariants.map(\.id.text), timeline: timeline,
            changeSets: changeSets, counters: counters)
        outcome.releases = Outcome.Releases(kubernetes: versions.kubernetesText, argocd: versions.argocdText)
        // One door: whatever quoted a value of a Secret, no outcome has it, nor anything that was made of it.
        outcome = outcome.mappingTexts(SecretFingerprint.redacted)
        // Where the scenario lies is not part of what was found.
        outcome.digest = outcome.relative(to: scenario.folder).computeDigest()
        return outcome
    }

    private func verdict(_ violations: [Violation], isUnknown: Bool) -> Verdict {
        if !violations.isEmpty { return .violated }
        return isUnknown ? .inconclusive : .holds
    }

    /// The limit that ended the run, and what took it.
    private func usedUp() -> [Unknown] {
        guard let limit = usedUpLimit else { return [] }
        let number = simulation.configuration.limits[limit]
        let span = simulation.now < scenario.start ? "while the initial cluster settled" : "before its horizon"
        return [
            Unknown(
                subject: Subject(kind: "Scenario", namespace: nil, name: scenario.name),
                message: "the rehearsal ended at \(simulation.now.rfc3339), \(span): it has reached \(number) "
                    + "\(limit.unit) (limit \(limit.rawValue)); \(simulation.mostFrequentWork)",
                source: nil)
        ]
    }

    /// Sources of Applications of which the scenario does not say what they hold.
    private func missingFacts() -> [Unknown] {
        simulation.manifestAccount.missing.map { fact in
            Unknown(
                subject: Subject(kind: "Application", namespace: "argocd", name: fact.application.text),
                message: fact.message, source: fact.origin.description)
        }
    }
}
