import Reports

/// What a person reads: each failure with its request and first difference, then a table of the suites.
enum ConformanceText {
    static func render(_ report: ConformanceReport, style: TextStyle) -> String {
        var lines: [String] = []
        for suite in report.suites {
            for entry in suite.cases where !entry.failures.isEmpty {
                // A trace that has parted from the recording parts again and again; the first place tells most.
                let shown = style.isVerbose ? entry.failures : [entry.failures[0]]
                for failure in shown {
                    lines.append(style.paint("FAILED \(suite.name) \(failure.case) step \(failure.step)", .bad))
                    lines += Self.lines(of: failure, isWhole: style.isVerbose).map { "  " + $0 }
                    lines.append("")
                }
                if shown.count < entry.failures.count {
                    lines.append("  and \(entry.failures.count - shown.count) more steps of \(entry.id)")
                    lines.append("")
                }
            }
        }
        lines += table(report, style)
        return lines.joined(separator: "\n") + "\n"
    }

    /// The request, and where the answers part.
    static func lines(of failure: ConformanceReport.Failure, isWhole: Bool = false) -> [String] {
        var lines = failure.request.split(separator: "\n").map(String.init)
        if isWhole {
            lines += ["recorded:"] + failure.expected.split(separator: "\n").map { "  " + $0 }
            lines += ["model:"] + failure.got.split(separator: "\n").map { "  " + $0 }
        }
        let difference = failure.difference
        return lines + ["recorded: \(difference.expected)", "model:    \(difference.got)"]
    }

    private static func table(_ report: ConformanceReport, _ style: TextStyle) -> [String] {
        let width = report.suites.map(\.name.count).max() ?? 0
        var lines = report.suites.map { suite in
            let name = suite.name + String(repeating: " ", count: width - suite.name.count)
            return "\(name)  \(counts(suite.passed, suite.failed, suite.skipped, suite.steps, suite.failedSteps))"
        }
        for suite in report.suites {
            for (reason, count) in suite.skips { lines.append("skipped \(suite.name): \(count) × \(reason)") }
        }
        let steps = report.suites.reduce(0) { $0 + $1.steps }
        let failedSteps = report.suites.reduce(0) { $0 + $1.failedSteps }
        let total = counts(report.passed, report.failed, report.skipped, steps, failedSteps)
        lines.append(style.paint("total: \(total)", report.failed == 0 ? .good : .bad))
        return lines
    }

    private static func counts(_ passed: Int, _ failed: Int, _ skipped: Int, _ steps: Int, _ failedSteps: Int) -> String
    {
        var text = "\(passed) of \(passed + failed) passed"
        if steps > passed + failed { text += ", \(steps - failedSteps) of \(steps) steps" }
        return skipped == 0 ? text : text + ", \(skipped) skipped"
    }
}
