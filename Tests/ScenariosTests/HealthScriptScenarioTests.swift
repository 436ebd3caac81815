import ClusterSimulation
import Foundation
import Testing

@testable import Scenarios

/// Users' own health checks in a rehearsal: from `argocd-cm`, edited on the way, and from a folder.
@Suite struct HealthScriptScenarioTests {
    private static let script = """
        local hs = {status = "Healthy"}
        if obj.data.mode == "broken" then
          hs.status = "Degraded"
          hs.message = obj.metadata.name .. " is broken"
        end
        return hs
        """

    /// The scenario, with its files in a folder of its own.
    private static func outcome(
        settings: String, steps: String = "[]", cluster: String = "", options: RunOptions = RunOptions()
    ) throws -> (outcome: Outcome?, problems: String) {
        let started = "\(TestFiles.scenarios)/getting-started/cluster"
        let files = [
            "scenario.yaml": """
            apiVersion: rehearse.dev/v1alpha1
            kind: Scenario
            metadata: {name: health}
            spec:
              start: "2026-01-12T09:00:00Z"
              horizon: "2026-01-12T10:00:00Z"
              cluster:
                manifests: [\(started)/node.yaml, \(started)/crds.yaml, \(started)/argocd.yaml, settings.yaml]
                \(cluster)
              repositories: [{url: https://git.example/shop, path: repository}]
              steps: \(steps)
            """,
            "settings.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: argocd-cm, namespace: argocd}\n"
                + settings,
            "repository/mode.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: mode}\ndata: {mode: broken}\n",
            "scripts/ConfigMap/health.lua": script,
        ]
        return try withTemporaryFolder(files) { folder in
            let (scenario, problems) = ScenarioLoader.load(
                path: folder.appendingPathComponent("scenario.yaml").path, roots: [TestFiles.scenarios])
            let outcome = scenario.map { scenario in
                var runner = ScenarioRunner(scenario, options)
                return runner.run()
            }
            return (outcome, problems.text)
        }
    }

    private static func indented(_ text: String, by count: Int) -> String {
        text.split(separator: "\n").map { String(repeating: " ", count: count) + $0 }.joined(separator: "\n")
    }

    private static func settings(_ key: String) -> String {
        "data:\n  \(key): |\n\(indented(script, by: 4))\n"
    }

    private static func health(_ outcome: Outcome?) -> String? {
        outcome?.applications.map { "\($0.sync) \($0.health)" }.joined()
    }

    @Test func `a script in argocd-cm makes the health of an Application, twice the same`() throws {
        let settings = Self.settings("resource.customizations.health.ConfigMap")
        let first = try Self.outcome(settings: settings)
        #expect(first.problems.isEmpty, "\(first.problems)")
        #expect(Self.health(first.outcome) == "Synced Degraded")
        #expect(try Self.outcome(settings: settings).outcome?.digest == first.outcome?.digest)
        #expect(Self.health(try Self.outcome(settings: "data: {}").outcome) == "Synced Healthy")
    }

    @Test func `the old form of the settings holds too`() throws {
        let settings = """
            data:
              resource.customizations: |
                "Config*":
                  health.lua: |
            \(Self.indented(Self.script, by: 8))
            """
        #expect(Self.health(try Self.outcome(settings: settings).outcome) == "Synced Degraded")
    }

    @Test func `a script that comes on the way is found`() throws {
        let steps = """

              - after: 10m
                kubectl:
                  patch:
                    kind: ConfigMap
                    name: argocd-cm
                    namespace: argocd
                    type: merge
                    patch:
                      data:
                        resource.customizations.health.ConfigMap: |
                          return {status = "Suspended", message = "since " .. require("os").date("%H:%M", 0)}
            """
        let outcome = try Self.outcome(settings: "data: {}", steps: steps)
        #expect(outcome.problems.isEmpty, "\(outcome.problems)")
        #expect(Self.health(outcome.outcome) == "Synced Suspended")
    }

    @Test func `a script that fails makes it Unknown and says why`() throws {
        let settings = "data:\n  resource.customizations.health.ConfigMap: return obj.status.phase\n"
        let row = try #require(try Self.outcome(settings: settings).outcome?.applications.first)
        #expect(row.health == "Unknown")
        #expect(
            row.message.contains("<string>:1: attempt to index field 'status' (a nil value)"), "\(row.message)")
    }

    @Test func `a script that is no Lua is told, and rehearsed`() throws {
        let settings = "data:\n  resource.customizations.health.ConfigMap: |\n    local hs = {}\n    return hs hs\n"
        let result = try Self.outcome(settings: settings)
        #expect(result.problems.contains("settings.yaml:7:5: warning: the health script of ConfigMap is no Lua"))
        #expect(Self.health(result.outcome) == "Synced Unknown")
    }

    @Test func `a folder of scripts stands for those that Argo CD ships`() throws {
        let result = try Self.outcome(settings: "data: {}", cluster: "healthScripts: scripts")
        #expect(result.problems.isEmpty, "\(result.problems)")
        #expect(Self.health(result.outcome) == "Synced Degraded")
        var options = RunOptions()
        let script = HealthScript("return {status = 'Suspended'}", hasOpenLibraries: true)
        options.healthScripts = HealthScripts([HealthScripts.Entry("ConfigMap", script)])
        let other = try Self.outcome(settings: "data: {}", cluster: "healthScripts: scripts", options: options)
        #expect(Self.health(other.outcome) == "Synced Suspended")
        #expect(other.outcome?.inputDigest != result.outcome?.inputDigest)
        #expect(try Self.outcome(settings: "data: {}", cluster: "healthScripts: none").outcome == nil)
    }
}
