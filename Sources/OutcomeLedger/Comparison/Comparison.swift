package import ClusterSimulation

/// What two runs say differently, per scenario, invariant and subject. Ordered by those three.
package struct Comparison: Sendable, Equatable {
    /// How a violation of the earlier run stands in the later one, or the other way round.
    package enum Change: String, Sendable, CaseIterable {
        /// Violated now, and not before: a regression.
        case new
        /// Violated before, and holds now.
        case fixed
        /// Violated in both.
        case stillFailing = "still-failing"
        /// Violated in one of them only, by the same input under another model version: the model's doing, not the
        /// plan's.
        case changedByModel = "changed-by-model"
        /// Violated before, not seen violated now, but now the scenario is inconclusive: not known to be fixed.
        case inconclusive
        /// Violated before; now the scenario was not rehearsed, or the invariant not checked.
        case notRun = "not-run"
    }

    /// The violations of one invariant by one subject in one run.
    package struct Windows: Sendable, Equatable {
        /// Number of intervals, over all outcomes of the scenario.
        package var count: Int
        /// How long it was false, all intervals added up.
        package var length: SimulationTime.Span
        /// Whether one of them was still so at its horizon.
        package var isOpen: Bool
        /// The message of the first.
        package var message: String
    }

    /// One difference, or one violation that stayed.
    package struct Entry: Sendable, Equatable {
        package var change: Change
        package var scenario: String
        package var invariant: String
        package var subject: Subject
        /// nil: not violated in the earlier run.
        package var before: Windows?
        /// nil: not violated in the later run.
        package var after: Windows?
        /// Whether the scenario was rehearsed with another model version.
        package var isModelChanged: Bool
        /// Whether the scenario's input differs.
        package var isInputChanged: Bool
    }

    /// The runs that were compared, as `Run.name`.
    package var before: String
    package var after: String
    package var entries: [Entry]
    /// Scenarios that only the later run has.
    package var addedScenarios: [String]
    /// Scenarios that only the earlier run has, with violations or without.
    package var scenariosNotRun: [String]
    /// Scenarios whose outcome differs though input, seed and model version are the same: a bug of ours.
    package var nondeterministicScenarios: [String]

    /// Whether something is violated that was not before, and not because of the model alone.
    package var hasRegressed: Bool { entries.contains { $0.change == .new } }

    /// How many entries have this change.
    package func count(_ change: Change) -> Int { entries.count { $0.change == change } }
}

extension Comparison {
    /// One outcome as far as a comparison looks at it.
    struct Rehearsal {
        var scenario: String
        /// The scenario's file; nil where the ledger does not say.
        var file: String?
        var modelVersion: String
        var inputDigest: String
        var seed: UInt64
        var digest: String
        var verdict: Verdict
        var invariants: [String]
        var violations: [Interval]
        var horizon: SimulationTime
    }

    /// One violation as far as a comparison looks at it.
    struct Interval {
        var invariant: String
        var subject: Subject
        var from: SimulationTime
        var to: SimulationTime?
        var message: String
    }

    /// What is told apart.
    private struct Key: Hashable {
        var invariant: String
        var subject: Subject
    }

    /// Everything one run says about one scenario.
    private struct ScenarioFindings {
        var modelVersions: Set<String> = []
        var inputDigests: Set<String> = []
        var invariants: Set<String> = []
        var isInconclusive = false
        var rehearsals: [Rehearsal] = []
        var windows: [Key: Windows] = [:]

        mutating func add(_ rehearsal: Rehearsal) {
            modelVersions.insert(rehearsal.modelVersion)
            inputDigests.insert(rehearsal.inputDigest)
            invariants.formUnion(rehearsal.invariants)
            if rehearsal.verdict == .inconclusive { isInconclusive = true }
            for violation in rehearsal.violations {
                // A violated invariant was checked, whatever the list says.
                invariants.insert(violation.invariant)
                let key = Key(invariant: violation.invariant, subject: violation.subject)
                var windows =
                    windows[key]
                    ?? Windows(
                        count: 0, length: .milliseconds(0), isOpen: false, message: violation.message)
                let length = (violation.to ?? rehearsal.horizon) - violation.from
                windows.count += 1
                // A damaged ledger may hold times whose distance fits in no number.
                windows.length = .milliseconds(windows.length.milliseconds &+ length.milliseconds)
                if violation.to == nil { windows.isOpen = true }
                self.windows[key] = windows
            }
            rehearsals.append(rehearsal)
        }

