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

    /// Source: `ValidatePodUpdate` of Kubernetes; recordings, family subresources.
    static func validateChange(_ new: Value, _ old: Value) -> [APIError.Cause] {
        let before = old["spec"] ?? Value(.object([]))
        var after = new["spec"] ?? Value(.object([]))
        for list in containerLists {
            let containers = after[list]?.elements ?? []
            if containers.count != before[list]?.elements.count ?? 0 {
                return [
                    Validation.forbidden("spec.\(list)", "pod updates may not add or remove containers")
                ]
            }
            if !containers.isEmpty {
                after[list] = Value(.array(zip(containers, before[list]?.elements ?? []).map(image(of:from:))))
            }
        }
        for field in mutable { after[field] = before[field] }
        guard after != before else { return [] }
        let difference = UnifiedDifference.text(from: listing(before), to: listing(after))
        return [
            Validation.forbidden(
                "spec",
                "pod updates may not change fields other than `spec.containers[*].image`,"
                    + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to "
                    + "existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was "
                    + "previously negative)\n\(difference)")
        ]
    }

    private static let containerLists: [Symbol] = ["containers", "initContainers"]

    /// A container with the image that another has: images may change.
    private static func image(of container: Value, from old: Value) -> Value {
        var container = container
        container["image"] = old["image"]
        return container
    }

    /// The spec as the API server prints it.
    private static func listing(_ spec: Value) -> [String] {
        var spec = spec
        var context = spec["securityContext"] ?? Value(.object([]))
        for field in GoTables.internalSecurityFields {
            if let value = spec[field] { context[field] = value }
        }
        spec["securityContext"] = context
        return GoListing.lines(spec, as: GoTables.internalPodSpec)
    }
}
