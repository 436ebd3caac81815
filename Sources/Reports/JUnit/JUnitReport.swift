import ClusterSimulation

/// `--format junit`: one suite per scenario, one test case per invariant, sorted by name.
///
/// A violation is a `failure`; what is inconclusive or unknown is `skipped` with the reason; a scenario without an
/// outcome is an `error`. A violation that the scenario's `expect` asks for is no failure; an expectation that is not
/// met is one, in a test case of its own named `expect`.
enum JUnitReport: ReportRenderer {
    static let fileExtension = "xml"

    static func render(_ results: [ScenarioResult], style: TextStyle) -> String {
        let suites = results.map(JUnitSuite.init).sorted { $0.name < $1.name }
        var xml = XMLWriter()
        let cases = suites.flatMap(\.cases)
        let seconds = suites.reduce(0) { $0 + $1.seconds }
        xml.element("testsuites", [("name", "rehearse")] + counts(cases, seconds)) { xml in
            for suite in suites {
                xml.element("testsuite", [("name", suite.name)] + counts(suite.cases, suite.seconds)) { xml in
                    write(suite, to: &xml)
                }
            }
        }
        return xml.text
    }

    private static func counts(_ cases: [JUnitSuite.Case], _ seconds: Double) -> [(String, String)] {
        [
            ("tests", "\(cases.count)"), ("failures", "\(cases.count { $0.result.element == "failure" })"),
            ("errors", "\(cases.count { $0.result.element == "error" })"),
            ("skipped", "\(cases.count { $0.result.element == "skipped" })"),
            ("time", "\((seconds * 1000).rounded() / 1000)"),
        ]
    }

    private static func write(_ suite: JUnitSuite, to xml: inout XMLWriter) {
        if !suite.properties.isEmpty {
            xml.element("properties") { xml in
                for (name, value) in suite.properties { xml.element("property", [("name", name), ("value", value)]) }
            }
        }
        for test in suite.cases {
            var attributes = [("name", test.name), ("classname", suite.name)]
            if let source = test.source {
                attributes += [("file", source.file)] + (source.line.map { [("line", $0)] } ?? [])
            }
            xml.element("testcase", attributes) { xml in
                switch test.result {
                case .passed: break
                case .skipped(let reason): xml.element("skipped", [("message", reason)])
                case .failure(let type, let message, let body):
                    xml.element("failure", [("message", message), ("type", type)], text: body)
                case .error(let message):
                    xml.element("error", [("message", message), ("type", "error")], text: message)
                }
                if let note = test.note { xml.element("system-out", text: note) }
            }
        }
    }
}
