CREATE INDEX content_by_hash ON content(hash);

CREATE INDEX outcome_by_scenario ON outcome(scenario, run_id);

CREATE INDEX run_by_label ON run(label) WHERE label IS NOT NULL;

CREATE TABLE cause (
    violation_id INTEGER NOT NULL REFERENCES violation(id) ON DELETE CASCADE,
    chain TEXT NOT NULL CHECK (chain IN ('began', 'ended')),
    position INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    source TEXT,
    PRIMARY KEY (violation_id, chain, position)
) WITHOUT ROWID;

CREATE TABLE content (
    id INTEGER PRIMARY KEY,
    hash INTEGER NOT NULL,
    body TEXT NOT NULL
);

CREATE TABLE outcome (
    id INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    scenario TEXT NOT NULL,
    model_version TEXT NOT NULL,
    seed TEXT NOT NULL,
    verdict TEXT NOT NULL,
    digest TEXT NOT NULL,
    input_digest TEXT NOT NULL,
    start_ms INTEGER NOT NULL,
    horizon_ms INTEGER NOT NULL,
    events INTEGER NOT NULL,
    api_writes INTEGER NOT NULL,
    reconciles INTEGER NOT NULL,
    invariant_checks INTEGER NOT NULL,
    virtual_seconds INTEGER NOT NULL,
    load_milliseconds REAL,
    simulate_milliseconds REAL,
    applications INTEGER NOT NULL REFERENCES content(id),
    pods INTEGER NOT NULL REFERENCES content(id),
    namespaces INTEGER NOT NULL REFERENCES content(id),
    invariants INTEGER NOT NULL REFERENCES content(id),
    timeline INTEGER NOT NULL REFERENCES content(id),
    change_sets INTEGER NOT NULL REFERENCES content(id), removed_namespaces INTEGER REFERENCES content(id), kubernetes TEXT, argocd TEXT, file TEXT,
    UNIQUE (run_id, position)
);

CREATE TABLE run (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    label TEXT,
    command TEXT NOT NULL,
    started_at_ms INTEGER NOT NULL,
    finished_at_ms INTEGER
);

CREATE TABLE sqlite_sequence(name,seq);

