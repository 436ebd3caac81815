import ClusterSimulation

/// `--format json`: the documented, versioned schema for machines.
///
/// One result is one object; several are an array of such objects. Times are RFC 3339 in whole seconds, lengths are
/// milliseconds, `seed` is an unsigned 64-bit integer (readers with only doubles lose digits above 2^53). Fields are
/// added without a new schema number; none changes its meaning within one.
enum JSONReport: ReportRenderer {
    /// The number in `schema`.
    static let schema = 1
    static let fileExtension = "json"

    static func render(_ results: [ScenarioResult], style: TextStyle) -> String {
        var json = JSONWriter()
        if results.count == 1 {
            write(results[0], to: &json)
        } else {
            json.array(results) { write($1, to: &$0) }
        }
        return json.text
    }

    private static func write(_ result: ScenarioResult, to json: inout JSONWriter) {
        json.object { json in
            json.member("schema", schema)
            json.member("scenario", result.scenario)
            if let outcome = result.outcome { writeBody(of: outcome, result, to: &json) }
            if let error = result.error { json.member("error", error) }
            if let expectation = result.expectation {
                json.key("expectation")
                json.object { json in
                    json.member("met", expectation.unmet.isEmpty)
                    json.member("unmet", expectation.unmet) { $0.value($1) }
                }
            }
            if let timings = result.outcome?.timings {
                json.key("timings")
                json.object(inline: true) { json in
                    json.member("loadMilliseconds", timings.loadMilliseconds)
                    json.member("simulateMilliseconds", timings.simulateMilliseconds)
                }
            }
        }
    }

    private static func writeBody(of outcome: Outcome, _ result: ScenarioResult, to json: inout JSONWriter) {
        json.member("modelVersion", outcome.modelVersion)
        json.member("seed", outcome.seed)
        json.member("verdict", outcome.verdict.rawValue)
        json.member("digest", outcome.digest)
        json.member("horizon", outcome.horizon)
        json.member("violations", outcome.violations) { json, violation in
            write(violation, horizon: outcome.horizon, to: &json)
        }
        json.member("unknowns", outcome.unknowns) { json, unknown in
            json.object { json in
                json.key("subject")
                write(unknown.subject, to: &json)
                json.member("message", unknown.message)
                json.member("source", unknown.source)
            }
        }
        writeTables(of: outcome, to: &json)
        writeCounters(outcome.counters, to: &json)
        json.member("inputDigest", outcome.inputDigest)
        if let releases = outcome.releases {
            json.key("versions")
            json.object(inline: true) { json in
                json.member("kubernetes", releases.kubernetes)
                json.member("argocd", releases.argocd)
            }
        }
        json.member("start", outcome.start)
        json.member("removedNamespaces", outcome.removedNamespaces) { $0.value($1) }
        json.member("invariants", outcome.invariants) { $0.value($1) }
        json.member("timeline", outcome.timeline) { json, entry in
            json.object(inline: true) { json in
                json.member("at", entry.at)
                json.member("actor", entry.actor)
                json.member("text", entry.text)
                json.member("source", entry.source)
            }
        }
        json.member("changeSets", outcome.changeSets) { write($1, to: &$0) }
    }

    private static func write(_ violation: Violation, horizon: SimulationTime, to json: inout JSONWriter) {
        json.object { json in
            json.member("invariant", violation.invariant)
            json.member("kind", violation.kind.rawValue)
            json.key("subject")
            write(violation.subject, to: &json)
            json.member("from", violation.from)
            json.member("to", violation.to)
            json.member("durationMilliseconds", violation.length(upTo: horizon).milliseconds)
            json.member("message", violation.message)
            json.member("remedy", violation.remedy)
            json.member("causes", violation.causes) { write($1, to: &$0) }
            json.member("endedBy", violation.endedBy) { write($1, to: &$0) }
            json.member("consequenceOf", violation.consequenceOf)
            json.member("issue", violation.issue)
        }
    }

    private static func write(_ subject: Subject, to json: inout JSONWriter) {
        json.object(inline: true) { json in
            json.member("kind", subject.kind)
            json.member("namespace", subject.namespace)
            json.member("name", subject.name)
        }
    }

    private static func write(_ cause: Cause, to json: inout JSONWriter) {
        json.object(inline: true) { json in
            json.member("at", cause.at)
            json.member("actor", cause.actor)
            json.member("action", cause.action)
            json.member("object", cause.object)
            json.member("source", cause.source)
        }
    }

    private static func write(_ changeSet: ChangeSetRow, to json: inout JSONWriter) {
        json.object(inline: true) { json in
            json.member("name", changeSet.name)
            json.member("title", changeSet.title)
            json.member("repository", changeSet.repository)
            json.member("mergedAt", changeSet.mergedAt)
            json.member("revertedAt", changeSet.revertedAt)
            json.member("revision", changeSet.revision)
            json.member("source", changeSet.source)
            json.member("changedFiles", changeSet.changedFiles) { $0.value($1) }
            json.member("removedFiles", changeSet.removedFiles) { $0.value($1) }
        }
    }

    private static func writeTables(of outcome: Outcome, to json: inout JSONWriter) {
        json.member("applications", outcome.applications) { json, row in
            json.object(inline: true) { json in
                json.member("name", row.name)
                json.member("namespace", row.namespace)
                json.member("project", row.project)
                json.member("sync", row.sync)
                json.member("health", row.health)
                json.member("message", row.message)
            }
        }
        json.member("pods", outcome.pods) { json, row in
            json.object(inline: true) { json in
                json.member("namespace", row.namespace)
                json.member("name", row.name)
                json.member("status", row.status)
                json.member("ready", row.ready)
                json.member("message", row.message)
            }
        }
        json.member("namespaces", outcome.namespaces) { json, row in
            json.object { json in
                json.member("name", row.name)
                json.member("phase", row.phase)
                json.key("conditions")
                json.object { json in
                    // The API server keeps one condition per type; a second would be a duplicate key here.
                    for (index, condition) in row.conditions.enumerated()
                    where !row.conditions[..<index].contains(where: { $0.type == condition.type }) {
                        json.key(condition.type)
                        json.array([condition.status, condition.reason, condition.message], inline: true) {
                            $0.value($1)
                        }
                    }
                }
            }
        }
    }

    private static func writeCounters(_ counters: Counters, to json: inout JSONWriter) {
        json.key("counters")
        json.object(inline: true) { json in
            json.member("events", counters.events)
            json.member("apiWrites", counters.apiWrites)
            json.member("reconciles", counters.reconciles)
            json.member("invariantChecks", counters.invariantChecks)
            json.member("virtualSeconds", counters.virtualSeconds)
        }
    }
}
