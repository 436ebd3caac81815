/// RoleBindings and ClusterRoleBindings.
enum AccessValidation {
    static func validateChange(_ new: Value, _ old: Value) -> [APIError.Cause] {
        func part(_ body: Value, _ field: Symbol) -> Value { body.at("roleRef", field) ?? "" }
        let fields: [(Symbol, String)] = [("apiGroup", "APIGroup"), ("kind", "Kind"), ("name", "Name")]
        let group: Symbol = "rbac.authorization.k8s.io"
        func text(_ body: Value, _ field: Symbol) -> Value {
            let value = part(body, field)
            return field == "apiGroup" && value.symbol == .empty ? Value(group) : value
        }
        guard fields.contains(where: { text(new, $0.0) != text(old, $0.0) }) else { return [] }
        let shown = fields.map { "\($0.1.quoted):\(text(new, $0.0).jsonText)" }.joined(separator: ",")
        return [Validation.invalid("roleRef", "{\(shown)}", "cannot change roleRef")]
    }
}
