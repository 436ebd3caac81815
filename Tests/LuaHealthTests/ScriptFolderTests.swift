import ClusterSimulation
import Foundation
import LuaHealth
import Manifests
import Testing

@Suite struct ScriptFolderTests {
    /// A folder with these files, for the time of a test.
    private static func with<Result>(
        _ files: [String: String], _ body: (String) throws -> Result
    ) throws -> Result {
        try withTemporaryFolder(files) { try body($0.path) }
    }

    @Test func `scripts lie where Argo CD has them`() throws {
        let files = [
            "example.dev/Widget/health.lua": "return {}", "Service/health.lua": "return {status = 'Healthy'}",
            "_.example.dev/_/health.lua": "return nil", "example.dev/Widget/actions/health.lua": "return (",
            "example.dev/Widget/testdata/x.yaml": "a: 1", "example.dev/Widget/discovery.lua": "return (",
        ]
        try Self.with(files) { folder in
            let collector = DiagnosticCollector()
            let scripts = ScriptFolder.read(folder + "/", collector)
            #expect(collector.text.isEmpty, "\(collector.text)")
            #expect(scripts.entries.map(\.pattern.text) == ["*.example.dev/*", "Service", "example.dev/Widget"])
            #expect(scripts.script(group: "a.example.dev", kind: "X")?.text == "return nil")
            #expect(scripts.script(group: "", kind: "Service")?.hasOpenLibraries == true)
        }
    }

    @Test func `what is wrong is told with its place`() throws {
        try Self.with(["example.dev/Widget/health.lua": "local hs = {}\nreturn hs hs\n"]) { folder in
            let collector = DiagnosticCollector()
            _ = ScriptFolder.read(folder, collector)
            let place = "\(folder)/example.dev/Widget/health.lua:2:1"
            #expect(
                collector.text.hasPrefix(
                    "\(place): error: the health script of example.dev/Widget is no Lua: <eof> expected near 'hs'"))
        }
        try Self.with(["a.txt": ""]) { folder in
            let collector = DiagnosticCollector()
            _ = ScriptFolder.read(folder, collector)
            #expect(collector.text == "error: no GROUP/KIND/health.lua in folder '\(folder)' [empty-folder]\n")
        }
        let collector = DiagnosticCollector()
        _ = ScriptFolder.read("/nowhere", collector)
        #expect(collector.text == "error: no folder '/nowhere' [missing-folder]\n")
    }
}
