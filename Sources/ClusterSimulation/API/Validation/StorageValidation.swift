/// PersistentVolumeClaims, PersistentVolumes and StorageClasses.
enum StorageValidation {
    static func validateClaim(_ body: Value) -> [APIError.Cause] {
        var causes: [APIError.Cause] = []
        if body.at("spec", "accessModes")?.elements.isEmpty ?? true {
            causes.append(Validation.required("spec.accessModes", "at least 1 access mode is required"))
        }
        if body.at("spec", "resources", "requests", "storage") == nil {
            causes.append(Validation.required("spec.resources[storage]"))
        }
        return causes
    }

    static func validateClaimChange(_ new: Value, _ old: Value) -> [APIError.Cause] {
        func fixed(_ body: Value) -> Value {
            var spec = body["spec"] ?? Value(.object([]))
            spec["resources"] = nil
            spec["volumeAttributesClassName"] = nil
            spec["volumeMode"] = spec["volumeMode"] ?? "Filesystem"
            return spec
        }
        var before = fixed(old)
        let after = fixed(new)
        // The volume controller binds, and the default class is filled in later, where there was nothing.
        for field in ["volumeName", "storageClassName"] as [Symbol] where before[field]?.symbol ?? .empty == .empty {
            before[field] = after[field]
        }
        var causes: [APIError.Cause] = []
        if before != after {
            causes.append(
                Validation.forbidden(
                    "spec",
                    "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound "
                        + "claims\n\(difference(before, after))"))
        }
        if let small = new.at("spec", "resources", "requests", "storage").flatMap({ Quantity($0) }),
            let large = old.at("spec", "resources", "requests", "storage").flatMap({ Quantity($0) }), small < large
        {
            causes.append(
                Validation.forbidden("spec.resources.requests.storage", "field can not be less than status.capacity"))
        }
        return causes
    }

    /// Between two specs as the API server prints them.
    private static func difference(_ old: Value, _ new: Value) -> String {
        func lines(_ spec: Value) -> [String] {
            GoListing.lines(GoDefaults.filled(spec, as: GoTables.claimSpec), as: GoTables.claimSpec)
        }
        return UnifiedDifference.text(from: lines(old), to: lines(new))
    }

    private static let volumeFields: [Symbol] = [
        "capacity", "accessModes", "claimRef", "persistentVolumeReclaimPolicy", "storageClassName", "mountOptions",
        "volumeMode", "nodeAffinity", "volumeAttributesClassName",
    ]

    static func validateVolumeChange(_ new: Value, _ old: Value) -> [APIError.Cause] {
        func source(_ body: Value) -> Value {
            Value(.object((body["spec"]?.fields ?? []).filter { !volumeFields.contains($0.key) }))
        }
        guard source(new) != source(old) else { return [] }
        return [
            Validation.forbidden(
                "spec.persistentvolumesource", "spec.persistentvolumesource is immutable after creation")
        ]
    }

    static func validateClassChange(_ new: Value, _ old: Value) -> [APIError.Cause] {
        var causes: [APIError.Cause] = []
        if (new["parameters"] ?? [:]) != (old["parameters"] ?? [:]) {
            causes.append(Validation.forbidden("parameters", "updates to parameters are forbidden."))
        }
        if new["provisioner"] != old["provisioner"] {
            causes.append(Validation.forbidden("provisioner", "updates to provisioner are forbidden."))
        }
        func text(_ body: Value, _ field: Symbol, _ standard: Symbol) -> Symbol { body[field]?.symbol ?? standard }
        if text(new, "reclaimPolicy", "Delete") != text(old, "reclaimPolicy", "Delete") {
            causes.append(Validation.forbidden("reclaimPolicy", "updates to reclaimPolicy are forbidden."))
        }
        if text(new, "volumeBindingMode", "Immediate") != text(old, "volumeBindingMode", "Immediate") {
            causes.append(
                Validation.invalid(
                    "volumeBindingMode", text(new, "volumeBindingMode", "Immediate").text.quoted, "field is immutable"))
        }
        return causes
    }
}
