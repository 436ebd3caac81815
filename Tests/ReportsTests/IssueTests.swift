import ClusterSimulation
import Testing

@testable import Reports

@Suite struct IssueTests {
    private func violation(
        _ name: String, invariant: String = "i", message: String = "m", causes: [Cause] = [], to: SimulationTime? = nil
    ) -> Violation {
        Violation(
            invariant: invariant, kind: .always, subject: Subject(kind: "Service", namespace: "ns", name: name),
            from: .epoch, to: to, message: message, remedy: "", causes: causes)
    }

    private let step = Cause(at: .epoch, actor: "user", action: "merge", object: "#1", source: "scenario.yaml:1:1")

    private func manifest(_ source: String) -> Cause {
        Cause(at: .epoch, actor: "argocd", action: "update", object: "x", source: source)
    }

    private func subjects(_ violations: [Violation]) -> [[String]] {
        Reports.Issue.issues(in: violations).map { $0.problems.map(\.subject.name) }
    }

    @Test func `the same place in a manifest is one issue whatever the invariant`() {
        let causes = [step, manifest("a.yaml:2:3")]
        #expect(
            subjects([
                violation("a", invariant: "i", causes: causes), violation("b", invariant: "j", causes: causes),
                violation("c", causes: [step, manifest("a.yaml:9:3")]),
            ]) == [["a", "b"], ["c"]])
    }

    @Test func `a step alone joins only what reads the same but for the subject`() {
        #expect(
            subjects([
                violation("a", message: "a in ns has no endpoints", causes: [step]),
                violation("b", message: "b in ns has no endpoints", causes: [step]),
                violation("c", message: "c in ns is gone", causes: [step]),
                violation("d", invariant: "j", message: "d in ns has no endpoints", causes: [step]),
            ]) == [["a", "b"], ["c"], ["d"]])
    }

    @Test func `what a chain of one link blames tells issues apart`() {
        let other = Cause(at: .epoch, actor: "user", action: "merge", object: "#1", source: "b.yaml:7:1")
        #expect(subjects([violation("a", causes: [step]), violation("b", causes: [other])]) == [["a"], ["b"]])
    }

    @Test func `a name within a longer name is not taken out`() {
        #expect(
            subjects([
                violation("argo", message: "argocd is gone", causes: [step]),
                violation("helm", message: "helmcd is gone", causes: [step]),
            ]) == [["argo"], ["helm"]])
    }

    @Test func `without causes every subject is an issue of its own`() {
        #expect(subjects([violation("a"), violation("b"), violation("a")]) == [["a"], ["b"]])
    }

    @Test func `an issue is open while any of its intervals is`() {
        let end = SimulationTime.epoch + .seconds(5)
        let causes = [step, manifest("a.yaml:2:3")]
        let issue = Reports.Issue.issues(in: [
            violation("a", causes: causes, to: end), violation("b", causes: causes),
        ])[0]
        #expect(issue.isOpen)
        #expect(issue.to == nil)
        #expect(Reports.Issue.issues(in: [violation("a", to: end)])[0].to == end)
    }

    @Test func `consequences go with their root cause and are what it led to`() {
        var root = violation("a", invariant: "secrets-materialise")
        root.issue = 0
        var consequence = violation("b", invariant: "applications-converge", to: .epoch + .minutes(20))
        consequence.issue = 0
        consequence.consequenceOf = 0
        let issues = Reports.Issue.issues(in: [root, consequence])
        #expect(issues.count == 1)
        #expect(issues[0].roots.map(\.subject.name) == ["a"])
        #expect(issues[0].title == "Service ns/a waits for a Secret that is never made")
        #expect(issues[0].impact(upTo: .epoch + .minutes(30)) == ["Service ns/b does not converge 20m"])
    }

    @Test func `what was there before the first step comes last, unless something came of it later`() {
        var outcome = Outcomes.quiet
        let early = outcome.start
        let late = early + .minutes(5)
        func at(_ from: SimulationTime, _ name: String, issue: Int, of cause: Int? = nil) -> Violation {
            var violation = violation(name)
            violation.from = from
            violation.issue = issue
            violation.consequenceOf = cause
            return violation
        }
        let before = early + .minutes(-5)
        outcome.violations = [
            at(before, "old", issue: 0), at(before, "latent", issue: 1), at(early, "new", issue: 2),
            at(late, "consequence", issue: 1, of: 1),
        ]
        #expect(Reports.Issue.told(of: outcome).map { $0.roots[0].subject.name } == ["new", "latent", "old"])
    }

    @Test func `places are relative to the scenario's folder and commits are short`() {
        var outcome = Outcomes.quiet
        let commit = String(repeating: "0123456789", count: 4)
        outcome.timeline = [
            TimelineEntry(at: .epoch, actor: "git", text: "apply -f x/y/a.yaml", source: "x/y/s.yaml:1:1")
        ]
        let cause = Cause(at: .epoch, actor: "a", action: "sync", object: "A: \(commit)", source: "x/y/z/m.yaml:2:3")
        outcome.violations = [violation("a", message: "at \(commit)", causes: [cause])]
        let readable = outcome.readable
        #expect(readable.timeline[0].source == "s.yaml:1:1")
        #expect(readable.timeline[0].text == "apply -f a.yaml")
        #expect(readable.violations[0].causes[0].source == "z/m.yaml:2:3")
        #expect(readable.violations[0].causes[0].object == "A: 0123456")
        #expect(readable.violations[0].message == "at 0123456")
    }
}
