import ClusterSimulation
import Testing

@testable import Reports

@Suite struct MarkdownTests {
    @Test func `words that look like markup are escaped`() {
        #expect(MarkdownText.plain("a|b*c_d<e>`f`[g]&\nh") == #"a\|b\*c\_d\<e\>\`f\`\[g\]&amp; h"#)
    }

    @Test(arguments: [("a", "`a`"), ("a`b", "`` a`b ``"), ("a``b", "``` a``b ```"), ("", ""), (" a", "`  a `")])
    func `code spans outlast the backticks in them`(text: String, span: String) {
        #expect(MarkdownText.code(text) == span)
    }

    @Test func `a pipe in a code span does not end a table cell`() {
        #expect(MarkdownText.code("a|b", inTable: true) == #"`a\|b`"#)
    }

    @Test(
        arguments: [
            ("argo", "argo"), ("a b", "'a b'"), ("it's", #"'it'\''s'"#), ("$(rm)", "'$(rm)'"), ("", "''"),
            ("-n", "'-n'"),
        ])
    func `shell words`(word: String, quoted: String) {
        #expect(ShellWord.quote(word) == quoted)
    }

    @Test func `rollback takes back what is in effect, newest first`() {
        let commands = ReportFormat.markdown.render(Outcomes.consolidation).split(separator: "\n")
            .filter { $0.hasPrefix("git ") }
        #expect(
            commands == [
                "git revert --no-edit <commit of #1742>  # Leave max_age out",
                "git revert --no-edit <commit of #1738>  # Consolidate the namespaces", "git push",
            ])
    }

    @Test func `a change set merged again after its revert is in effect`() {
        var outcome = Outcomes.quiet
        var changeSet = ChangeSetRow(name: "#1", title: "", repository: "r", mergedAt: .epoch + .seconds(2))
        changeSet.revertedAt = .epoch + .seconds(1)
        outcome.changeSets = [changeSet]
        #expect(ReportFormat.markdown.render(outcome).contains("<commit of #1>"))
    }

    @Test func `sections come in the order of a postmortem`() {
        let headings = ReportFormat.markdown.render(Outcomes.consolidation).split(separator: "\n")
            .filter { $0.hasPrefix("## ") }
        #expect(headings.map { $0.dropFirst(3).prefix(2) } == ["1.", "2.", "3.", "4.", "5.", "6.", "7."])
    }
}
