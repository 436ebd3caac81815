/// How older API servers word what the newest refuses too. Not reworded: the Pod template of a Job, which was printed as
/// a Go struct of hundreds of fields.
struct OlderWording {
    let versions: Versions
    /// What was refused.
    let body: Value

    /// A cause as the release in question says it.
    func reworded(_ cause: APIError.Cause) -> APIError.Cause {
        var cause = cause
        if !versions.has(.tooLongWording), cause.reason == "FieldValueTooLong" {
            // Definitions' schemas and everything else had a function each. Source: kubernetes/kubernetes#128553.
            let isMetadata = cause.field.hasPrefix("metadata")
            cause.message = cause.message.replacing(
                "may not be more than ", with: isMetadata ? "must have at most " : "may not be longer than ")
            if !isMetadata { cause.message = cause.message.replacing(" bytes", with: "") }
        }
        if !versions.has(.errorValuesAsJSON), cause.field == "spec.selector", cause.reason == "FieldValueInvalid",
            let selector = body.at("spec", "selector"), cause.message.hasSuffix(Self.immutable)
        {
            cause.message = "Invalid value: \(Self.structText(selector))\(Self.immutable)"
        }
        return cause
    }

    private static let immutable = ": field is immutable"

    /// A label selector as Go prints the struct (`%#v`). Source: messages that users report, kubernetes/client-go#508.
    private static func structText(_ selector: Value) -> String {
        let labels = (selector["matchLabels"]?.fields ?? []).sorted { $0.key.precedes($1.key) }
        let pairs = labels.map { "\($0.key.text.quoted):\(($0.value.text ?? "").quoted)" }
        let map = selector["matchLabels"] == nil ? "(nil)" : "{\(pairs.joined(separator: ", "))}"
        let expressions = selector["matchExpressions"]?.elements.map { expression in
            let values = expression["values"]?.elements.map { ($0.text ?? "").quoted }
            let list = values.map { "{\($0.joined(separator: ", "))}" } ?? "(nil)"
            return "v1.LabelSelectorRequirement{Key:\((expression["key"]?.text ?? "").quoted), "
                + "Operator:\((expression["operator"]?.text ?? "").quoted), Values:[]string\(list)}"
        }
        let list = expressions.map { "{\($0.joined(separator: ", "))}" } ?? "(nil)"
        return "v1.LabelSelector{MatchLabels:map[string]string\(map), "
            + "MatchExpressions:[]v1.LabelSelectorRequirement\(list)}"
    }
}