        static func group(_ rehearsals: [Rehearsal]) -> [String: ScenarioFindings] {
            var findings: [String: ScenarioFindings] = [:]
            for rehearsal in rehearsals { findings[rehearsal.scenario, default: ScenarioFindings()].add(rehearsal) }
            return findings
        }
    }

    /// Compares the rehearsals of two runs.
    init(before: String, after: String, earlier: [Rehearsal], later: [Rehearsal]) {
        let shared = Self.sharedNames(earlier).union(Self.sharedNames(later))
        let earlier = ScenarioFindings.group(earlier.map { $0.toldApart(shared) })
        let later = ScenarioFindings.group(later.map { $0.toldApart(shared) })
        self.before = before
        self.after = after
        addedScenarios = later.keys.filter { earlier[$0] == nil }.sorted()
        scenariosNotRun = earlier.keys.filter { later[$0] == nil }.sorted()
        nondeterministicScenarios = earlier.keys.filter { scenario in
            guard let old = earlier[scenario], let new = later[scenario] else { return false }
            return Self.isNondeterministic(old.rehearsals + new.rehearsals)
        }.sorted()
        entries = []
        for scenario in Set(earlier.keys).union(later.keys).sorted() {
            entries += Self.entries(scenario, earlier[scenario], later[scenario])
        }
    }

    /// The names that scenarios of several files have in one run.
    private static func sharedNames(_ rehearsals: [Rehearsal]) -> Set<String> {
        var files: [String: String?] = [:]
        var shared: Set<String> = []
        for rehearsal in rehearsals {
            if let file = files.updateValue(rehearsal.file, forKey: rehearsal.scenario), file != rehearsal.file {
                shared.insert(rehearsal.scenario)
            }
        }
        return shared
    }

    private static func isNondeterministic(_ rehearsals: [Rehearsal]) -> Bool {
        var digests: [[String]: String] = [:]
        for rehearsal in rehearsals {
            let input = [rehearsal.modelVersion, rehearsal.inputDigest, String(rehearsal.seed)]
            if let digest = digests.updateValue(rehearsal.digest, forKey: input), digest != rehearsal.digest {
                return true
            }
        }
        return false
    }

    private static func entries(_ scenario: String, _ old: ScenarioFindings?, _ new: ScenarioFindings?) -> [Entry] {
        var keys = Set<Key>()
        if let old { keys.formUnion(old.windows.keys) }
        if let new { keys.formUnion(new.windows.keys) }
        let sorted = keys.sorted { left, right in
            let left = [left.invariant, left.subject.kind, left.subject.namespace ?? "", left.subject.name]
            let right = [right.invariant, right.subject.kind, right.subject.namespace ?? "", right.subject.name]
            return left.lexicographicallyPrecedes(right)
        }
        return sorted.map { key in
            let isBoth = old != nil && new != nil
            return Entry(
                change: change(of: key, old, new), scenario: scenario, invariant: key.invariant, subject: key.subject,
                before: old?.windows[key], after: new?.windows[key],
                isModelChanged: isBoth && old?.modelVersions != new?.modelVersions,
                isInputChanged: isBoth && old?.inputDigests != new?.inputDigests)
        }
    }

    private static func change(of key: Key, _ old: ScenarioFindings?, _ new: ScenarioFindings?) -> Change {
        guard let old else { return .new }
        guard let new else { return .notRun }
        let isViolated = new.windows[key] != nil
        if old.windows[key] != nil, isViolated { return .stillFailing }
        if !isViolated {
            if !new.invariants.contains(key.invariant) { return .notRun }
            if new.isInconclusive { return .inconclusive }
        }
        let isModelAlone = old.modelVersions != new.modelVersions && old.inputDigests == new.inputDigests
        if isModelAlone { return .changedByModel }
        return isViolated ? .new : .fixed
    }
}

extension Comparison.Rehearsal {
    /// As it is, or called by its file as well where others have its name.
    fileprivate func toldApart(_ sharedNames: Set<String>) -> Self {
        guard sharedNames.contains(scenario) else { return self }
        var rehearsal = self
        rehearsal.scenario += " (\(file ?? "no file"))"
        return rehearsal
    }
}
