import Reports

/// `--format junit`: one suite per suite, one test case per case.
enum ConformanceJUnit {
    static func render(_ report: ConformanceReport) -> String {
        var xml = XMLWriter()
        xml.element("testsuites", [("name", "rehearse conformance")] + counts(report.suites.flatMap(\.cases))) { xml in
            for suite in report.suites {
                xml.element("testsuite", [("name", suite.name)] + counts(suite.cases)) { xml in
                    for entry in suite.cases { write(entry, of: suite, to: &xml) }
                }
            }
        }
        return xml.text
    }

    private static func counts(_ cases: [ConformanceReport.Case]) -> [(String, String)] {
        [
            ("tests", "\(cases.count)"), ("failures", "\(cases.count { !$0.failures.isEmpty })"), ("errors", "0"),
            ("skipped", "\(cases.count { $0.skipReason != nil })"),
        ]
    }

    private static func write(
        _ entry: ConformanceReport.Case, of suite: ConformanceReport.Suite, to xml: inout XMLWriter
    ) {
        xml.element("testcase", [("name", entry.id), ("classname", suite.name)]) { xml in
            if let reason = entry.skipReason { xml.element("skipped", [("message", reason)]) }
            guard let first = entry.failures.first else { return }
            let message = "step \(first.step): expected \(first.difference.expected), got \(first.difference.got)"
            let text = entry.failures.map { ConformanceText.lines(of: $0).joined(separator: "\n") }
            xml.element(
                "failure", [("message", message), ("type", "difference")], text: text.joined(separator: "\n\n"))
        }
    }
}
