import ClusterSimulation
import Foundation
import Testing

@testable import Reports

@Suite struct JSONReportTests {
    /// The object as an independent parser reads it.
    private func parse(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test func `members come in the documented order with timings last`() {
        let text = ReportFormat.json.render(Outcomes.consolidation)
        let keys = text.split(separator: "\n").filter { $0.hasPrefix("  \"") }.map {
            String($0.dropFirst(3).prefix { $0 != "\"" })
        }
        #expect(
            keys == [
                "schema", "scenario", "modelVersion", "seed", "verdict", "digest", "horizon", "violations", "unknowns",
                "applications", "pods", "namespaces", "counters", "inputDigest", "start", "removedNamespaces",
                "invariants", "timeline", "changeSets", "timings",
            ])
    }

    @Test func `an independent parser reads every field back`() throws {
        let outcome = Outcomes.consolidation
        let object = try parse(ReportFormat.json.render(outcome))
        #expect(object["schema"] as? Int == 1)
        #expect(object["verdict"] as? String == "violated")
        #expect(object["horizon"] as? String == "2025-11-27T04:10:00Z")
        let violations = try #require(object["violations"] as? [[String: Any]])
        #expect(violations.count == outcome.violations.count)
        for (read, written) in zip(violations, outcome.violations) {
            #expect(read["message"] as? String == written.message)
            #expect(read["to"] as? String == written.to?.rfc3339)
            #expect((read["causes"] as? [[String: Any]])?.count == written.causes.count)
            let subject = try #require(read["subject"] as? [String: Any])
            #expect(subject["name"] as? String == written.subject.name)
            #expect(subject["namespace"] as? String == written.subject.namespace)
        }
        #expect(violations[1]["durationMilliseconds"] as? Int == 11_750)
        let namespaces = try #require(object["namespaces"] as? [[String: Any]])
        let conditions = try #require(namespaces[0]["conditions"] as? [String: [String]])
        #expect(conditions["NamespaceContentRemaining"]?.first == "True")
        let timings = try #require(object["timings"] as? [String: Double])
        #expect(timings == ["loadMilliseconds": 41.25, "simulateMilliseconds": 153.063])
    }

    @Test func `only timings differ between two runs`() throws {
        var other = Outcomes.consolidation
        other.timings.simulateMilliseconds = 1
        #expect(ReportFormat.json.render(other) != ReportFormat.json.render(Outcomes.consolidation))
        other.timings = Outcomes.consolidation.timings
        #expect(ReportFormat.json.render(other) == ReportFormat.json.render(Outcomes.consolidation))
    }

    @Test func `every byte of a text survives an independent parser`() throws {
        var every = ""
        for value in 0...0x2FF as ClosedRange<UInt32> {
            if let scalar = Unicode.Scalar(value) { every.unicodeScalars.append(scalar) }
        }
        every += "\u{2028}\u{FFFF}😀"
        var json = JSONWriter()
        json.object { $0.member("text", every) }
        #expect(try parse(json.text)["text"] as? String == every)
    }

    @Test(arguments: [0, 1, 42, UInt64(Int64.max) + 1, .max])
    func `seeds are written in full`(seed: UInt64) {
        var outcome = Outcomes.quiet
        outcome.seed = seed
        #expect(ReportFormat.json.render(outcome).contains("\n  \"seed\": \(seed),\n"))
    }

    @Test func `numbers that are not finite become null`() {
        var json = JSONWriter()
        json.array([Double.nan, .infinity, .greatestFiniteMagnitude, 1, 0.5], inline: true) { $0.value($1) }
        #expect(json.text == "[null, null, null, 1.0, 0.5]\n")
    }

    @Test func `empty containers stay on one line`() {
        var json = JSONWriter()
        json.object { json in
            json.key("a")
            json.array { _ in }
            json.key("b")
            json.object { _ in }
        }
        #expect(json.text == "{\n  \"a\": [],\n  \"b\": {}\n}\n")
    }

    @Test func `a condition type that comes twice is written once`() throws {
        var outcome = Outcomes.quiet
        let condition = NamespaceRow.Condition(type: "A", status: "True", reason: "first", message: "")
        var second = condition
        second.reason = "second"
        outcome.namespaces = [NamespaceRow(name: "x", phase: "Active", conditions: [condition, second])]
        let text = ReportFormat.json.render(outcome)
        #expect(text.contains("\"first\"") && !text.contains("\"second\""))
    }
}
