/// What an object's `status` says: immutable, shared by forks, with one subclass a kind whose status the step loop reads.
///
/// Controllers keep statuses typed and packed; the document form is made only where somebody asks for it.
package class Status: @unchecked Sendable {
    package init() {}

    /// The status as the API returns it.
    package var document: Value { Value(.object([])) }
}

/// A status that the model keeps as it was written: custom resources, and kinds without rules.
package final class DocumentStatus: Status, @unchecked Sendable {
    private let stored: Value
    package init(_ document: Value) { stored = document }
    package override var document: Value { stored }
}

/// Makes a condition of the usual form.
package func condition(
    type: Symbol, status: Bool?, reason: Symbol = .empty, message: Symbol = .empty, at time: SimulationTime? = nil
) -> Value {
    .object([
        "lastTransitionTime": time.map { .string($0.rfc3339) },
        "message": message.isEmpty ? nil : Value(message),
        "reason": reason.isEmpty ? nil : Value(reason),
        "status": Value(status.map { $0 ? "True" : "False" } ?? "Unknown" as Symbol),
        "type": Value(type),
    ])
}
