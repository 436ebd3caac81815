/// Version 1: runs, outcomes, violations with their causes, unknowns, and shared content.
///
/// Virtual times are milliseconds since 1970 and end in `_ms`; the views have them as text. What is queried by its
/// parts has columns. The tables of an outcome's end state, its timeline and the like are read back whole, differ
/// little from one outcome to the next, and are kept once each as JSON in `content`.
enum CreateTables: Migration {
    static let sql = """
        CREATE TABLE run (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            label TEXT,
            command TEXT NOT NULL,
            started_at_ms INTEGER NOT NULL,
            finished_at_ms INTEGER
        );
        CREATE INDEX run_by_label ON run(label) WHERE label IS NOT NULL;

        CREATE TABLE content (
            id INTEGER PRIMARY KEY,
            hash INTEGER NOT NULL,
            body TEXT NOT NULL
        );
        CREATE INDEX content_by_hash ON content(hash);

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
            change_sets INTEGER NOT NULL REFERENCES content(id),
            UNIQUE (run_id, position)
        );
        CREATE INDEX outcome_by_scenario ON outcome(scenario, run_id);

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
            remedy TEXT NOT NULL,
            UNIQUE (outcome_id, position)
        );

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
        """
}
