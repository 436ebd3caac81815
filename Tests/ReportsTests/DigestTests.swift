import ClusterSimulation
import Testing

/// The digest lives with `Outcome`; its tests live here, next to the hand-made outcomes they change.
@Suite struct DigestTests {
    /// One change to each field that the digest has to cover.
    private static let changes: [(String, @Sendable (inout Outcome) -> Void)] = [
        ("scenario", { $0.scenario += "x" }),
        ("modelVersion", { $0.modelVersion += "x" }),
        ("seed", { $0.seed += 1 }),
        ("verdict", { $0.verdict = .holds }),
        ("inputDigest", { $0.inputDigest += "0" }),
        ("horizon", { $0.horizon.milliseconds += 1 }),
        ("start", { $0.start.milliseconds += 1 }),
        ("violations", { $0.violations.removeLast() }),
        ("violation invariant", { $0.violations[0].invariant += "x" }),
        ("violation kind", { $0.violations[0].kind = .stays }),
        ("violation subject kind", { $0.violations[0].subject.kind += "x" }),
        ("violation subject namespace", { $0.violations[0].subject.namespace = nil }),
        ("violation subject name", { $0.violations[0].subject.name += "x" }),
        ("violation from", { $0.violations[0].from.milliseconds += 1 }),
        ("violation to", { $0.violations[0].to = nil }),
        ("violation message", { $0.violations[0].message += "x" }),
        ("violation remedy", { $0.violations[0].remedy += "x" }),
        ("causes", { $0.violations[0].causes.removeLast() }),
        ("cause at", { $0.violations[0].causes[0].at.milliseconds += 1 }),
        ("cause actor", { $0.violations[0].causes[0].actor += "x" }),
        ("cause action", { $0.violations[0].causes[0].action += "x" }),
        ("cause object", { $0.violations[0].causes[0].object += "x" }),
        ("cause source", { $0.violations[0].causes[0].source = "" }),
        ("no cause source", { $0.violations[0].causes[0].source = nil }),
        ("consequenceOf", { $0.violations[1].consequenceOf = 0 }),
        ("issue", { $0.violations[1].issue = 3 }),
        ("endedBy", { $0.violations[0].endedBy = $0.violations[0].causes }),
        ("unknown subject", { $0.unknowns[0].subject.name += "x" }),
        ("unknown message", { $0.unknowns[0].message += "x" }),
        ("unknown source", { $0.unknowns[0].source = nil }),
        ("application name", { $0.applications[0].name += "x" }),
        ("application namespace", { $0.applications[0].namespace += "x" }),
        ("application project", { $0.applications[0].project += "x" }),
        ("application sync", { $0.applications[0].sync += "x" }),
        ("application health", { $0.applications[0].health += "x" }),
        ("application message", { $0.applications[0].message += "x" }),
        ("application order", { $0.applications.swapAt(0, 1) }),
        ("pod namespace", { $0.pods[0].namespace += "x" }),
        ("pod name", { $0.pods[0].name += "x" }),
        ("pod status", { $0.pods[0].status += "x" }),
        ("pod ready", { $0.pods[0].ready += "x" }),
        ("pod message", { $0.pods[0].message += "x" }),
        ("namespace name", { $0.namespaces[0].name += "x" }),
        ("namespace phase", { $0.namespaces[0].phase += "x" }),
        ("condition type", { $0.namespaces[0].conditions[0].type += "x" }),
        ("condition status", { $0.namespaces[0].conditions[0].status += "x" }),
        ("condition reason", { $0.namespaces[0].conditions[0].reason += "x" }),
        ("condition message", { $0.namespaces[0].conditions[0].message += "x" }),
        ("invariants", { $0.invariants.swapAt(0, 1) }),
        ("timeline at", { $0.timeline[0].at.milliseconds += 1 }),
        ("timeline actor", { $0.timeline[0].actor += "x" }),
        ("timeline text", { $0.timeline[0].text += "x" }),
        ("timeline source", { $0.timeline[0].source = nil }),
        ("changeSet name", { $0.changeSets[0].name += "x" }),
        ("changeSet title", { $0.changeSets[0].title += "x" }),
        ("changeSet repository", { $0.changeSets[0].repository += "x" }),
        ("changeSet mergedAt", { $0.changeSets[0].mergedAt = nil }),
        ("changeSet revertedAt", { $0.changeSets[0].revertedAt = .epoch }),
        ("changeSet revision", { $0.changeSets[0].revision += "x" }),
        ("changeSet source", { $0.changeSets[0].source = nil }),
        ("events", { $0.counters.events += 1 }),
        ("apiWrites", { $0.counters.apiWrites += 1 }),
        ("reconciles", { $0.counters.reconciles += 1 }),
        ("invariantChecks", { $0.counters.invariantChecks += 1 }),
        ("virtualSeconds", { $0.counters.virtualSeconds += 1 }),
    ]

    @Test func `every field but digest and timings is covered`() {
        let original = Outcomes.consolidation.computeDigest()
        var seen = [original]
        for (name, change) in Self.changes {
            var outcome = Outcomes.consolidation
            change(&outcome)
            let digest = outcome.computeDigest()
            #expect(!seen.contains(digest), "\(name)")
            seen.append(digest)
        }
    }

    @Test func `digest and timings are not covered`() {
        var outcome = Outcomes.consolidation
        outcome.digest = "another"
        outcome.timings.loadMilliseconds += 1
        outcome.timings.simulateMilliseconds += 1
        #expect(outcome.computeDigest() == Outcomes.consolidation.computeDigest())
    }

    /// A constant from another process: the standard library's seeded hashing would not reproduce it.
    @Test func `the digest is the same in every process`() {
        #expect(Outcomes.consolidation.computeDigest() == "162880466aed7fd8")
    }

    @Test func `text cannot move from one field to the next`() {
        var left = Outcomes.quiet
        var right = Outcomes.quiet
        left.applications = [.init(name: "ab", namespace: "", project: "", sync: "", health: "", message: "")]
        right.applications = [.init(name: "a", namespace: "b", project: "", sync: "", health: "", message: "")]
        #expect(left.computeDigest() != right.computeDigest())
    }
}
