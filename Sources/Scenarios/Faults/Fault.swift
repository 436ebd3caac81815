package import ClusterSimulation

/// Something that breaks, or that works again: what a step `fault` does.
///
/// It acts through the API door or on what lies outside the cluster, never on state.
package struct Fault: Sendable {
    /// What has happened: the text of timelines and causes.
    package let text: String
    /// Lets it happen; returns the refusals in `kubectl`'s words.
    let act: @Sendable (inout Simulation) -> [String]

    init(_ text: String, act: @escaping @Sendable (inout Simulation) -> [String]) {
        self.text = text
        self.act = act
    }

    /// For what lies outside the cluster: nothing can be refused.
    init(_ text: String, outside act: @escaping @Sendable (inout Simulation) -> Void) {
        self.init(text) { simulation in
            act(&simulation)
            return []
        }
    }
}

/// One fault that scenarios can name: the field of `fault`, and what its object says.
package struct FaultKind: Sendable {
    /// The fields of its object; `id` is its name in scenarios.
    package let fields: ObjectFields
    /// nil where something is missing, which the reader has told.
    let decode: @Sendable (FieldReader) -> Fault?

    package var name: String { fields.id }

    init(_ name: String, _ fields: [String], decode: @escaping @Sendable (FieldReader) -> Fault?) {
        self.fields = ObjectFields(name, "'\(name)'", fields)
        self.decode = decode
    }
}
