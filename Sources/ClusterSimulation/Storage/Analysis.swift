/// Extracts facts and references from a body when it is first stored.
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
}

/// What is known of the documents of each kind: given to the tables once, by the floor that knows all kinds.
package struct DocumentRules: Sendable {
    private let builtIns: [KindID: Analysis.Analyser]
    private let custom: [String: Analysis.Analyser]
    let storedForm: @Sendable (Value, KindID) -> Value

    /// - Parameters:
    ///   - builtIns: analysers of built-in kinds.
    ///   - custom: analysers of custom kinds, by `group/Kind`.
    ///   - storedForm: a body as the API server keeps and returns it: with defaults.
    package init(
        builtIns: [KindID: Analysis.Analyser], custom: [String: Analysis.Analyser],
        storedForm: @escaping @Sendable (Value, KindID) -> Value
    ) {
        self.builtIns = builtIns
        self.custom = custom
        self.storedForm = storedForm
    }

    func analyse(_ value: Value, _ id: KindID, _ tables: ClusterTables) -> Analysis.Result {
        if let analyser = builtIns[id] { return analyser(value, tables) }
        let kind = tables.kind(id)
        return custom["\(kind.group)/\(kind.kind)"]?(value, tables) ?? Analysis.Result()
    }
}
