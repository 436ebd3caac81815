import ClusterSimulation
import Foundation
import Scenarios
import Testing

/// Every invariant has a scenario that violates it and one that holds; the difference is what it must catch.
@Suite struct InvariantScenarioTests {
    static let ids = InvariantCatalogue.all.map(\.id.text)

    @Test(arguments: ids) func `its scenario violates it`(id: String) throws {
        let outcome = try Self.outcome(id, "violates")
        let found = Set(outcome.violations.map(\.invariant))
        #expect(found.contains(id), "\(outcome.violations.map(\.message))")
        let expectation = try #require(try Self.scenario(id, "violates").expectation)
        let expected = Set(expectation.violations.map(\.invariant.text))
        #expect(expected.contains(id), "expect does not list the invariant")
        #expect(found == expected, "other invariants are violated than expect lists")
        #expect(expectation.unmet(in: outcome, path: id) == [])
        for violation in outcome.violations where violation.invariant == id {
            #expect(!violation.message.isEmpty && !violation.remedy.isEmpty)
            #expect(violation.causes.contains { $0.source != nil }, "no cause names a place in a file")
        }
    }

    @Test(arguments: ids) func `its counterpart holds`(id: String) throws {
        let outcome = try Self.outcome(id, "holds")
        #expect(outcome.violations.map(\.message) == [])
        #expect(outcome.unknowns.map(\.message) == [])
        let expectation = try #require(try Self.scenario(id, "holds").expectation)
        #expect(expectation.unmet(in: outcome, path: id) == [])
    }

    @Test(arguments: ids) func `the pair differs in little`(id: String) throws {
        let files = ["violates", "holds"].map { Self.texts(below: "\(TestFiles.scenarios)/invariants/\(id)/\($0)") }
        let names = Set(files.flatMap(\.keys))
        let changed = names.filter { files[0][$0] != files[1][$0] && $0 != "scenario.yaml" }
        #expect(changed.count <= 2, "\(changed.sorted())")
    }

    static func scenario(_ id: String, _ which: String) throws -> Scenario {
        let path = "\(TestFiles.scenarios)/invariants/\(id)/\(which)/scenario.yaml"
        let (scenario, problems) = ScenarioLoader.load(path: path)
        return try #require(scenario, "\(problems.text)")
    }

    private static func outcome(_ id: String, _ which: String) throws -> Outcome {
        var runner = ScenarioRunner(try scenario(id, which))
        return runner.run()
    }

    private static func texts(below folder: String) -> [String: String] {
        var texts: [String: String] = [:]
        for name in FileManager.default.enumerator(atPath: folder)?.compactMap({ $0 as? String }) ?? [] {
            texts[name] = try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
        }
        return texts
    }
}
