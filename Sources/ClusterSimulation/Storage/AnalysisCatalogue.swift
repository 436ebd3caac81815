extension Analysis {
    /// Analysers of built-in kinds.
    static let builtIns: [KindID: Analyser] = [:]

    /// Analysers of custom kinds, by `group/Kind`.
    static let custom: [String: Analyser] = [:]
}
