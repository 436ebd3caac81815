import ClusterSimulation
import GRDB

/// Rebuilds outcomes from their tables, equal to what was recorded.
struct OutcomeReader {
    struct Malformed: Error, CustomStringConvertible {
        let description: String
    }

    let db: Database

    func outcomes(runID: Int64, scenario: String?) throws -> [Outcome] {
        let sql = "SELECT * FROM outcome WHERE run_id = ? AND coalesce(scenario = ?, TRUE) ORDER BY position"
        return try Row.fetchAll(db, sql: sql, arguments: [runID, scenario]).map(makeOutcome)
    }

    private func makeOutcome(_ row: Row) throws -> Outcome {
        let id = try number(row, "id")
        let seed = try text(row, "seed")
        let verdict = try text(row, "verdict")
        guard let seed = UInt64(seed), let verdict = Verdict(rawValue: verdict) else {
            throw Malformed(description: "outcome \(id) has seed '\(seed)' and verdict '\(verdict)'")
        }
        var outcome = Outcome(
            scenario: try text(row, "scenario"), modelVersion: try text(row, "model_version"), seed: seed,
            verdict: verdict, digest: try text(row, "digest"), inputDigest: try text(row, "input_digest"),
            horizon: try time(row, "horizon_ms"), start: try time(row, "start_ms"))
        outcome.violations = try violations(outcomeID: id)
        outcome.unknowns = try unknowns(outcomeID: id)
        outcome.applications = try content(row, "applications")
        outcome.pods = try content(row, "pods")
        outcome.namespaces = try content(row, "namespaces")
        outcome.timeline = try content(row, "timeline")
        outcome.changeSets = try content(row, "change_sets")
        outcome.invariants = try texts(contentID: number(row, "invariants"))
        if let removed = try optionalNumber(row, "removed_namespaces") {
            outcome.removedNamespaces = try texts(contentID: removed)
        }
        if let kubernetes = optionalText(row, "kubernetes"), let argocd = optionalText(row, "argocd") {
            outcome.releases = Outcome.Releases(kubernetes: kubernetes, argocd: argocd)
        }
        outcome.counters.events = try counter(row, "events")
        outcome.counters.apiWrites = try counter(row, "api_writes")
        outcome.counters.reconciles = try counter(row, "reconciles")
        outcome.counters.invariantChecks = try counter(row, "invariant_checks")
        outcome.counters.virtualSeconds = try counter(row, "virtual_seconds")
        // SQLite keeps what is not a number as NULL.
        outcome.timings.loadMilliseconds = Double.fromDatabaseValue(value(row, "load_milliseconds")) ?? .nan
        outcome.timings.simulateMilliseconds = Double.fromDatabaseValue(value(row, "simulate_milliseconds")) ?? .nan
        return outcome
    }

    private func violations(outcomeID: Int64) throws -> [Violation] {
        let select = try db.cachedStatement(sql: "SELECT * FROM violation WHERE outcome_id = ? ORDER BY position")
        return try Row.fetchAll(select, arguments: [outcomeID]).map { row in
            let id = try number(row, "id")
            guard let kind = PropertyKind(rawValue: try text(row, "kind")) else {
                throw Malformed(description: "violation \(id) is of no known kind")
            }
            let to = try optionalNumber(row, "to_ms")
            return Violation(
                invariant: try text(row, "invariant"), kind: kind, subject: try subject(row),
                from: try time(row, "from_ms"), to: to.map(SimulationTime.init(milliseconds:)),
                message: try text(row, "message"), remedy: try text(row, "remedy"),
                causes: try causes(violationID: id, chain: "began"),
                endedBy: try causes(violationID: id, chain: "ended"),
                consequenceOf: try optionalNumber(row, "consequence_of").map(Int.init),
                issue: try optionalNumber(row, "issue").map(Int.init))
        }
    }

    private func causes(violationID: Int64, chain: String) throws -> [Cause] {
        let select = try db.cachedStatement(
            sql: "SELECT * FROM cause WHERE violation_id = ? AND chain = ? ORDER BY position")
        return try Row.fetchAll(select, arguments: [violationID, chain]).map { row in
            Cause(
                at: try time(row, "at_ms"), actor: try text(row, "actor"), action: try text(row, "action"),
                object: try text(row, "object"), source: optionalText(row, "source"))
        }
    }

    private func unknowns(outcomeID: Int64) throws -> [Unknown] {
        let select = try db.cachedStatement(sql: "SELECT * FROM unknown WHERE outcome_id = ? ORDER BY position")
        return try Row.fetchAll(select, arguments: [outcomeID]).map { row in
            Unknown(
                subject: try subject(row), message: try text(row, "message"), source: optionalText(row, "source"))
        }
    }

    private func subject(_ row: Row) throws -> Subject {
        Subject(
            kind: try text(row, "subject_kind"), namespace: optionalText(row, "subject_namespace"),
            name: try text(row, "subject_name"))
    }

    // MARK: Content

    private func body(contentID: Int64) throws -> String {
        let select = try db.cachedStatement(sql: "SELECT body FROM content WHERE id = ?")
        guard let body = try String.fetchOne(select, arguments: [contentID]) else {
            throw Malformed(description: "content \(contentID) is missing")
        }
        return body
    }

    private func content<Element: LedgerContent>(_ row: Row, _ column: String) throws -> [Element] {
        let id = try number(row, column)
        do {
            return try ContentReader.rows(body(contentID: id)).map { value in
                var reader = try ContentReader(value)
                return try Element(from: &reader)
            }
        } catch {
            throw Malformed(description: "content \(id) is not a list of \(column)")
        }
    }

    /// A list of texts: the ids of invariants, names.
    func texts(contentID: Int64) throws -> [String] {
        guard let texts = try? ContentReader.rows(body(contentID: contentID)) as? [String] else {
            throw Malformed(description: "content \(contentID) is not a list of texts")
        }
        return texts
    }

    // MARK: Columns

    // A column may hold a value of any type, whatever its table says, and a row's own access to it ends the process
    // where it is of another one.

    private func value(_ row: Row, _ column: String) -> DatabaseValue {
        row.hasColumn(column) ? row[column] : .null
    }

    /// Blobs are texts with a NUL character in them; GRDB's direct text access would end them there.
    private func optionalText(_ row: Row, _ column: String) -> String? {
        String.fromDatabaseValue(value(row, column))
    }

    private func text(_ row: Row, _ column: String) throws -> String {
        guard let text = optionalText(row, column) else {
            throw Malformed(description: "column \(column) is not a text")
        }
        return text
    }

    private func optionalNumber(_ row: Row, _ column: String) throws -> Int64? {
        let value = value(row, column)
        return value.isNull ? nil : try number(row, column)
    }

    private func number(_ row: Row, _ column: String) throws -> Int64 {
        guard case .int64(let number) = value(row, column).storage else {
            throw Malformed(description: "column \(column) is not a number")
        }
        return number
    }

    private func time(_ row: Row, _ column: String) throws -> SimulationTime {
        SimulationTime(milliseconds: try number(row, column))
    }

    private func counter(_ row: Row, _ column: String) throws -> UInt64 {
        UInt64(bitPattern: try number(row, column))
    }
}
