/// Services.
enum ServiceValidation {
    static func validate(_ body: Value) -> [APIError.Cause] {
        let spec = body["spec"] ?? Value(.object([]))
        var causes: [APIError.Cause] = []
        let isHeadless = spec["clusterIP"]?.symbol == "None"
        let isExternal = spec["type"]?.symbol == "ExternalName"
        let ports = spec["ports"]?.elements ?? []
        if ports.isEmpty, !isHeadless, !isExternal { causes.append(Validation.required("spec.ports")) }
        for (index, port) in ports.enumerated() {
            let path = "spec.ports[\(index)]"
            let number = port["port"]?.integer ?? 0
            if !isPort(number) { causes.append(outOfRange("\(path).port", number)) }
            switch (port["targetPort"] ?? port["port"])?.content {
            case .integer(let target) where !isPort(Int(target)):
                causes.append(outOfRange("\(path).targetPort", Int(target)))
            default: break
            }
            if ports.count > 1, port["name"]?.symbol ?? .empty == .empty {
                causes.append(Validation.required("\(path).name"))
            }
        }
        if isExternal, spec["externalName"]?.symbol ?? .empty == .empty {
            causes.append(
                Validation.invalid("spec.externalName", "\"\"", "a lowercase RFC 1123 subdomain must not be empty"))
        }
        return causes
    }

    private static func isPort(_ number: Int) -> Bool { (1...65_535).contains(number) }

    private static func outOfRange(_ field: String, _ number: Int) -> APIError.Cause {
        Validation.invalid(field, "\(number)", "must be between 1 and 65535, inclusive")
    }

    static func validateChange(_ new: Value, _ old: Value) -> [APIError.Cause] {
        func address(_ body: Value) -> Symbol { body.at("spec", "clusterIP")?.symbol ?? .empty }
        func isExternal(_ body: Value) -> Bool { body.at("spec", "type")?.symbol == "ExternalName" }
        let before = address(old)
        let after = address(new)
        guard !before.isEmpty, !after.isEmpty, before != after, !isExternal(old), !isExternal(new) else { return [] }
        return [
            Validation.invalid("spec.clusterIPs[0]", "[\(after.text.quoted)]", "may not change once set")
        ]
    }
}
