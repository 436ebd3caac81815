/// Version 3: the files of change sets as rows.
enum CreateFileView: Migration {
    static let sql = """
        CREATE VIEW changed_files AS
        SELECT outcome.run_id AS run, outcome.scenario, item.value ->> 0 AS change_set,
            CASE list.column1 WHEN 7 THEN 'changed' ELSE 'removed' END AS change, file.value AS path
        FROM outcome JOIN content ON content.id = outcome.change_sets, json_each(content.body) AS item,
            (VALUES (7), (8)) AS list, json_each(coalesce(item.value -> list.column1, '[]')) AS file
        ORDER BY outcome.run_id, outcome.position, item.key, list.column1, file.key;
        """
}
