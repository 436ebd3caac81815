/// Deployments, ReplicaSets, StatefulSets, DaemonSets and Jobs.
enum WorkloadValidation {
    static func validate(_ body: Value) -> [APIError.Cause] {
        let spec = body["spec"] ?? Value(.object([]))
        var causes: [APIError.Cause] = []
        let labels = spec.at("template", "metadata", "labels")
        if let selector = spec["selector"], !selector.fields.isEmpty {
            if !LabelSelector(selector).matches(LabelMap(of: labels)) {
                causes.append(
                    Validation.invalid(
                        "spec.template.metadata.labels", labels.map(sortedJSON) ?? "null",
                        "`selector` does not match template `labels`"))
            }
        } else {
            causes.append(Validation.required("spec.selector"))
            causes.append(
                Validation.invalid("spec.selector", "{}", "empty selector is invalid for deployment"))
        }
        if let replicas = spec["replicas"]?.integer, replicas < 0 {
            causes.append(Validation.invalid("spec.replicas", "\(replicas)", "must be greater than or equal to 0"))
        }
        let claims = spec["volumeClaimTemplates"]?.elements.compactMap { $0.at("metadata", "name")?.symbol } ?? []
        let template = spec.at("template", "spec") ?? Value(.object([]))
        return causes + PodValidation.validate(spec: template, "spec.template.spec", claims: claims)
    }

    static func validateJob(_ body: Value) -> [APIError.Cause] {
        let spec = body.at("spec", "template", "spec") ?? Value(.object([]))
        var causes = PodValidation.validate(spec: spec, "spec.template.spec")
        let policy = spec["restartPolicy"]?.symbol
        if policy != "Never", policy != "OnFailure" {
            causes.append(
                policy == nil
                    ? Validation.required("spec.template.spec.restartPolicy", "valid values: \"OnFailure\", \"Never\"")
                    : .init(
                        reason: "FieldValueNotSupported", field: "spec.template.spec.restartPolicy",
                        message:
                            "Unsupported value: \((policy ?? .empty).text.quoted): supported values: \"OnFailure\", "
                            + "\"Never\""))
        }
        return causes
    }

    static func validateSelector(_ new: Value, _ old: Value) -> [APIError.Cause] {
        let selector = new.at("spec", "selector")
        guard selector != old.at("spec", "selector") else { return [] }
        return [Validation.invalid("spec.selector", selector.map(sortedJSON) ?? "null", "field is immutable")]
    }

    private static let statefulSetFields: [Symbol] = ["selector", "serviceName", "volumeClaimTemplates"]

    static func validateStatefulSet(_ new: Value, _ old: Value) -> [APIError.Cause] {
        func policy(_ body: Value) -> Symbol { body.at("spec", "podManagementPolicy")?.symbol ?? "OrderedReady" }
        let changed =
            statefulSetFields.contains { new.at("spec", $0) != old.at("spec", $0) } || policy(new) != policy(old)
        guard changed else { return [] }
        return [
            Validation.forbidden(
                "spec",
                "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', "
                    + "'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are "
                    + "forbidden")
        ]
    }

    static func validateJobChange(_ new: Value, _ old: Value) -> [APIError.Cause] {
        (["selector", "template", "completionMode"] as [Symbol]).compactMap { field in
            let value = new.at("spec", field)
            guard value != old.at("spec", field) else { return nil }
            return Validation.invalid("spec.\(field)", value.map(sortedJSON) ?? "null", "field is immutable")
        }
    }

    /// JSON with sorted keys, as Go writes maps.
    static func sortedJSON(_ value: Value) -> String { sorted(value).jsonText }

    private static func sorted(_ value: Value) -> Value {
        switch value.content {
        case .object(let fields):
            Value(
                .object(fields.sorted { $0.key.precedes($1.key) }.map { Field($0.key, sorted($0.value)) }))
        case .array(let elements): Value(.array(elements.map(sorted)))
        default: value
        }
    }
}

extension LabelMap {
    /// The labels of a document's `metadata.labels`.
    init(of value: Value?) {
        self.init(entries: (value?.fields ?? []).compactMap { field in field.value.symbol.map { (field.key, $0) } })
    }
}
