import ClusterSimulation
import Foundation
import Manifests
import Scenarios
import Testing

@testable import Conformance

/// The rules that traces are held against are the rules that scenarios are rehearsed with: one rule the other way round
/// changes both. The rule is KEP-5080's: a namespace's Pods go first, and hold up the rest.
@Suite struct FlippedRuleTests {
    static let flipped: Versions = {
        var versions = Versions()
        versions.kubernetesMinor = 32
        return versions
    }()

    private static func trace(_ path: String) throws -> Value {
        let diagnostics = DiagnosticCollector()
        var reader = DocumentReader(diagnostics: diagnostics)
        reader.allowsSecretKeyLists = true
        let trace = reader.read(path: path, format: .json).first
        #expect(diagnostics.text.isEmpty)
        return try #require(trace)
    }

    @Test func `a trace passes with the rule and fails without`() throws {
        let trace = try Self.trace(WrittenTraces.folder.path + "/kubernetes/teardown-held-pod.json")
        var replay = TraceReplay(trace: trace, id: "with")
        #expect(replay.run().failures.isEmpty)
        replay = TraceReplay(trace: trace, id: "without", versions: Self.flipped)
        let failures = replay.run().failures
        #expect(failures.map(\.step) == [4])
        #expect(failures.first?.got.contains("Secret") == false)
    }

    @Test func `a recording passes with the rule and fails without`() throws {
        let trace = try Self.trace(Recordings.sample + "/kubernetes/teardown-0013.json")
        var replay = TraceReplay(trace: trace, id: "with")
        #expect(replay.run().failures.isEmpty)
        replay = TraceReplay(trace: trace, id: "without", versions: Self.flipped)
        #expect(!replay.run().failures.isEmpty)
    }

    /// A Pod that a finalizer holds keeps the Service with it; without the rule its clients lose the name at once.
    @Test func `a scenario comes out otherwise without the rule`() throws {
        let with = try Self.violated(Versions())
        let without = try Self.violated(Self.flipped)
        #expect(with == ["no-stuck-termination data"])
        #expect(without == ["dns-names-resolve client", "no-stuck-termination data"])
    }

    private static func violated(_ versions: Versions) throws -> [String] {
        let path = TestFiles.url("Tests/ConformanceTests/Scenarios/namespace-with-held-pod/scenario.yaml").path
        let (loaded, problems) = ScenarioLoader.load(path: path)
        let scenario = try #require(loaded, "\(problems.text)")
        var options = RunOptions()
        options.versions = versions
        var runner = ScenarioRunner(scenario, options)
        return runner.run().violations.map { "\($0.invariant) \($0.subject.name)" }.sorted()
    }
}
