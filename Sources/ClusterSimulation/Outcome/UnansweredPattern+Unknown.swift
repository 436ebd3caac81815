extension UnansweredPattern {
    /// As a reader is told it.
    func unknown(_ tables: ClusterTables) -> Unknown {
        Unknown(
            subject: tables.subject(key),
            message: "whether the API server accepts it is not known: the pattern of \(path) \(limit)",
            source: origin.description)
    }
}
