/// Version 2: the views that a person queries with `sqlite3`; docs/ledger.md shows each of them.
enum CreateViews: Migration {
    /// A time column in milliseconds as RFC 3339 in whole seconds.
    private static func time(_ column: String) -> String {
        "strftime('%Y-%m-%dT%H:%M:%SZ', \(column) / 1000, 'unixepoch')"
    }

    /// The three columns of a subject as `Kind namespace/name`.
    private static func subject(_ table: String) -> String {
        "\(table).subject_kind || ' ' || coalesce(\(table).subject_namespace || '/', '') || \(table).subject_name"
    }

    static let sql = [windows, runs, latest, history, unknowns, content].joined(separator: "\n")

    private static let windows = """
        CREATE VIEW outage_windows AS
        SELECT outcome.run_id AS run, outcome.scenario, outcome.seed, violation.invariant, violation.kind,
            \(subject("violation")) AS subject,
            \(time("violation.from_ms")) AS began,
            \(time("violation.to_ms")) AS ended,
            (coalesce(violation.to_ms, outcome.horizon_ms) - violation.from_ms) / 1000.0 AS seconds,
            violation.message, violation.remedy,
            (SELECT actor || ' ' || action || ' ' || object FROM cause
             WHERE violation_id = violation.id AND chain = 'began' ORDER BY position LIMIT 1) AS first_cause,
            (SELECT source FROM cause
             WHERE violation_id = violation.id AND chain = 'began' AND source IS NOT NULL
             ORDER BY position DESC LIMIT 1) AS source,
            outcome.id AS outcome_id, violation.id AS violation_id
        FROM violation JOIN outcome ON outcome.id = violation.outcome_id
        ORDER BY outcome.run_id, outcome.position, violation.position;
        """

    private static let runs = """
        CREATE VIEW run_summary AS
        SELECT run.id AS run, run.label, run.command,
            \(time("run.started_at_ms")) AS started, \(time("run.finished_at_ms")) AS finished,
            count(outcome.id) AS outcomes,
            count(CASE outcome.verdict WHEN 'holds' THEN 1 END) AS holds,
            count(CASE outcome.verdict WHEN 'violated' THEN 1 END) AS violated,
            count(CASE outcome.verdict WHEN 'inconclusive' THEN 1 END) AS inconclusive,
            (SELECT count(*) FROM violation JOIN outcome AS o ON o.id = violation.outcome_id
             WHERE o.run_id = run.id) AS violations,
            (SELECT count(*) FROM violation JOIN outcome AS o ON o.id = violation.outcome_id
             WHERE o.run_id = run.id AND violation.to_ms IS NULL) AS open_violations,
            (SELECT count(*) FROM unknown JOIN outcome AS o ON o.id = unknown.outcome_id
             WHERE o.run_id = run.id) AS unknowns,
            group_concat(DISTINCT outcome.model_version) AS model_versions,
            sum(outcome.events) AS events,
            sum(outcome.simulate_milliseconds) / 1000.0 AS simulate_seconds
        FROM run LEFT JOIN outcome ON outcome.run_id = run.id
        GROUP BY run.id ORDER BY run.id DESC;
        """

    private static let latest = """
        CREATE VIEW latest_violations AS
        SELECT outage_windows.* FROM outage_windows
        WHERE run = (SELECT max(run_id) FROM outcome WHERE outcome.scenario = outage_windows.scenario);
        """

    private static let history = """
        CREATE VIEW violation_history AS
        SELECT outcome.scenario, violation.invariant, \(subject("violation")) AS subject,
            min(outcome.run_id) AS first_run, max(outcome.run_id) AS last_run,
            count(DISTINCT outcome.run_id) AS runs_violated,
            (SELECT count(DISTINCT o.run_id) FROM outcome AS o WHERE o.scenario = outcome.scenario) AS runs_rehearsed,
            max(outcome.run_id) = (SELECT max(o.run_id) FROM outcome AS o WHERE o.scenario = outcome.scenario)
                AS is_in_latest
        FROM violation JOIN outcome ON outcome.id = violation.outcome_id
        GROUP BY outcome.scenario, violation.invariant, violation.subject_kind, violation.subject_namespace,
            violation.subject_name
        ORDER BY outcome.scenario, violation.invariant, subject;
        """

    private static let unknowns = """
        CREATE VIEW unknowns AS
        SELECT outcome.run_id AS run, outcome.scenario, \(subject("unknown")) AS subject, unknown.message, unknown.source
        FROM unknown JOIN outcome ON outcome.id = unknown.outcome_id
        ORDER BY outcome.run_id, outcome.position, unknown.position;
        """

    /// A view over a JSON array of arrays in `content`: one row per element, columns by position.
    private static func contentView(_ name: String, _ columns: [String]) -> String {
        """
        CREATE VIEW \(name) AS
        SELECT outcome.run_id AS run, outcome.scenario, outcome.seed, \(columns.joined(separator: ", "))
        FROM outcome JOIN content ON content.id = outcome.\(name), json_each(content.body) AS item
        ORDER BY outcome.run_id, outcome.position, item.key;
        """
    }

    private static func columns(_ names: [String]) -> [String] {
        names.enumerated().map { "item.value ->> \($0.offset) AS \($0.element)" }
    }

    private static let content = [
        contentView("applications", columns(["name", "namespace", "project", "sync", "health", "message"])),
        contentView("pods", columns(["namespace", "name", "status", "ready", "message"])),
        contentView("namespaces", columns(["name", "phase", "conditions"])),
        contentView("invariants", ["item.value AS invariant"]),
        contentView(
            "timeline",
            ["\(time("(item.value ->> 0)")) AS at"] + columns(["", "actor", "text", "source"]).dropFirst()),
        contentView(
            "change_sets",
            columns(["name", "title", "repository"]) + [
                "\(time("(item.value ->> 3)")) AS merged", "\(time("(item.value ->> 4)")) AS reverted",
                "item.value ->> 5 AS revision", "item.value ->> 6 AS source",
            ]),
    ].joined(separator: "\n")
}
