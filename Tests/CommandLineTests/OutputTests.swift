import Foundation
import Testing

/// Where results go, and in which form.
@Suite struct OutputTests {
    private func json(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test func `the JSON has every field it promises`() throws {
        try withScenarios { rehearse in
            let result = try rehearse("run", "scenarios/getting-started", "--no-ledger", "--format", "json")
            let report = try json(result.output)
            #expect(report["schema"] as? Int == 1)
            #expect(report["scenario"] as? String == "getting-started")
            #expect(report["seed"] as? Int == 0)
            #expect(report["verdict"] as? String == "violated")
            #expect(report["horizon"] as? String == "2026-01-12T10:00:00Z")
            for text in ["modelVersion", "digest"] { #expect(report[text] is String) }
            func keys(_ value: Any?) -> Set<String> { Set((value as? [String: Any] ?? [:]).keys) }
            func first(_ name: String) -> [String: Any]? { (report[name] as? [[String: Any]])?.first }
            let violation = try #require(first("violations"))
            #expect(
                keys(violation).isSuperset(of: [
                    "invariant", "kind", "subject", "from", "to", "message", "remedy", "causes",
                ]))
            #expect(keys(violation["subject"]) == ["kind", "namespace", "name"])
            #expect(violation["to"] is NSNull)
            let cause = (violation["causes"] as? [[String: Any]])?.first
            #expect(keys(cause) == ["at", "actor", "action", "object", "source"])
            #expect(
                keys(first("applications")) == ["name", "namespace", "project", "sync", "health", "message"])
            #expect(keys(first("pods")) == ["namespace", "name", "status", "ready", "message"])
            #expect(keys(first("namespaces")) == ["name", "phase", "conditions"])
            #expect(report["unknowns"] is [Any])
            #expect(
                keys(report["counters"]) == [
                    "events", "apiWrites", "reconciles", "invariantChecks", "virtualSeconds",
                ])
            #expect(keys(report["timings"]) == ["loadMilliseconds", "simulateMilliseconds"])
        }
    }

    /// Each process has another seed for its hashed collections: whatever depends on their order differs here.
    @Test(arguments: ["getting-started", "namespace-consolidation"])
    func `equal input has equal digests, in other processes and from other folders`(_ scenario: String) throws {
        func digests(_ path: String, from folder: URL = Command.root) throws -> [String?] {
            let result = try Command(folder: folder)("run", path, "--no-ledger", "--format", "json")
            let report = try json(result.output)
            return ["digest", "inputDigest"].map { report[$0] as? String }
        }
        let first = try digests("scenarios/\(scenario)")
        #expect(!first.contains(nil))
        #expect(try digests("scenarios/\(scenario)") == first)
        #expect(try digests(scenario, from: Command.root.appendingPathComponent("scenarios")) == first)
        #expect(try digests(Command.root.appendingPathComponent("scenarios/\(scenario)/scenario.yaml").path) == first)
    }

    @Test func `a file gets the result, and standard output nothing`() throws {
        try withScenarios { rehearse in
            let result = try rehearse(
                "run", "scenarios/getting-started", "--no-ledger", "--format", "junit", "-o", "results.xml")
            #expect(result.status == 1)
            #expect(result.output.isEmpty)
            let xml = try rehearse.read("results.xml")
            #expect(xml.hasPrefix("<?xml"))
            #expect(xml.contains(#"<failure message="Deployment web/frontend: "#))
        }
    }

    @Test func `a scenario can be piped in`() throws {
        try withScenarios { rehearse in
            let scenario = """
                apiVersion: rehearse.dev/v1alpha1
                kind: Scenario
                metadata: {name: piped}
                spec: {start: "2026-01-12T09:00:00Z", horizon: "2026-01-12T09:10:00Z"}
                """
            let result = try rehearse("run", "-", "--no-ledger", "-o", "-", input: scenario)
            #expect(result.status == 0, "\(result)")
            #expect(result.output.hasPrefix("holds piped:"))
            let broken = try rehearse("run", "-", "--no-ledger", input: scenario + "\nsteps: []\n")
            #expect(broken.status == 2)
            #expect(broken.errors.hasPrefix("<stdin>:5:1: error: the scenario has no field 'steps'"))
        }
    }

    @Test func `no colour in a pipe, and no progress`() throws {
        try withScenarios { rehearse in
            let result = try rehearse("run", "scenarios/getting-started", "--no-ledger")
            #expect(!result.output.contains("\u{1B}"))
            #expect(result.errors.isEmpty)
        }
    }

    @Test func `another end, seed and other versions`() throws {
        try withScenarios { rehearse in
            let early = try rehearse(
                "run", "scenarios/getting-started", "--no-ledger", "--until", "4m", "--seed", "7", "--kubernetes",
                "1.30",
                "--argocd", "v2.14.1", "--format", "json")
            #expect(early.status == 0, "\(early)")
            let report = try json(early.output)
            #expect(report["horizon"] as? String == "2026-01-12T09:04:00Z")
            #expect(report["seed"] as? Int == 7)
        }
    }

    @Test func `explain tells what an invariant means`() throws {
        try withScenarios { rehearse in
            let list = try rehearse("explain")
            #expect(list.output.contains("\ndns-names-resolve "))
            let page = try rehearse("explain", "dns-names-resolve")
            for word in ["Rule", "Incident", "Symptom", "Remedy"] { #expect(page.output.contains("\n\(word) ")) }
            let wrong = try rehearse("explain", "dns-name-resolves")
            #expect(wrong.errors.contains("did you mean 'dns-names-resolve'?"))
        }
    }
}
