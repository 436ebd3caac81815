import Foundation
import Testing

/// The files of the repository: sizes, links, lists, and nothing that belongs on one machine only.
@Suite struct RepositoryTests {
    /// Files that are longer than a file should be, with the most lines that they may have.
    private static let longFiles = ["Sources/LuaSandbox/patterns.c": 520]
    private static let linesMax = 400

    @Test func `no file is long`() throws {
        let endings = [".swift", ".c", ".cpp", ".h"]
        for path in TestFiles.files(below: "Sources") + TestFiles.files(below: "Tests")
        where endings.contains(where: path.hasSuffix) {
            let count = try SourceFile(path).lines.count
            #expect(count <= Self.longFiles[path] ?? Self.linesMax, "\(path) has \(count) lines")
        }
        for (path, _) in Self.longFiles.sorted(by: { $0.key < $1.key }) {
            let count = try SourceFile(path).lines.count
            #expect(count > Self.linesMax, "\(path) is no exception any more")
        }
    }

    /// Markdown pages of the repository, besides reports, which are written by the program.
    private static let pages =
        ["README.md"]
        + ["docs", "scenarios", "Tests/ConformanceTests/Recordings"].flatMap(TestFiles.files(below:))
        .filter { $0.hasSuffix(".md") }

    @Test(arguments: pages) func `links of a page lead somewhere`(page: String) throws {
        let folder = TestFiles.url(page).deletingLastPathComponent()
        for match in try TestFiles.text(page).matches(of: #/\]\(([^)\s]+)\)/#) {
            let target = String(match.1)
            if target.contains("://") || target.hasPrefix("mailto:") { continue }
            let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let file = parts[0].isEmpty ? TestFiles.url(page) : folder.appendingPathComponent(parts[0])
            #expect(FileManager.default.fileExists(atPath: file.path), "\(page): \(target)")
            if parts.count == 2, parts[0].hasSuffix(".md") || parts[0].isEmpty {
                let anchors = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
                    .filter { $0.hasPrefix("#") }.map(Self.anchor)
                #expect(anchors.contains(parts[1]), "\(page): \(target)")
            }
        }
    }

    /// The anchor that a heading gets: small letters, digits, `-` for spaces, and nothing else.
    private static func anchor(_ heading: Substring) -> String {
        let text = heading.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces).lowercased()
        return String(text.compactMap { $0 == " " ? "-" : $0.isLetter || $0.isNumber || "-_".contains($0) ? $0 : nil })
    }

    @Test func `README lists every document`() throws {
        let readme = try TestFiles.text("README.md")
        for page in TestFiles.files(below: "docs") where page.hasSuffix(".md") && !page.hasPrefix("docs/decisions/") {
            #expect(readme.contains("`\(page)`"), "\(page)")
        }
    }

    @Test func `the page on testing lists the stages of make test, and the tests`() throws {
        let makefile = try TestFiles.text("Makefile")
        let recipe = makefile.components(separatedBy: "\ntest: ")[1].components(separatedBy: "\n\n")[0]
        let stages = recipe.matches(of: #/\.ci/stage ([a-z-]+) /#).map { "\($0.1)" }
        let listed = try TestFiles.text("docs/testing.md").matches(of: #/\n\| `([a-z-]+)` \| /#).map { "\($0.1)" }
        #expect(stages.count > 5)
        #expect(listed == stages)
        let page = try TestFiles.text("docs/testing.md")
        let targets = try FileManager.default.contentsOfDirectory(atPath: TestFiles.root + "/Tests")
        for target in targets.sorted() where target.hasSuffix("Tests") {
            #expect(page.contains("| `\(target)` |"), "\(target)")
        }
    }

    /// Paths of one machine: where this repository lies, and homes of people. `/home/runner` and `/home/appuser` are
    /// paths inside of images that scenarios name.
    @Test func `no file names a path of one machine`() throws {
        let home = #/(?:^|[\s"'`(=:])/(?:home/(?!runner/|appuser/)|Users/)\w+//#
        let places = [TestFiles.root + "/", NSHomeDirectory() + "/"].filter { $0.count > 6 }
        let folders = [".ci", "Sources", "Tests", "docs", "reports", "scenarios"]
        let files = folders.flatMap(TestFiles.files(below:)) + ["Makefile", "Package.swift", "README.md"]
        for path in files {
            guard let text = try? TestFiles.text(path) else { continue }
            #expect(!places.contains { text.contains($0) } && !text.contains(home), "\(path)")
        }
    }
}
