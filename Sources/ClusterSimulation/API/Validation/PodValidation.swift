/// Pods and pod templates.
enum PodValidation {
    static func validate(_ body: Value) -> [APIError.Cause] {
        validate(spec: body["spec"] ?? Value(.object([])), "spec")
    }

    /// - Parameters:
    ///   - path: of the pod spec within the object.
    ///   - claims: volumes besides those of the spec: the claim templates of a StatefulSet.
    static func validate(spec: Value, _ path: String, claims: [Symbol] = []) -> [APIError.Cause] {
        var causes: [APIError.Cause] = []
        let containers = spec["containers"]?.elements ?? []
        if containers.isEmpty { causes.append(Validation.required("\(path).containers")) }
        for (field, list) in [("containers", containers), ("initContainers", spec["initContainers"]?.elements ?? [])] {
            for (index, container) in list.enumerated() {
                causes += validate(container: container, "\(path).\(field)[\(index)]")
            }
        }
        causes += validateVolumeMounts(spec, path, claims)
        return causes
    }

    private static func validate(container: Value, _ path: String) -> [APIError.Cause] {
        var causes: [APIError.Cause] = []
        if container["name"]?.symbol ?? .empty == .empty { causes.append(Validation.required("\(path).name")) }
        if container["image"]?.symbol ?? .empty == .empty { causes.append(Validation.required("\(path).image")) }
        let limits = container.at("resources", "limits")
        for request in container.at("resources", "requests")?.fields ?? [] {
            guard let limit = limits?[request.key], let most = Quantity(limit), let wanted = Quantity(request.value),
                wanted > most
            else { continue }
            causes.append(
                Validation.invalid(
                    "\(path).resources.requests", wanted.text.quoted,
                    "must be less than or equal to \(request.key) limit of \(most.text)"))
        }
        return causes
    }

    /// Containers that an API server without `--allow-privileged` refuses. Source: recordings, family quota.
    static func privilegedContainers(_ body: Value, _ kind: KindID) -> [APIError.Cause] {
        let isTemplate = kind != .pod
        guard let spec = isTemplate ? body.at("spec", "template", "spec") : body["spec"] else { return [] }
        var causes: [APIError.Cause] = []
        for field in ["containers", "initContainers"] as [Symbol] {
            for (index, container) in (spec[field]?.elements ?? []).enumerated()
            where container.at("securityContext", "privileged")?.boolean == true {
                let path = "\(isTemplate ? "spec.template.spec" : "spec").\(field)[\(index)].securityContext.privileged"
                causes.append(Validation.forbidden(path, "disallowed by cluster policy"))
            }
        }
        return causes
    }

    private static func validateVolumeMounts(_ spec: Value, _ path: String, _ claims: [Symbol]) -> [APIError.Cause] {
        let volumes = (spec["volumes"]?.elements ?? []).compactMap { $0["name"]?.symbol } + claims
        var causes: [APIError.Cause] = []
        for (index, container) in (spec["containers"]?.elements ?? []).enumerated() {
            for (place, mount) in (container["volumeMounts"]?.elements ?? []).enumerated() {
                guard let name = mount["name"]?.symbol, !volumes.contains(name) else { continue }
                causes.append(
                    .init(
                        reason: "FieldValueNotFound", field: "\(path).containers[\(index)].volumeMounts[\(place)].name",
                        message: "Not found: \(name.text.quoted)"))
            }
        }
        return causes
    }

    /// The fields of a Pod's spec that may change after it was made.
    private static let mutable: [Symbol] = [
        "activeDeadlineSeconds", "tolerations", "terminationGracePeriodSeconds", "schedulingGates",
    ]

    /// The API server appends the difference of the two specs to this text; the model does not.
    static func validateChange(_ new: Value, _ old: Value) -> [APIError.Cause] {
        func fixed(_ body: Value) -> Value {
            var spec = body["spec"] ?? Value(.object([]))
            for field in mutable { spec[field] = nil }
            for list in ["containers", "initContainers"] as [Symbol] {
                guard let containers = spec[list]?.elements else { continue }
                spec[list] = Value(
                    .array(
                        containers.map {
                            var container = $0
                            container["image"] = nil
                            return container
                        }))
            }
            return spec
        }
        guard fixed(new) != fixed(old) else { return [] }
        return [
            Validation.forbidden(
                "spec",
                "pod updates may not change fields other than `spec.containers[*].image`,"
                    + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to "
                    + "existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was "
                    + "previously negative)")
        ]
    }
}
