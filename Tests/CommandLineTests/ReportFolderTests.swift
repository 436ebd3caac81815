import Foundation
import Testing

/// The Markdown reports of a run: one for each outcome, whatever scenarios are called.
@Suite struct ReportFolderTests {
    @Test func `scenarios of one name have a report and a comparison each`() throws {
        try withScenarios { rehearse in
            try rehearse.writeQuietScenario("a", named: "same")
            try FileManager.default.copyItem(
                at: rehearse.folder.appendingPathComponent("scenarios/getting-started"),
                to: rehearse.folder.appendingPathComponent("b"))
            try rehearse.replace("name: getting-started", with: "name: same", in: "b/scenario.yaml")
            #expect(try rehearse("run", "a", "b").status == 1)
            #expect(rehearse.names(in: "reports/out").filter { $0.hasSuffix(".md") } == ["same-2.md", "same.md"])
            #expect(try rehearse.read("reports/out/same.md").contains("**holds**"))
            #expect(try rehearse.read("reports/out/same-2.md").contains("**violated**"))
            // The other way round nothing is new.
            #expect(try rehearse("run", "b/scenario.yaml", "./a").status == 1)
            let comparison = try rehearse("compare")
            #expect(comparison.status == 0, "\(comparison)")
            #expect(comparison.output.hasPrefix("run 1 compared with run 2: 1 still failing\n"))
            #expect(comparison.output.contains("  same (b/scenario.yaml): dns-names-resolve "))
            #expect(try rehearse("run", "a").status == 0)
            #expect(try rehearse("compare").output.contains("1 not run"))
        }
    }

    @Test func `names that no file can have`() throws {
        try withScenarios { rehearse in
            let names = ["..", "a/b", "a-b", "A-B", "\"\\u001B[31m\\n::error::x\"", String(repeating: "n", count: 300)]
            for (index, name) in names.enumerated() { try rehearse.writeQuietScenario("s\(index)", named: name) }
            let result = try rehearse(["run"] + names.indices.map { "s\($0)" } + ["--reports", "out/deep/"])
            #expect(result.status == 0, "\(result)")
            let files = rehearse.names(in: "out/deep")
            #expect(files.count == names.count, "\(files)")
            #expect(files.allSatisfy { $0.hasSuffix(".md") && !$0.hasPrefix(".") })
            #expect(files.contains("a-b.md") && files.contains("A-B-2.md"))
            let told = result.errors.split(separator: "\n").filter { $0.hasPrefix("report: out/deep/") }
            #expect(Set(told.map { String($0.dropFirst("report: out/deep/".count)) }) == Set(files))
        }
    }

    @Test(arguments: ["file", "file/below", "/dev/null/x", "/proc/nothing/here"])
    func `a folder that cannot be made is told before anything is rehearsed`(folder: String) throws {
        try withScenarios { rehearse in
            try rehearse.writeQuietScenario("quiet")
            try rehearse.write("", to: "file")
            let result = try rehearse("run", "quiet", "--reports", folder)
            #expect(result.status == 2)
            #expect(result.errors.hasPrefix("error: cannot make folder '\(folder)': "), "\(result)")
            #expect(result.output.isEmpty)
        }
    }

    @Test func `a report that cannot be written is told, and everything else is done`() throws {
        try withScenarios { rehearse in
            for name in ["a", "b"] { try rehearse.writeQuietScenario(name) }
            try FileManager.default.createDirectory(
                at: rehearse.folder.appendingPathComponent("out/a.md"), withIntermediateDirectories: true)
            let result = try rehearse("run", "a", "b", "--reports", "out")
            #expect(result.status == 2)
            #expect(result.errors.contains("error: cannot write 'out/a.md': Is a directory\n"), "\(result)")
            #expect(result.output.contains("holds a:") && result.output.contains("holds b:"))
            #expect(try rehearse.read("out/b.md").contains("**holds**"))
            #expect(try rehearse("report", "latest").output.components(separatedBy: "# Failure-mode report").count == 3)
        }
    }
}
