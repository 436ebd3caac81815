import Foundation
import Testing

/// `rehearse conformance` with traces of the repository: exit codes, and what is said.
@Suite struct ConformanceCommandTests {
    private static let traces = "traces"
    private static let trace = "traces/kubernetes/teardown-held-pod.json"

    /// A new folder with a copy of the traces, taken away afterwards.
    private func withTraces<Value>(_ body: (Command) throws -> Value) throws -> Value {
        try withTemporaryFolder { folder in
            try FileManager.default.copyItem(
                at: TestFiles.url("Tests/ConformanceTests/Traces"), to: folder.appendingPathComponent(Self.traces))
            return try body(Command(folder: folder))
        }
    }

    @Test func `0 where every trace is as recorded`() throws {
        try withTraces { rehearse in
            let result = try rehearse("conformance", Self.traces)
            #expect(result.status == 0, "\(result)")
            #expect(result.errors.isEmpty)
            #expect(result.output.contains("kubernetes/teardown   2 of 2 passed"))
            #expect(result.output.contains("total: 5 of 5 passed"))
        }
    }

    @Test func `1 where one is not, with both answers`() throws {
        try withTraces { rehearse in
            try rehearse.replace("\"Forbidden\"", with: "\"Invalid\"", in: Self.trace)
            let result = try rehearse("conformance", Self.traces, "--suite", "kubernetes")
            #expect(result.status == 1)
            #expect(result.output.contains("FAILED kubernetes/teardown teardown-held-pod step 5"))
            #expect(result.output.contains("  POST /api/v1/namespaces/data/configmaps\n"))
            #expect(result.output.contains("  recorded: reason: Invalid\n  model:    reason: Forbidden\n"))
            let other = try rehearse("conformance", Self.traces, "--case", "gc-uids-and-names")
            #expect(other.status == 0, "\(other)")
        }
    }

    @Test func `a health script is run for the cases of its kind`() throws {
        try withTraces { rehearse in
            let row = """
                [{"case": "one", "check": "lua", "inputFile": "widget.yaml", "expectedStatusFullPath": "Healthy",
                  "expectedMessageFullPath": "phase Ready", "messageAsserted": true}]
                """
            try rehearse.write(row, to: "health/argocd-health/index.json")
            let widget = "apiVersion: example.dev/v1\nkind: Widget\nmetadata: {name: a}\nstatus: {phase: Ready}\n"
            try rehearse.write(widget, to: "health/argocd-health/widget.yaml")
            let script = "return {status = 'Healthy', message = 'phase ' .. obj.status.phase}"
            try rehearse.write(script, to: "scripts/example.dev/Widget/health.lua")
            let without = try rehearse("conformance", "health")
            #expect(without.output.contains("1 skipped"), "\(without)")
            let with = try rehearse("conformance", "health", "--health-scripts", "scripts")
            #expect(with.status == 0, "\(with)")
            #expect(with.output.contains("1 of 1 passed"), "\(with)")
            try rehearse.write("return {", to: "scripts/example.dev/Widget/health.lua")
            let broken = try rehearse("conformance", "health", "--health-scripts", "scripts")
            #expect(broken.status == 2)
            #expect(broken.errors.hasPrefix("scripts/example.dev/Widget/health.lua:1:1: error: "), "\(broken)")
        }
    }

    @Test func `2 for a file that broke off, with its place`() throws {
        try withTraces { rehearse in
            let text = try rehearse.read(Self.trace)
            let broken = text.components(separatedBy: "\n").prefix(3).joined(separator: "\n").dropLast(30)
            try rehearse.write(String(broken), to: Self.trace)
            let result = try rehearse("conformance", Self.traces)
            #expect(result.status == 2)
            #expect(result.output.isEmpty)
            #expect(result.errors.contains("\(Self.trace):3:"), "\(result)")
            #expect(result.errors.contains("error: "))
        }
    }

    @Test func `2 for a step that is none, with its place`() throws {
        try withTraces { rehearse in
            try rehearse.replace("{\"settle\": ", with: "{\"settled\": ", in: Self.trace)
            let result = try rehearse("conformance", Self.traces)
            #expect(result.status == 2)
            #expect(result.errors.contains("\(Self.trace):6:3: error: a step has 'request'"), "\(result)")
        }
    }

    @Test(
        arguments: [
            ["conformance"], ["conformance", "nothing"], ["conformance", "traces", "--suite", "kubernetes/nothing"],
            ["conformance", "traces", "--case", "nothing"], ["conformance", "traces", "--format", "yaml"],
        ])
    func `2 for bad usage, with a reason`(arguments: [String]) throws {
        try withTraces { rehearse in
            let result = try rehearse(arguments)
            #expect(result.status == 2)
            #expect(result.errors.lowercased().contains("error"), "\(result)")
        }
    }
}
