import Foundation
import Testing

/// `rehearse test`: outcomes against what scenarios expect.
@Suite struct SuiteTests {
    private static let file = "scenarios/getting-started/scenario.yaml"

    @Test func `as expected`() throws {
        try withScenarios { rehearse in
            let result = try rehearse("test", "scenarios", "--no-ledger")
            #expect(result.status == 0, "\(result)")
            #expect(
                result.output == """
                    ok    getting-started: violated, 1 problem

                    1 scenario: 1 as expected

                    """)
        }
    }

    @Test func `mismatches name the line of the expectation`() throws {
        try withScenarios { rehearse in
            try rehearse.replace("verdict: violated", with: "verdict: holds", in: Self.file)
            try rehearse.replace("name: frontend}", with: "name: fronted}", in: Self.file)
            let result = try rehearse("test", Self.file, "--no-ledger")
            #expect(result.status == 1)
            let lines = result.output.split(separator: "\n").map(String.init)
            #expect(lines[0] == "FAIL  getting-started: violated, 1 problem")
            #expect(lines[1] == "      \(Self.file):26:14: expected verdict holds, got violated")
            #expect(
                lines[2] == "      \(Self.file):29:9: expected a violation of dns-names-resolve of Deployment "
                    + "web/fronted, there is none; it was violated by Deployment web/frontend")
            #expect(lines[3].hasPrefix("      \(Self.file):26:14: unexpected violation of dns-names-resolve of "))
            #expect(lines[4] == "      rehearse run \(Self.file)")
            #expect(lines.last == "1 scenario: 1 not as expected")
        }
    }

    @Test func `without an expectation everything has to hold`() throws {
        try withScenarios { rehearse in
            let text = try rehearse.read(Self.file)
            let cut = try #require(text.range(of: "  expect:"))
            try rehearse.write(String(text[..<cut.lowerBound]), to: Self.file)
            let result = try rehearse("test", "scenarios", "--no-ledger")
            #expect(result.status == 1)
            #expect(result.output.contains("\(Self.file): expected verdict holds (by default), got violated"))
        }
    }

    @Test func `JUnit fails where the suite fails`() throws {
        try withScenarios { rehearse in
            let good = try rehearse("test", "scenarios", "--no-ledger", "--format", "junit")
            #expect(good.status == 0)
            #expect(good.output.contains(#"failures="0" errors="0""#))
            try rehearse.replace("fixed: false", with: "fixed: true", in: Self.file)
            let bad = try rehearse("test", "scenarios", "--no-ledger", "--format", "junit")
            #expect(bad.status == 1)
            #expect(bad.output.contains(#"failures="1""#))
            #expect(
                bad.output.contains(
                    #"<testcase name="expect" classname="getting-started" file="\#(Self.file)" line="29">"#))
        }
    }

    @Test func `an index lists, in its order, and its mistakes have places`() throws {
        try withScenarios { rehearse in
            try rehearse.writeScenario(
                "scenarios/quiet", manifests: "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n")
            try rehearse.replace("name: scenarios/quiet", with: "name: quiet", in: "scenarios/quiet/scenario.yaml")
            try rehearse.write(
                "- {path: quiet/scenario.yaml, speed: slow}\n- {path: getting-started/scenario.yaml}\n",
                to: "scenarios/index.yaml")
            let all = try rehearse("test", "scenarios", "--no-ledger")
            #expect(all.output.hasPrefix("ok    quiet: holds\nok    getting-started: violated"), "\(all)")
            let fast = try rehearse("test", "scenarios/index.yaml", "--no-ledger", "--fast", "--format", "json")
            #expect(fast.output.contains(#""scenario": "getting-started""#))
            #expect(!fast.output.contains(#""scenario": "quiet""#))
            try rehearse.write("- {path: quit/scenario.yaml, sped: slow}\n", to: "scenarios/index.yaml")
            let wrong = try rehearse("test", "scenarios", "--no-ledger")
            #expect(wrong.status == 2)
            #expect(wrong.errors.contains("scenarios/index.yaml:1:10: error: no file 'scenarios/quit/scenario.yaml'"))
            #expect(wrong.errors.contains("did you mean 'speed'?"))
        }
    }

    @Test func `bad input is an error of its scenario, and the others are rehearsed`() throws {
        try withScenarios { rehearse in
            try rehearse.write("kind: Scenario\n", to: "broken.yaml")
            let result = try rehearse("test", "broken.yaml", "scenarios", "--no-ledger")
            #expect(result.status == 2)
            #expect(result.output.contains("error broken.yaml\n"))
            #expect(result.output.contains("ok    getting-started"))
            #expect(result.output.hasSuffix("2 scenarios: 1 as expected, 1 not rehearsed\n"))
        }
    }

    @Test func `a baseline fails what is new`() throws {
        try withScenarios { rehearse in
            let forgotten = "scenarios/getting-started/repository/frontend.yaml"
            let text = try rehearse.read(forgotten)
            try rehearse.write(
                text.replacingOccurrences(of: "backend.shop", with: "backend.store"),
                to: "scenarios/getting-started/move-backend/frontend.yaml")
            #expect(try rehearse("run", "scenarios/getting-started", "--label", "main").status == 0)
            try FileManager.default.removeItem(
                at: rehearse.folder.appendingPathComponent("scenarios/getting-started/move-backend/frontend.yaml"))
            let result = try rehearse("test", "scenarios", "--baseline", "main")
            #expect(result.status == 1, "\(result)")
            #expect(result.output.contains("run 1 (main) compared with run 2: 1 new"))
        }
    }
}