CREATE TABLE unknown (
    outcome_id INTEGER NOT NULL REFERENCES outcome(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_namespace TEXT,
    subject_name TEXT NOT NULL,
    message TEXT NOT NULL,
    source TEXT,
    PRIMARY KEY (outcome_id, position)
) WITHOUT ROWID;

CREATE TABLE violation (
    id INTEGER PRIMARY KEY,
    outcome_id INTEGER NOT NULL REFERENCES outcome(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    invariant TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_namespace TEXT,
    subject_name TEXT NOT NULL,
    from_ms INTEGER NOT NULL,
    to_ms INTEGER,
    message TEXT NOT NULL,
    remedy TEXT NOT NULL, consequence_of INTEGER, issue INTEGER,
    UNIQUE (outcome_id, position)
);

CREATE VIEW applications AS
SELECT outcome.run_id AS run, outcome.scenario, outcome.seed, item.value ->> 0 AS name, item.value ->> 1 AS namespace, item.value ->> 2 AS project, item.value ->> 3 AS sync, item.value ->> 4 AS health, item.value ->> 5 AS message
FROM outcome JOIN content ON content.id = outcome.applications, json_each(content.body) AS item
ORDER BY outcome.run_id, outcome.position, item.key;

CREATE VIEW change_sets AS
SELECT outcome.run_id AS run, outcome.scenario, outcome.seed, item.value ->> 0 AS name, item.value ->> 1 AS title, item.value ->> 2 AS repository, strftime('%Y-%m-%dT%H:%M:%SZ', (item.value ->> 3) / 1000, 'unixepoch') AS merged, strftime('%Y-%m-%dT%H:%M:%SZ', (item.value ->> 4) / 1000, 'unixepoch') AS reverted, item.value ->> 5 AS revision, item.value ->> 6 AS source
FROM outcome JOIN content ON content.id = outcome.change_sets, json_each(content.body) AS item
ORDER BY outcome.run_id, outcome.position, item.key;

CREATE VIEW changed_files AS
SELECT outcome.run_id AS run, outcome.scenario, item.value ->> 0 AS change_set,
    CASE list.column1 WHEN 7 THEN 'changed' ELSE 'removed' END AS change, file.value AS path
FROM outcome JOIN content ON content.id = outcome.change_sets, json_each(content.body) AS item,
    (VALUES (7), (8)) AS list, json_each(coalesce(item.value -> list.column1, '[]')) AS file
ORDER BY outcome.run_id, outcome.position, item.key, list.column1, file.key;

CREATE VIEW invariants AS
SELECT outcome.run_id AS run, outcome.scenario, outcome.seed, item.value AS invariant
FROM outcome JOIN content ON content.id = outcome.invariants, json_each(content.body) AS item
ORDER BY outcome.run_id, outcome.position, item.key;

CREATE VIEW latest_violations AS
SELECT outage_windows.* FROM outage_windows
WHERE run = (SELECT max(run_id) FROM outcome WHERE outcome.scenario = outage_windows.scenario);

CREATE VIEW namespaces AS
SELECT outcome.run_id AS run, outcome.scenario, outcome.seed, item.value ->> 0 AS name, item.value ->> 1 AS phase, item.value ->> 2 AS conditions
FROM outcome JOIN content ON content.id = outcome.namespaces, json_each(content.body) AS item
ORDER BY outcome.run_id, outcome.position, item.key;

CREATE VIEW outage_windows AS
SELECT outcome.run_id AS run, outcome.scenario, outcome.seed, violation.invariant, violation.kind,
    violation.subject_kind || ' ' || coalesce(violation.subject_namespace || '/', '') || violation.subject_name AS subject,
    strftime('%Y-%m-%dT%H:%M:%SZ', violation.from_ms / 1000, 'unixepoch') AS began,
    strftime('%Y-%m-%dT%H:%M:%SZ', violation.to_ms / 1000, 'unixepoch') AS ended,
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

CREATE VIEW pods AS
SELECT outcome.run_id AS run, outcome.scenario, outcome.seed, item.value ->> 0 AS namespace, item.value ->> 1 AS name, item.value ->> 2 AS status, item.value ->> 3 AS ready, item.value ->> 4 AS message
FROM outcome JOIN content ON content.id = outcome.pods, json_each(content.body) AS item
ORDER BY outcome.run_id, outcome.position, item.key;

CREATE VIEW run_summary AS
SELECT run.id AS run, run.label, run.command,
    strftime('%Y-%m-%dT%H:%M:%SZ', run.started_at_ms / 1000, 'unixepoch') AS started, strftime('%Y-%m-%dT%H:%M:%SZ', run.finished_at_ms / 1000, 'unixepoch') AS finished,
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

CREATE VIEW timeline AS
SELECT outcome.run_id AS run, outcome.scenario, outcome.seed, strftime('%Y-%m-%dT%H:%M:%SZ', (item.value ->> 0) / 1000, 'unixepoch') AS at, item.value ->> 1 AS actor, item.value ->> 2 AS text, item.value ->> 3 AS source
FROM outcome JOIN content ON content.id = outcome.timeline, json_each(content.body) AS item
ORDER BY outcome.run_id, outcome.position, item.key;

CREATE VIEW unknowns AS
SELECT outcome.run_id AS run, outcome.scenario, unknown.subject_kind || ' ' || coalesce(unknown.subject_namespace || '/', '') || unknown.subject_name AS subject, unknown.message, unknown.source
FROM unknown JOIN outcome ON outcome.id = unknown.outcome_id
ORDER BY outcome.run_id, outcome.position, unknown.position;

CREATE VIEW violation_history AS
SELECT outcome.scenario, violation.invariant, violation.subject_kind || ' ' || coalesce(violation.subject_namespace || '/', '') || violation.subject_name AS subject,
    min(outcome.run_id) AS first_run, max(outcome.run_id) AS last_run,
    count(DISTINCT outcome.run_id) AS runs_violated,
    (SELECT count(DISTINCT o.run_id) FROM outcome AS o WHERE o.scenario = outcome.scenario) AS runs_rehearsed,
    max(outcome.run_id) = (SELECT max(o.run_id) FROM outcome AS o WHERE o.scenario = outcome.scenario)
        AS is_in_latest
FROM violation JOIN outcome ON outcome.id = violation.outcome_id
GROUP BY outcome.scenario, violation.invariant, violation.subject_kind, violation.subject_namespace,
    violation.subject_name
ORDER BY outcome.scenario, violation.invariant, subject;
