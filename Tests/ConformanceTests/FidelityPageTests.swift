import Foundation
import Testing

@testable import Conformance

/// `docs/fidelity.md` says what is so, as far as the repository can tell: its rules, the tests behind them, and the
/// scores of the sample of recordings. The whole set changes without a commit, and is no part of a test of the page.
@Suite struct FidelityPageTests {
    private static func page() throws -> [String] {
        try TestFiles.text("docs/fidelity.md").components(separatedBy: "\n")
    }

    @Test func `every test that backs a rule exists`() throws {
        let text = try TestFiles.files(below: "Tests").filter { $0.hasSuffix(".swift") }
            .map(TestFiles.text).joined()
        for rule in FidelityCatalogue.areas.flatMap(\.rules) {
            #expect(!rule.evidence.isEmpty, "\(rule.rule)")
            for case .test(let name) in rule.evidence {
                #expect(text.contains("struct \(name)"), "no test suite \(name)")
            }
        }
    }

    @Test func `the page has every rule, and every rule has evidence`() throws {
        let rows = try Self.page().filter { $0.hasPrefix("| ") }
        let rules = FidelityCatalogue.areas.flatMap(\.rules)
        let listed = rows.drop { $0 != "| subject | rule | source | backed by |" }
            .filter { $0 != "| subject | rule | source | backed by |" }
        #expect(listed.count == rules.count)
        for (row, rule) in zip(listed, rules) {
            #expect(row.hasPrefix(FidelityPage.beginning(rule)), "write it anew with --format markdown")
        }
        #expect(!rows.contains { $0.contains(": no case") || $0.contains(": 0 of 0") })
    }

    /// A case of the sample fails exactly where the page says so.
    @Test func `the page has the scores of the sample`() throws {
        let page = try Self.page()
        for suite in Recordings.sampleReport.suites {
            let row = page.first { $0.hasPrefix("| \(suite.name) | ") }
            #expect(row != nil, "no score of \(suite.name)")
            let beginning = "- \(suite.name): "
            let failing = page.first { $0.hasPrefix(beginning) }?.dropFirst(beginning.count) ?? ""
            let listed = failing.split(separator: ", ").map(String.init)
            let ids = Set(suite.cases.map(\.id))
            #expect(
                suite.cases.filter { !$0.failures.isEmpty }.map(\.id) == listed.filter(ids.contains),
                "\(suite.name): write the page anew with --format markdown")
        }
    }
}
