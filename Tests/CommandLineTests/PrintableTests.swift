import Foundation
import Testing

/// What input, arguments and ledgers hold is shown by whoever shows our text, and never obeyed.
@Suite struct PrintableTests {
    /// A terminal's sequence, a bell, a carriage return, C1, a direction of reading, separators of lines and paragraphs,
    /// and what runners of CI read.
    private static let hostile =
        "x\u{1B}[2J\u{7}\u{8}\r\u{9B}31m\u{7F}\u{202E}\u{2028}\u{2029}\u{85}\n::error::y\n##[error]z\n"
        + "##vso[task.complete]\n##teamcity[buildStop]\n  ::add-mask::x"

    private func expectPrintable(_ text: String, _ what: String = "", keepsTabs: Bool = true) {
        for scalar in text.unicodeScalars {
            let isObeyed =
                scalar.properties.generalCategory == .control
                || [0x200E, 0x200F, 0x061C].contains(scalar.value) || (0x2028...0x202E).contains(scalar.value)
                || (0x2066...0x2069).contains(scalar.value)
            if isObeyed, scalar != "\n", scalar != "\t" {
                Issue.record("U+\(String(scalar.value, radix: 16)) in \(what): \(text.debugDescription)")
                return
            }
        }
        for line in text.split(separator: "\n") {
            #expect(line.firstMatch(of: #/^\s*::/#) == nil, "\(what)")
            #expect(line.firstMatch(of: #/##[a-z]*\[/#) == nil, "\(what)")
        }
    }

    /// The hostile text as a YAML string in quotes.
    private var quoted: String {
        var text = "\""
        for scalar in Self.hostile.unicodeScalars {
            text +=
                scalar.value < 0x20 || scalar.value >= 0x7F
                ? "\\u" + String(String(0x10000 + scalar.value, radix: 16).dropFirst()) : String(scalar)
        }
        return text + "\""
    }

    @Test func `in what is wrong with a scenario`() throws {
        try withScenarios { rehearse in
            let head = "apiVersion: rehearse.dev/v1alpha1\nkind: Scenario\nmetadata: {name: a}\nspec:\n"
            let times = "  start: \"2026-01-12T09:00:00Z\"\n  horizon: \"2026-01-12T09:30:00Z\"\n"
            let wrong = [
                "kind: \(quoted)\n", head + times + "  \(quoted): 1\n", head + "  start: \(quoted)\n",
                head + times + "  cluster: {manifests: [\(quoted)]}\n",
                head + times + "  steps: [{merge: \(quoted)}]\n",
                head + times + "  include: [\(quoted)]\n", head + times + "  x\u{1B}[31m\u{7F}y: {\n",
                head + times + "  disabled: \u{202E}[\n", head + times + "  invariants: {disabled: [\(quoted)]}\n",
            ]
            for text in wrong {
                try rehearse.write(text, to: "a/scenario.yaml")
                for command in [["run", "a", "--no-ledger"], ["test", "a", "--no-ledger"], ["report", "a"]] {
                    for format in ["text", "json", "junit"] {
                        let result = try rehearse(command + ["--format", format])
                        #expect(result.status == 2, "\(result)")
                        #expect(result.errors.contains("error"), "\(result)")
                        expectPrintable(result.errors, "errors of \(text)")
                        expectPrintable(result.output, "\(format) of \(text)")
                    }
                }
            }
        }
    }

    @Test func `in a scenario that is rehearsed, in its reports and in what the ledger keeps`() throws {
        try withScenarios { rehearse in
            try rehearse.writeScenario(
                "hostile",
                manifests: "apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: default}\n"
                    + "spec: {containers: [{name: c, image: i, command: [\(quoted)]}]}\n---\n"
                    + "apiVersion: example.com/v1\nkind: \(quoted)\nmetadata: {name: \(quoted), namespace: default}\n")
            try rehearse.replace("name: hostile}", with: "name: \(quoted)}", in: "hostile/scenario.yaml")
            for format in ["text", "markdown", "json", "junit"] {
                let result = try rehearse("run", "hostile", "--format", format, "--label", "l")
                #expect([0, 1, 2, 4].contains(result.status), "\(result)")
                expectPrintable(result.errors, "errors")
                expectPrintable(result.output, format)
                let kept = try rehearse("report", "latest", "--format", format)
                expectPrintable(kept.output + kept.errors, "kept \(format)")
            }
            for name in rehearse.names(in: "reports/out") where name.hasSuffix(".md") {
                expectPrintable(name, "name")
                expectPrintable(try rehearse.read("reports/out/\(name)"), "report")
            }
            for format in ["text", "json"] {
                let comparison = try rehearse("compare", "--format", format)
                expectPrintable(comparison.output + comparison.errors, "comparison")
            }
        }
    }

    @Test func `in arguments`() throws {
        try withScenarios { rehearse in
            let hostile = Self.hostile
            let arguments = [
                [hostile], ["run", hostile], ["run", "a", "--format", hostile], ["run", "a", "--\(hostile)"],
                ["run", "a", "--seed", hostile], ["run", "a", "--until", hostile],
                ["run", "a", "--kubernetes", hostile],
                ["run", "a", "--label", hostile], ["run", "a", "--ledger", hostile],
                ["run", "a", "--reports", "/dev/null/\(hostile)"],
                ["run", "a", "-o", "/dev/null/\(hostile)"], ["run", "a", "--health-scripts", hostile, "--no-ledger"],
                ["test", hostile], ["test", "a", "--baseline", hostile], ["compare", hostile],
                ["compare", "1", "--ledger", hostile],
                ["report", hostile], ["report", "latest", "--scenario", hostile], ["explain", hostile],
                ["conformance", hostile], ["conformance", "a", "--suite", hostile], ["help", hostile],
            ]
            try rehearse.writeQuietScenario("a")
            #expect(try rehearse("run", "a").status == 0)
            for list in arguments {
                let result = try rehearse(list)
                expectPrintable(result.errors, "\(list)")
                expectPrintable(result.output, "\(list)")
                // `help` of no command is the help of all.
                let isAnswered = list.contains("--ledger") || list[0] == "help"
                #expect(result.status == 2 || isAnswered, "\(list): \(result)")
            }
        }
    }
}
