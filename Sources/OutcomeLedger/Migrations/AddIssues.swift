/// Version 5: which violation another one is a consequence of, and the number of its issue.
///
/// Both are NULL for outcomes that were recorded before.
enum AddIssues: Migration {
    static let sql = """
        ALTER TABLE violation ADD COLUMN consequence_of INTEGER;
        ALTER TABLE violation ADD COLUMN issue INTEGER;
        """
}
