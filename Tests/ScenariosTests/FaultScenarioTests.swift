import ClusterSimulation
import Foundation
import Testing

@testable import Scenarios

/// Every fault has a scenario that it makes fail, and that holds without it.
@Suite struct FaultScenarioTests {
    static let names: [String] = {
        let folders = (try? FileManager.default.contentsOfDirectory(atPath: "\(TestFiles.scenarios)/faults")) ?? []
        return folders.filter { $0 != "base" }.sorted()
    }()

    private static func scenario(_ name: String) throws -> Scenario {
        let (scenario, problems) = ScenarioLoader.load(path: "\(TestFiles.scenarios)/faults/\(name)/scenario.yaml")
        return try #require(scenario, "\(problems.text)")
    }

    @Test(arguments: names) func `the fault makes the difference`(name: String) throws {
        var scenario = try Self.scenario(name)
        var runner = ScenarioRunner(scenario)
        let outcome = runner.run()
        let expectation = try #require(scenario.expectation)
        #expect(expectation.unmet(in: outcome, path: name) == [])
        #expect(expectation.violations.count > 0)
        scenario.steps.removeAll { if case .fault = $0.action { true } else { false } }
        var undisturbed = ScenarioRunner(scenario)
        let calm = undisturbed.run()
        #expect(calm.violations.map(\.message) == [])
        #expect(calm.unknowns.map(\.message) == [])
    }

    @Test func `every fault of the catalogue is in a scenario and in the documentation`() throws {
        let page = try String(contentsOfFile: "\(TestFiles.root)/docs/scenario-format.md", encoding: .utf8)
        let texts = Self.names.map { name in
            (try? String(contentsOfFile: "\(TestFiles.scenarios)/faults/\(name)/scenario.yaml", encoding: .utf8)) ?? ""
        }
        let names = FaultCatalogue.all.map(\.name)
        #expect(Set(names).count == names.count)
        for name in names {
            #expect(page.contains("\n### \(name)\n"), "\(name)")
            #expect(texts.contains { $0.contains("fault: {\(name):") }, "\(name)")
        }
    }

    @Test(
        arguments: [
            "{}", "{vaultSealed: {}}", "{nodeDown: {name: a}, nodeUp: {name: a}}", "{apiDelay: {span: 1s}}",
            "{registryUnavailable: {hosts: a}}",
        ])
    func `a step names one fault and all that it needs`(fault: String) {
        let text = """
            apiVersion: rehearse.dev/v1alpha1
            kind: Scenario
            metadata: {name: a}
            spec:
              start: "2026-06-01T00:00:00Z"
              horizon: "2026-06-01T01:00:00Z"
              steps: [{after: 1m, fault: \(fault)}]
            """
        let (scenario, problems) = ScenarioLoader.load(path: "-", standardInput: Array(text.utf8))
        #expect(scenario == nil && problems.hasErrors)
    }
}
