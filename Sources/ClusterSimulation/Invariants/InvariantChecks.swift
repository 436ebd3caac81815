/// The invariants that a run checks, with what finds them.
struct InvariantChecks: Sendable {
    let invariants: [Invariant]
    /// Grace periods by invariant.
    let grace: [SimulationTime.Span]
    let index: InvariantIndex

    /// None.
    init() {
        invariants = []
        grace = []
        index = InvariantIndex()
    }

    /// - Parameters:
    ///   - invariants: at most 64, in catalogue order.
    ///   - grace: grace periods that replace the invariants' own.
    ///   - tables: where the custom kinds that invariants name are defined.
    init(_ invariants: [Invariant], grace: [Symbol: SimulationTime.Span], tables: ClusterTables) {
        precondition(invariants.count <= 64, "more than 64 invariants")
        self.invariants = invariants
        self.grace = invariants.map { grace[$0.id] ?? $0.grace }
        index = InvariantIndex(invariants, tables: tables)
    }
}

extension StateSlots {
    private static let checksSlot = Slot("invariant-checks", InvariantChecks())

    /// The invariants that a run checks.
    var invariantChecks: InvariantChecks {
        _read { yield self[Self.checksSlot] }
        _modify { yield &self[Self.checksSlot] }
    }
}

extension Configuration {
    /// The invariants that are checked, in catalogue order.
    package var invariants: [Invariant] { _read { yield settings.invariantChecks.invariants } }
    /// Grace periods by invariant, in catalogue order.
    package var grace: [SimulationTime.Span] { _read { yield settings.invariantChecks.grace } }
    var monitorIndex: InvariantIndex { _read { yield settings.invariantChecks.index } }
}
