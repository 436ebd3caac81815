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
}
