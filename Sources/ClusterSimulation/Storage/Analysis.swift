/// Extracts facts and references from a body when it is first stored.
///
/// One catalogue line a kind: see `AnalysisCatalogue.swift`.
package enum Analysis {
    /// What an analyser found.
    package struct Result {
        /// The kind's own fact object, read back by `Body.facts`.
        package var facts: AnyObject?
        package var references: [Reference]

        package init(facts: AnyObject? = nil, references: [Reference] = []) {
            self.facts = facts
            self.references = references
        }
    }

    /// Reads a body of one kind.
    package typealias Analyser = @Sendable (Value, ClusterTables) -> Result

    static func analyse(_ value: Value, kind: KindID, tables: ClusterTables) -> Result {
        guard let analyser = analyser(kind, tables) else { return Result() }
        return analyser(value, tables)
    }

    private static func analyser(_ id: KindID, _ tables: ClusterTables) -> Analyser? {
        if let analyser = builtIns[id] { return analyser }
        let kind = tables.kind(id)
        return custom["\(kind.group)/\(kind.kind)"]
    }
}
