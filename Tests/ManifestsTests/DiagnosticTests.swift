import ClusterSimulation
import Testing

@testable import Manifests

@Suite struct DiagnosticTests {
    private func diagnostic(_ severity: Diagnostic.Severity, _ number: Int) -> Diagnostic {
        Diagnostic(severity, code: "c", "m\(number)", location: nil)
    }

    @Test func `errors are kept before warnings, in the order of reporting`() {
        let collector = DiagnosticCollector(limit: 3)
        for number in 1...5 { collector.report(diagnostic(.warning, number)) }
        #expect(!collector.countedOnly(.error) && collector.countedOnly(.warning))
        for number in 6...9 { collector.report(diagnostic(.error, number)) }
        #expect(collector.countedOnly(.error))
        #expect(collector.diagnostics.map(\.message) == ["m6", "m7", "m8"])
        #expect(collector.errorCount == 5 && collector.warningCount == 6)
        #expect(collector.text.hasSuffix("note: 8 more problems are not shown\n"))
    }

    @Test func `a message is one line, and a snippet shows what would be obeyed`() throws {
        var problem = Diagnostic(
            .error, code: "c", "a\nb\u{1B}[31m\u{202E}", location: SourceLocation(path: "x\n::y", line: 1, column: 1),
            suggestion: "s\rt")
        problem.notes = [.init("n\u{2028}o")]
        #expect(
            problem.text
                == "x ::y:1:1: error: a b\\u{1b}[31m\\u{202e}; did you mean 's t'? [c]\nnote: n o")
        let snippet = try #require(Snippet(line: "\ta\u{1B}b\u{200F}c", column: 6))
        #expect(snippet.text == "\ta\\u{1b}b\\u{200f}c")
        #expect(snippet.caret == "\t                ^")
    }
}
