import Foundation
import Testing

/// docs/cli.md is what `--help` says; documents name only commands and files that exist.
@Suite struct DocumentationTests {
    private var page: URL { TestFiles.url("docs/cli.md") }

    /// The page with the help that this build prints. What stands before it is written by hand.
    private func generated() throws -> String {
        try withScenarios { rehearse in
            let top = try rehearse("--help").output
            let written = try String(contentsOf: page, encoding: .utf8)
            var text =
                (written.components(separatedBy: "\n## rehearse\n").first ?? "") + """

                    ## rehearse

                    ```text
                    \(trimmed(top))
                    ```

                    """
            let commands = top.components(separatedBy: "SUBCOMMANDS:\n").last?.components(separatedBy: "\n\n")[0]
            for line in commands?.split(separator: "\n") ?? [] where line.hasPrefix("  ") && !line.hasPrefix("   ") {
                let name = String(line.split(separator: " ")[0])
                if name == "help" { continue }
                text += "\n## \(name)\n\n```text\n\(trimmed(try rehearse(name, "--help").output))\n```\n"
            }
            return text
        }
    }

    private func trimmed(_ help: String) -> String { help.trimmingCharacters(in: .newlines) }

    @Test func `the page of the command line is current`() throws {
        let text = try generated()
        for name in ["run", "test", "compare", "report", "explain"] { #expect(text.contains("\n## \(name)\n")) }
        try expectSnapshot(
            text, file: TestFiles.url("docs/cli.md"),
            advice: "docs/cli.md is out of date: RECORD_SNAPSHOTS=1 writes it")
    }

    @Test func `every command has examples`() throws {
        let parts = try generated().components(separatedBy: "\n## ").filter { $0.contains("OVERVIEW: ") }
        #expect(parts.count == 7)
        for part in parts {
            #expect(part.contains("EXAMPLES\n"), "\(part.prefix(20))")
        }
    }

    @Test func `documents name files that exist`() throws {
        let docs = Command.root.appendingPathComponent("docs")
        let pages = try FileManager.default.contentsOfDirectory(atPath: docs.path).filter { $0.hasSuffix(".md") }
        let texts = try
            (pages.map { docs.appendingPathComponent($0) } + [Command.root.appendingPathComponent("README.md")])
            .map { try String(contentsOf: $0, encoding: .utf8) }
        for page in texts {
            // What stands in fenced blocks may be made by a command.
            let text = page.components(separatedBy: "```").enumerated().filter { $0.offset.isMultiple(of: 2) }.map(
                \.element
            ).joined()
            for word in text.split(whereSeparator: { " \n`()[]|,;:".contains($0) })
            where word.hasPrefix("docs/") || word.hasPrefix("scenarios/") || word.hasPrefix("Sources/") {
                if word.contains("<") || word.contains("*") || word.contains("{") || word.contains("…") { continue }
                let path = Command.root.appendingPathComponent(
                    word.hasSuffix(".") ? String(word.dropLast()) : String(word))
                #expect(FileManager.default.fileExists(atPath: path.path), "\(word)")
            }
        }
    }
}

/// What docs/getting-started.md shows is what its commands print.
@Suite struct GettingStartedTests {
    /// The text blocks of the page, in order.
    private func blocks() throws -> [String] {
        let page = Command.root.appendingPathComponent("docs/getting-started.md")
        return try String(contentsOf: page, encoding: .utf8).components(separatedBy: "```text\n").dropFirst()
            .compactMap { $0.components(separatedBy: "\n```").first }
    }

    @Test func `its commands do what it says`() throws {
        try withScenarios { command in
            var output = ""
            var commands = 0
            for block in try blocks() {
                if block.hasPrefix("rehearse ") {
                    commands += 1
                    output = try command(block.split(separator: " ").dropFirst().map(String.init)).output
                } else if block.hasPrefix("sed ") {
                    commands += 1
                    let frontend = try command.read("scenarios/getting-started/repository/frontend.yaml")
                    try command.write(
                        frontend.replacingOccurrences(of: "backend.shop", with: "backend.store"),
                        to: "scenarios/getting-started/move-backend/frontend.yaml")
                } else {
                    let printed = Set(output.split(separator: "\n"))
                    for line in block.split(separator: "\n") {
                        let isThere =
                            line.hasSuffix("...")
                            ? printed.contains { $0.hasPrefix(line.dropLast(3)) } : printed.contains(line)
                        #expect(isThere, "\(line)")
                    }
                }
            }
            #expect(commands == 5)
        }
    }
}
