import ClusterSimulation
import Foundation
import Testing

@testable import OutcomeLedger

@Suite struct ComparisonTests {
    private func compare(_ before: [Outcome], _ after: [Outcome]) throws -> Comparison {
        try withLedger { ledger in
            let runs = try [before, after].enumerated().map { index, outcomes in
                let run = try ledger.beginRun(
                    label: index == 0 ? "before" : "after", command: "run", startedAtMilliseconds: 0)
                for outcome in outcomes { try ledger.record(outcome, in: run) }
                return run
            }
            return try ledger.compare(runs[0], runs[1])
        }
    }

    private func changes(_ comparison: Comparison) -> [String] {
        comparison.entries.map { "\($0.scenario) \($0.subject.name) \($0.change.rawValue)" }
    }

    @Test func `new, fixed and still failing`() throws {
        let comparison = try compare(
            [Outcomes.outcome(input: "1", violated: ["a", "b"])], [Outcomes.outcome(input: "2", violated: ["b", "c"])])
        #expect(changes(comparison) == ["s a fixed", "s b still-failing", "s c new"])
        #expect(comparison.hasRegressed)
        #expect(comparison.entries.allSatisfy { $0.isInputChanged && !$0.isModelChanged })
    }

    @Test func `scenarios of one name are compared by their files, in any order`() throws {
        try withLedger { ledger in
            let files: [[(String?, [String])]] = [
                [("a", ["x"]), ("b", ["y"])], [("b", ["y", "z"]), ("a", [])], [("c", ["x"])],
            ]
            let runs = try files.map { files in
                let run = try ledger.beginRun(command: "run", startedAtMilliseconds: 0)
                for (file, violated) in files {
                    try ledger.record(Outcomes.outcome(input: file ?? "", violated: violated), in: run, file: file)
                }
                return run
            }
            #expect(
                changes(try ledger.compare(runs[0], runs[1])) == [
                    "s (a) x fixed", "s (b) y still-failing", "s (b) z new",
                ])
            // A scenario that moved is the same one, where its name is its own.
            #expect(changes(try ledger.compare(runs[2], runs[2])) == ["s x still-failing"])
            #expect(try ledger.compare(runs[0], runs[2]).scenariosNotRun == ["s (a)", "s (b)"])
        }
    }

    @Test func `another model on the same input is the model's doing, both ways`() throws {
        let comparison = try compare(
            [Outcomes.outcome(model: "1", violated: ["a", "b"])], [Outcomes.outcome(model: "2", violated: ["b", "c"])])
        #expect(changes(comparison) == ["s a changed-by-model", "s b still-failing", "s c changed-by-model"])
        #expect(!comparison.hasRegressed)
    }

    @Test func `another model on another input stays new, and says so`() throws {
        let comparison = try compare(
            [Outcomes.outcome(model: "1", input: "1")], [Outcomes.outcome(model: "2", input: "2", violated: ["a"])])
        #expect(changes(comparison) == ["s a new"])
        #expect(comparison.entries[0].isModelChanged)
        #expect(comparison.text.contains("the model changed as well"))
    }

    @Test func `what was not rehearsed or not checked is not fixed`() throws {
        let comparison = try compare(
            [
                Outcomes.outcome("gone", violated: ["a"]), Outcomes.outcome("quiet"),
                Outcomes.outcome("s", violated: ["a"]),
            ],
            [Outcomes.outcome("s", invariants: []), Outcomes.outcome("added", violated: ["b"])])
        #expect(changes(comparison) == ["added b new", "gone a not-run", "s a not-run"])
        #expect(comparison.scenariosNotRun == ["gone", "quiet"])
        #expect(comparison.addedScenarios == ["added"])
    }

    @Test func `an inconclusive scenario has nothing fixed`() throws {
        let comparison = try compare(
            [Outcomes.outcome(input: "1", violated: ["a"])], [Outcomes.outcome(input: "2", verdict: .inconclusive)])
        #expect(changes(comparison) == ["s a inconclusive"])
    }

    @Test func `a scenario rehearsed with many seeds fails when one does`() throws {
        let before = (0..<5).map { Outcomes.outcome(seed: $0, violated: $0 == 3 ? ["a"] : []) }
        let after = (0..<5).map { Outcomes.outcome(seed: $0, violated: $0 < 2 ? ["a"] : []) }
        let entry = try #require(try compare(before, after).entries.first)
        #expect(entry.change == .stillFailing)
        #expect(entry.before?.count == 1)
        #expect(entry.after?.count == 2)
        #expect(entry.after?.length == .seconds(4))
    }

    @Test func `a different outcome of the same input, seed and model is our bug`() throws {
        let comparison = try compare([Outcomes.outcome()], [Outcomes.outcome(violated: ["a"])])
        #expect(comparison.nondeterministicScenarios == ["s"])
        #expect(try compare([Outcomes.outcome()], [Outcomes.outcome()]).nondeterministicScenarios.isEmpty)
        #expect(try compare([Outcomes.outcome()], [Outcomes.outcome(seed: 1)]).nondeterministicScenarios.isEmpty)
    }

    @Test func `entries are ordered by scenario, invariant and subject, whatever order they came in`() throws {
        let names = ["d", "a", "c", "b", "e"]
        let scenarios = ["z", "y", "x"]
        let forward = scenarios.map { Outcomes.outcome($0, violated: names) }
        let backward = scenarios.reversed().map { Outcomes.outcome($0, violated: names.reversed()) }
        let comparison = try compare([], forward)
        #expect(comparison.entries.map(\.scenario) == ["x", "y", "z"].flatMap { Array(repeating: $0, count: 5) })
        #expect(comparison.entries.prefix(5).map(\.subject.name) == ["a", "b", "c", "d", "e"])
        #expect(try compare([], backward).entries == comparison.entries)
    }

    @Test func `an open window is counted up to the horizon`() throws {
        var outcome = Outcomes.outcome(violated: ["a"])
        outcome.violations[0].to = nil
        let entry = try #require(try compare([], [outcome]).entries.first)
        #expect(entry.after?.isOpen == true)
        #expect(entry.after?.length == .seconds(599))
    }

    @Test func `two runs without violations`() throws {
        let comparison = try compare([Outcomes.outcome()], [Outcomes.outcome()])
        #expect(comparison.text == "run 1 (before) compared with run 2 (after): no violations in either\n")
        #expect(!comparison.hasRegressed)
    }

    private func everything() throws -> Comparison {
        try compare(
            [
                Outcomes.outcome("edited", input: "1", violated: ["a", "b"]),
                Outcomes.outcome("gone", violated: ["a"]), Outcomes.outcome("model", model: "1", violated: ["a"]),
                Outcomes.outcome("unclear", input: "1", violated: ["a"]), Outcomes.outcome("unstable"),
            ],
            [
                Outcomes.outcome("edited", input: "2", violated: ["b", "c"]), Outcomes.outcome("model", model: "2"),
                Outcomes.outcome("unclear", input: "2", verdict: .inconclusive), Outcomes.outcome("added"),
                Outcomes.outcome("unstable", seed: 0, violated: ["d\n\u{1B}[31m"]),
            ])
    }

    @Test func `as text`() throws {
        try expectSnapshot(everything().text, suite: "Comparison", test: "everything", extension: "txt")
    }

    @Test func `as JSON an independent parser can read`() throws {
        let comparison = try everything()
        try expectSnapshot(comparison.json, suite: "Comparison", test: "everything", extension: "json")
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(comparison.json.utf8)) as? [String: Any])
        let entries = try #require(object["entries"] as? [[String: Any]])
        #expect(entries.compactMap { $0["change"] as? String } == comparison.entries.map(\.change.rawValue))
        #expect(object["regressed"] as? Bool == true)
    }
}
