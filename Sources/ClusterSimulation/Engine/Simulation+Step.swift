extension Simulation {
    /// Does what people do in a step, so that everything written in it is caused by the step.
    ///
    /// - Parameters:
    ///   - actor: who does it, `kubernetes-admin`.
    ///   - detail: what is done, in words.
    ///   - origin: the place of the step in its file.
    @discardableResult
    package mutating func perform(
        by actor: Symbol, detail: Symbol, origin: Origin, _ body: (inout Simulation) -> Void
    ) -> TraceID {
        currentCause = .none
        let entry = record(.step, .none, by: actor, detail: detail, origin: origin)
        currentCause = entry
        metered {
            body(&$0)
            $0.tellEnded()
        }
        currentCause = .none
        return entry
    }
}
