/// One condition of a status, as a health check reads it.
struct HealthCondition {
    let value: Value

    var type: Symbol? { value["type"]?.symbol }
    var status: Symbol? { value["status"]?.symbol }
    var reason: Symbol? { value["reason"]?.symbol }
    var message: String? { value["message"]?.text }
    var observedGeneration: Value? { value["observedGeneration"] }

    func says(_ type: Symbol, _ status: Symbol) -> Bool { self.type == type && self.status == status }
}

extension Value {
    /// The value at the end of a path; nil where a step is missing or it is null.
    func present(_ path: Symbol...) -> Value? {
        var value = self
        for key in path {
            guard let next = value[key] else { return nil }
            value = next
        }
        return value.isNull ? nil : value
    }

    /// The conditions under a key of this value.
    var reportedConditions: [HealthCondition] {
        (self["conditions"]?.elements ?? []).map { HealthCondition(value: $0) }
    }
}

extension HealthInput {
    /// Whether the object has a status, however empty.
    var hasStatus: Bool { !status.isNull }
    /// Whether the status has a list of conditions, however empty.
    var hasConditions: Bool { status.present("conditions") != nil }
    /// The conditions of the status.
    var reported: [HealthCondition] { status.reportedConditions }

    /// The first condition of a type.
    func reported(_ type: Symbol) -> HealthCondition? { reported.first { $0.type == type } }

    /// A text field of the status.
    func statusText(_ key: Symbol) -> String? { status[key]?.text }

    /// Whether an observed generation is the object's own; an object without a generation has none to observe.
    func observes(_ observed: Value?) -> Bool { (observed?.integer ?? 0) == generation }

    /// Whether an observed generation is another than the object's own, both being known.
    func isBehind(_ observed: Value?) -> Bool {
        guard generation != 0, let observed = observed?.integer else { return false }
        return observed != generation
    }
}

extension ResourceHealth {
    /// A script that fails: Argo CD gives Unknown and the interpreter's text, which the model does not have.
    /// Source: `GetResourceHealth` in gitops-engine/pkg/health/health.go.
    static let scriptFailure = ResourceHealth(.unknown)

    /// A script that names a status. Source: specs/argocd.md 13.1.
    static func named(_ status: Symbol?, _ message: String) -> ResourceHealth {
        guard let code = HealthCode(status) else {
            return ResourceHealth(.unknown, "Lua returned an invalid health status")
        }
        return ResourceHealth(code, message)
    }
}
