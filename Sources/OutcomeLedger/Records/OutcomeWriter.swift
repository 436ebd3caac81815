import ClusterSimulation
import Foundation
import GRDB

/// Writes one outcome into its tables. Every statement is prepared once per connection and used again.
struct OutcomeWriter {
    let db: Database

    func write(_ outcome: Outcome, runID: Int64, file: String?) throws {
        let outcomeID = try insert(outcome, runID: runID, file: file)
        for (position, violation) in outcome.violations.enumerated() {
            try insert(violation, position, outcomeID: outcomeID)
        }
        for (position, unknown) in outcome.unknowns.enumerated() {
            try execute(
                "INSERT INTO unknown VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    outcomeID.databaseValue, position.databaseValue, text(unknown.subject.kind),
                    text(unknown.subject.namespace), text(unknown.subject.name), text(unknown.message),
                    text(unknown.source),
                ])
        }
    }

    private func insert(_ outcome: Outcome, runID: Int64, file: String?) throws -> Int64 {
        let counters = outcome.counters
        var values: [DatabaseValue] = [
            runID.databaseValue, text(outcome.scenario), text(outcome.modelVersion), text(String(outcome.seed)),
            text(outcome.verdict.rawValue), text(outcome.digest), text(outcome.inputDigest),
            outcome.start.milliseconds.databaseValue, outcome.horizon.milliseconds.databaseValue,
        ]
        values += [
            counters.events, counters.apiWrites, counters.reconciles, counters.invariantChecks,
            counters.virtualSeconds,
        ].map { Int64(bitPattern: $0).databaseValue }
        values += [
            outcome.timings.loadMilliseconds.databaseValue, outcome.timings.simulateMilliseconds.databaseValue,
            try content(outcome.applications), try content(outcome.pods), try content(outcome.namespaces),
            try texts(outcome.invariants), try content(outcome.timeline), try content(outcome.changeSets),
            try texts(outcome.removedNamespaces), text(outcome.releases?.kubernetes), text(outcome.releases?.argocd),
            text(file),
        ]
        try execute(Self.insertOutcome, values)
        return db.lastInsertedRowID
    }

    private static let insertOutcome = """
        INSERT INTO outcome (
            run_id, position, scenario, model_version, seed, verdict, digest, input_digest, start_ms, horizon_ms,
            events, api_writes, reconciles, invariant_checks, virtual_seconds, load_milliseconds,
            simulate_milliseconds, applications, pods, namespaces, invariants, timeline, change_sets, removed_namespaces,
            kubernetes, argocd, file)
        VALUES (
            ?1, (SELECT coalesce(max(position), -1) + 1 FROM outcome WHERE run_id = ?1),
            ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22,
            ?23, ?24, ?25, ?26)
        """

    private func insert(_ violation: Violation, _ position: Int, outcomeID: Int64) throws {
        try execute(
            """
            INSERT INTO violation (
                outcome_id, position, invariant, kind, subject_kind, subject_namespace, subject_name, from_ms, to_ms,
                message, remedy, consequence_of, issue)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                outcomeID.databaseValue, position.databaseValue, text(violation.invariant),
                text(violation.kind.rawValue), text(violation.subject.kind), text(violation.subject.namespace),
                text(violation.subject.name), violation.from.milliseconds.databaseValue,
                violation.to?.milliseconds.databaseValue ?? .null, text(violation.message), text(violation.remedy),
                violation.consequenceOf?.databaseValue ?? .null, violation.issue?.databaseValue ?? .null,
            ])
        let violationID = db.lastInsertedRowID
        try insert(violation.causes, chain: "began", violationID: violationID)
        try insert(violation.endedBy, chain: "ended", violationID: violationID)
    }

    private func insert(_ causes: [Cause], chain: String, violationID: Int64) throws {
        for (position, cause) in causes.enumerated() {
            try execute(
                "INSERT INTO cause VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    violationID.databaseValue, chain.databaseValue, position.databaseValue,
                    cause.at.milliseconds.databaseValue, text(cause.actor), text(cause.action), text(cause.object),
                    text(cause.source),
                ])
        }
    }

    // MARK: Content

    private func content(_ rows: [some LedgerContent]) throws -> DatabaseValue {
        var writer = ContentWriter()
        writer.array { writer in
            for row in rows { writer.array { row.write(to: &$0) } }
        }
        return try contentID(of: writer.bytes)
    }

    private func texts(_ texts: [String]) throws -> DatabaseValue {
        var writer = ContentWriter()
        writer.array { writer in
            for text in texts { writer.text(text) }
        }
        return try contentID(of: writer.bytes)
    }

    /// The row that holds this body, made where there is none. The hash finds it, the comparison makes sure.
    private func contentID(of bytes: [UInt8]) throws -> DatabaseValue {
        var hash = StableHash()
        bytes.withUnsafeBytes { hash.combine($0) }
        let key = Int64(bitPattern: hash.value).databaseValue
        let body = String(decoding: bytes, as: UTF8.self).databaseValue
        let select = try db.cachedStatement(sql: "SELECT id FROM content WHERE hash = ? AND body = ?")
        if let id = try Int64.fetchOne(select, arguments: [key, body]) { return id.databaseValue }
        try execute("INSERT INTO content (hash, body) VALUES (?, ?)", [key, body])
        return db.lastInsertedRowID.databaseValue
    }

    // MARK: Statements

    private func execute(_ sql: String, _ values: [DatabaseValue]) throws {
        let statement = try db.cachedStatement(sql: sql)
        statement.setUncheckedArguments(StatementArguments(values))
        try statement.execute()
    }

    /// A text value. SQLite's texts end at a NUL character when they are bound or read as C strings, so the rare one
    /// that has it is kept as a blob.
    private func text(_ text: String?) -> DatabaseValue {
        guard let text else { return .null }
        return text.utf8.contains(0) ? Data(text.utf8).databaseValue : text.databaseValue
    }
}
