import Foundation
import Testing

/// DESIGN section 7: 0 holds, 1 violated, 2 bad input or usage, 4 inconclusive.
@Suite struct ExitCodeTests {
    private static let namespace = "apiVersion: v1\nkind: Namespace\nmetadata: {name: quiet}\n"

    @Test func `0 where everything holds`() throws {
        try withScenarios { rehearse in
            try rehearse.writeScenario("quiet", manifests: Self.namespace)
            let result = try rehearse("run", "quiet")
            #expect(result.status == 0, "\(result)")
            #expect(result.output.hasPrefix("holds quiet:"))
            #expect(result.errors.contains("report: reports/out/quiet.md"))
            #expect(try rehearse.read("reports/out/quiet.md").hasPrefix("# Failure-mode report: quiet"))
        }
    }

    @Test func `1 where something is violated`() throws {
        try withScenarios { rehearse in
            let result = try rehearse("run", "scenarios/getting-started", "--no-ledger")
            #expect(result.status == 1, "\(result)")
            #expect(result.output.hasPrefix("violated getting-started:"))
            #expect(result.output.contains("backend.shop.svc"))
            #expect(result.output.contains("merge move-backend (scenario.yaml:24:26)"))
            #expect(!FileManager.default.fileExists(atPath: rehearse.folder.appendingPathComponent("reports").path))
        }
    }

    @Test func `2 for bad input, with its places and what was meant`() throws {
        try withScenarios { rehearse in
            let file = "scenarios/getting-started/scenario.yaml"
            try rehearse.replace("horizon:", with: "horizn:", in: file)
            try rehearse.replace("merge: move-backend", with: "merge: move-bakend", in: file)
            let result = try rehearse("run", "scenarios/getting-started")
            #expect(result.status == 2)
            #expect(
                result.errors.contains(
                    "\(file):9:3: error: 'spec' has no field 'horizn'; did you mean 'horizon'? [unknown-field]"))
            #expect(
                result.errors.contains(
                    "\(file):24:26: error: no change set 'move-bakend'; did you mean 'move-backend'? "
                        + "[unknown-change-set]"))
            #expect(result.errors.contains("    - {after: 5m, merge: move-bakend}\n"))
        }
    }

    @Test(
        arguments: [
            ["run"], ["run", "nothing.yaml"], ["rnu"], ["run", "scenarios/getting-started", "--format", "pdf"],
            ["run", "scenarios/getting-started", "--until", "soon"],
            ["run", "scenarios/getting-started", "--kubernetes", "1.12"],
            ["run", "scenarios/getting-started", "--argocd", "1.8"],
            ["run", "scenarios/getting-started", "--until", "2020-01-01T00:00:00Z"],
            ["run", "scenarios/getting-started", "--no-ledger", "-o", "no/such/folder/x.txt"],
            ["run", "scenarios/getting-started", "--no-ledger", "--label", "x"],
            ["test", "nothing"], ["test", "scenarios", "--no-ledger", "--baseline", "main"],
            ["compare"], ["compare", "1", "2", "--ledger", "nothing.sqlite"], ["report", "latest"],
            ["report", "nothing.yaml/"], ["explain", "dns-name-resolves"],
        ])
    func `2 for bad usage, with a reason`(arguments: [String]) throws {
        try withScenarios { rehearse in
            let result = try rehearse(arguments)
            #expect(result.status == 2, "\(result)")
            #expect(result.output.isEmpty || arguments == ["run", "nothing.yaml"])
            #expect(result.errors.lowercased().contains("error"))
        }
    }

    @Test func `4 where not everything can be told`() throws {
        try withScenarios { rehearse in
            try rehearse.writeScenario(
                "unknown",
                manifests: "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: a, namespace: default}\n")
            let result = try rehearse("run", "unknown", "--no-ledger")
            #expect(result.status == 4, "\(result)")
            #expect(result.output.hasPrefix("inconclusive unknown: 1 unknown"))
            #expect(result.output.contains("Widget default/a  unknown/objects.yaml:1:1  the initial cluster lacks it"))
        }
    }

    @Test func `help is no error`() throws {
        try withScenarios { rehearse in
            for arguments in [["--help"], ["run", "--help"], ["help", "test"], ["--version"]] {
                let result = try rehearse(arguments)
                #expect(result.status == 0)
                #expect(!result.output.isEmpty && result.errors.isEmpty)
            }
        }
    }
}
