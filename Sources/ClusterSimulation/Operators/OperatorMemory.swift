/// What the controllers of third-party operators remember besides what they wrote.
package struct OperatorMemory: Sendable {
    /// What refused the reconcile that is running; empty while nothing did.
    var refusal: Symbol = .empty
    /// Records that external-dns has written at its provider, in the order in which they were first written.
    package internal(set) var dnsRecords: [DNSRecord] = []

    package init() {}
}

/// One host name at a DNS provider outside the cluster.
package struct DNSRecord: Sendable, Equatable {
    package var hostname: Symbol
    /// `--txt-owner-id` of the external-dns that wrote it: only the owner may change it.
    package var owner: Symbol
    /// The object that asks for it.
    package var source: ObjectKey
    package var since: SimulationTime
}

extension StateSlots {
    private static let operatorsSlot = Slot("operators", OperatorMemory())

    /// What the controllers of third-party operators remember.
    package internal(set) var operators: OperatorMemory {
        _read { yield self[Self.operatorsSlot] }
        _modify { yield &self[Self.operatorsSlot] }
    }
}
