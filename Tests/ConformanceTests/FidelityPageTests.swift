import Foundation
import Manifests
import Testing

@testable import Conformance

/// `docs/fidelity.md` says what is so.
@Suite struct FidelityPageTests {
    static let root: URL = {
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { root.deleteLastPathComponent() }
        return root
    }()

    @Test func `every test that backs a rule exists`() throws {
        var text = ""
        let tests = Self.root.appendingPathComponent("Tests")
        for case let file as URL in FileManager.default.enumerator(at: tests, includingPropertiesForKeys: nil)!
        where file.pathExtension == "swift" {
            text += try String(contentsOf: file, encoding: .utf8)
        }
        for rule in FidelityCatalogue.areas.flatMap(\.rules) {
            #expect(!rule.evidence.isEmpty, "\(rule.rule)")
            for case .test(let name) in rule.evidence {
                #expect(text.contains("struct \(name)"), "no test suite \(name)")
            }
        }
    }

    @Test(.enabled(if: Recordings.folder != nil, Recordings.missing))
    func `every rule backed by recordings has a case, and the page is current`() throws {
        let folder = RecordingFolder(path: try #require(Recordings.folder), diagnostics: DiagnosticCollector())
        let page = FidelityPage.render(Conformance.run(folder), folder)
        #expect(!page.contains(": no case"))
        #expect(!page.contains("0 of 0 |\n"))
        let written = try String(contentsOf: Self.root.appendingPathComponent("docs/fidelity.md"), encoding: .utf8)
        #expect(written == page, "write it anew with --format markdown")
    }
}
