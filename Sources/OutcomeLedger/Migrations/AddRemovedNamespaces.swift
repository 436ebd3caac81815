/// Version 4: the namespaces that a rehearsal removed; NULL in outcomes of before.
enum AddRemovedNamespaces: Migration {
    static let sql = """
        ALTER TABLE outcome ADD COLUMN removed_namespaces INTEGER REFERENCES content(id);
        """
}
