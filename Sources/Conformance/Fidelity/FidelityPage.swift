import Reports

/// The page on fidelity: scores, and rule by rule what backs it. Written by `rehearse conformance --format markdown`.
package enum FidelityPage {
    /// - Parameter folder: the recordings that the report is about; cases are looked up in them.
    package static func render(_ report: ConformanceReport, _ folder: RecordingFolder) -> String {
        var lines = introduction
        lines += ["", "## Scores", "", "| suite | cases | steps | skipped |", "|---|---|---|---|"]
        for group in grouped(report) { lines.append(row(group.name, group.suites)) }
        lines.append(row("all", report.suites))
        lines += remaining(report)
        for area in FidelityCatalogue.areas {
            lines += ["", "## \(area.title)", "", "| subject | rule | source | backed by |", "|---|---|---|---|"]
            lines += area.rules.map { rule in
                beginning(rule) + rule.evidence.map { text(of: $0, report, folder) }.joined(separator: "; ") + " |"
            }
        }
        lines += notModelled
        return lines.joined(separator: "\n") + "\n"
    }

    /// A rule's row up to what backs it.
    static func beginning(_ rule: FidelityRule) -> String {
        "| \(rule.subject) | \(rule.rule) | \(rule.source) | "
    }

    private static let introduction = [
        "# Fidelity", "",
        "How the model was measured against the real components, and what backs each of its rules. This page is written by",
        "`rehearse conformance FOLDER --format markdown -o docs/fidelity.md`; `FOLDER` holds recordings of a real API server",
        "with its controllers, of CoreDNS and operators over it, and Argo CD's own test data. A sample of the traces lies in",
        "`Tests/ConformanceTests/Recordings`: the tests replay it, and hold this page to what it shows.", "",
        "A case passes when every answer and every settled list of objects is as recorded, to the word. A rule that no",
        "recording reaches is backed by a test of ours, made from the source that it names. Values of Secrets are not compared:",
        "the model keeps none.",
    ]

    private static let notModelled = [
        "", "## Not modelled", "",
        "What is left out, kind by kind, is in [the model of the cluster](cluster-model.md). What a rehearsal meets of it",
        "is reported as unknown.",
    ]

    private static func grouped(
        _ report: ConformanceReport
    ) -> [(name: String, suites: [ConformanceReport.Suite])] {
        var groups: [(name: String, suites: [ConformanceReport.Suite])] = []
        for suite in report.suites {
            // Families are shown one by one, the tables of Argo CD and CoreDNS as one row each.
            let first = String(suite.name.split(separator: "/").first ?? "")
            let name = first.hasSuffix("-cases") ? first : suite.name
            if let last = groups.indices.last, groups[last].name == name {
                groups[last].suites.append(suite)
            } else {
                groups.append((name, [suite]))
            }
        }
        return groups
    }

    private static func row(_ name: String, _ suites: [ConformanceReport.Suite]) -> String {
        let report = ConformanceReport(suites: suites)
        let steps = suites.reduce(0) { $0 + $1.steps }
        let failed = suites.reduce(0) { $0 + $1.failedSteps }
        return "| \(name) | \(report.passed) of \(report.passed + report.failed) | \(steps - failed) of \(steps) | "
            + "\(report.skipped) |"
    }

    /// What failed, and why something was skipped.
    private static func remaining(_ report: ConformanceReport) -> [String] {
        var lines: [String] = []
        let failing = report.suites.filter { $0.failed > 0 }
        if !failing.isEmpty { lines += ["", "Failing:", ""] + failing.map(failures) }
        let alone = RecordedOperator.all.filter { recorded in
            recorded.isKubernetesOnly
                && report.suites.contains { $0.name.hasPrefix(recorded.name + "/") && $0.steps > 0 }
        }
        if !alone.isEmpty {
            lines += [
                "",
                "The model has no such operator, and only what Kubernetes does around it can be as recorded: "
                    + alone.map(\.name).joined(separator: ", ") + ".",
            ]
        }
        let reasons = report.skips
        if !reasons.isEmpty {
            lines += ["", "Skipped:", ""] + reasons.map { "- \($0.count) × \($0.reason)" }
        }
        return lines
    }

    /// The cases of a suite that fail, in a line.
    package static func failures(_ suite: ConformanceReport.Suite) -> String {
        let cases = suite.cases.filter { !$0.failures.isEmpty }.map(\.id)
        return "- \(suite.name): \(cases.joined(separator: ", "))"
    }

    private static func text(
        of evidence: FidelityRule.Evidence, _ report: ConformanceReport, _ folder: RecordingFolder
    ) -> String {
        switch evidence {
        case .guess: return "a guess"
        case .test(let name): return "`\(name)`"
        case .suite(let name):
            let suites = report.suites.filter { $0.name == name || $0.name.hasPrefix(name + "/") }
            let cases = suites.flatMap(\.cases).filter { $0.skipReason == nil }
            return "\(name): \(cases.count { $0.failures.isEmpty }) of \(cases.count)"
        case .recorded(let name, let text):
            let cases = report.suites.filter { $0.name == name }.flatMap(\.cases).filter {
                folder.mentions(text, in: "\(name.split(separator: "/")[0])/\($0.id).json")
            }
            guard let first = cases.first else { return "\(name): no case" }
            return "\(first.id) and \(cases.count - 1) more: \(cases.count { $0.failures.isEmpty }) of \(cases.count)"
        }
    }
}
