import Testing

@testable import ClusterSimulation

/// An object of which a health check sees only what a test is about.
struct HealthSample: Sendable, CustomTestStringConvertible {
    var group: Symbol
    var kind: Symbol
    var status: Value = nil
    var spec: Value = [:]
    var generation = 1
    var annotations: [(Symbol, Symbol)] = []
    var expected: ResourceHealth?

    init(
        _ group: Symbol, _ kind: Symbol, status: Value = nil, spec: Value = [:], generation: Int = 1,
        annotations: [(Symbol, Symbol)] = [], _ code: HealthCode?, _ message: String = ""
    ) {
        self.group = group
        self.kind = kind
        self.status = status
        self.spec = spec
        self.generation = generation
        self.annotations = annotations
        expected = code.map { ResourceHealth($0, message) }
    }

    var testDescription: String { "\(kind) \(expected.map { "\($0.code)" } ?? "no health")" }

    var found: ResourceHealth? {
        var input = HealthInput(
            group: group, kind: kind, name: "sample", generation: generation, body: ["spec": spec], status: status)
        input.annotations = LabelMap(entries: annotations)
        return HealthCheck.health(input)
    }
}

/// One condition.
func condition(
    _ type: Symbol, _ status: Symbol, _ message: Symbol? = nil, reason: Symbol? = nil, generation: Int? = nil
) -> Value {
    .object([
        "type": Value(type), "status": Value(status), "message": message.map { Value($0) },
        "reason": reason.map { Value($0) }, "observedGeneration": generation.map { Value.integer($0) },
    ])
}

/// A status of these conditions.
func conditions(_ conditions: Value...) -> Value { .object(["conditions": Value(.array(conditions))]) }
