import Reports

/// `--format json`: counts, and per suite what failed and what was skipped.
enum ConformanceJSON {
    static func render(_ report: ConformanceReport) -> String {
        var json = JSONWriter()
        json.object { json in
            json.member("passed", report.passed)
            json.member("failed", report.failed)
            json.member("skipped", report.skipped)
            json.member("suites", report.suites) { json, suite in write(suite, to: &json) }
        }
        return json.text
    }

    private static func write(_ suite: ConformanceReport.Suite, to json: inout JSONWriter) {
        json.object { json in
            json.member("name", suite.name)
            json.member("passed", suite.passed)
            json.member("failed", suite.failed)
            json.member("skipped", suite.skipped)
            json.member("steps", suite.steps)
            json.member("failedSteps", suite.failedSteps)
            json.member("failures", suite.failures) { json, failure in
                json.object { json in
                    json.member("case", failure.case)
                    json.member("step", failure.step)
                    json.member("request", failure.request)
                    json.member("expected", failure.expected)
                    json.member("got", failure.got)
                }
            }
            json.member("skips", suite.cases.filter { $0.skipReason != nil }) { json, entry in
                json.object(inline: true) { json in
                    json.member("case", entry.id)
                    json.member("reason", entry.skipReason)
                }
            }
        }
    }
}
