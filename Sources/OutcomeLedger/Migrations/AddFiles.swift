/// Version 7: the scenario's file, as its user named it; NULL in outcomes of before, and of standard input. It tells two
/// scenarios of one name apart.
enum AddFiles: Migration {
    static let sql = """
        ALTER TABLE outcome ADD COLUMN file TEXT;
        """
}
