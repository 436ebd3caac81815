/// ConfigMaps and Secrets.
enum DataValidation {
    static func validateConfigMap(_ body: Value) -> [APIError.Cause] {
        keys(body, "data") + keys(body, "binaryData")
    }

    static func validateSecret(_ body: Value) -> [APIError.Cause] {
        var causes = keys(body, "data")
        for key in requiredKeys[body["type"]?.symbol ?? .empty] ?? [] where body.at("data", key) == nil {
            causes.append(Validation.required("data[\(key)]"))
        }
        return causes
    }

    /// The keys that a Secret of a type must have. Source: "Types of Secret" of the Kubernetes documentation.
    private static let requiredKeys: [Symbol: [Symbol]] = [
        "kubernetes.io/tls": ["tls.crt", "tls.key"],
        "kubernetes.io/dockerconfigjson": [".dockerconfigjson"],
        "kubernetes.io/dockercfg": [".dockercfg"],
        "kubernetes.io/ssh-auth": ["ssh-privatekey"],
    ]

    private static func keys(_ body: Value, _ field: Symbol) -> [APIError.Cause] {
        (body[field]?.fields ?? []).compactMap { entry in
            let bytes = entry.key.utf8
            let isGood =
                !bytes.isEmpty && bytes.count <= 253
                && bytes.allSatisfy { byte in
                    (byte | 0x20 >= 97 && byte | 0x20 <= 122) || (byte >= 48 && byte <= 57) || byte == 45 || byte == 46
                        || byte == 95
                }
            if isGood { return nil }
            return Validation.invalid(
                "\(field)[\(entry.key)]", entry.key.text.quoted,
                "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or "
                    + "'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')")
        }
    }

    static func validateConfigMapChange(_ new: Value, _ old: Value) -> [APIError.Cause] {
        immutable(new, old, ["data", "binaryData"])
    }

    static func validateSecretChange(_ new: Value, _ old: Value) -> [APIError.Cause] {
        var causes = immutable(new, old, ["data"])
        func type(_ body: Value) -> Symbol { body["type"]?.symbol ?? "Opaque" }
        if type(new) != type(old) {
            causes.append(Validation.invalid("type", type(new).text.quoted, "field is immutable"))
        }
        return causes
    }

    private static func immutable(_ new: Value, _ old: Value, _ fields: [Symbol]) -> [APIError.Cause] {
        guard old["immutable"]?.boolean == true else { return [] }
        var causes: [APIError.Cause] = []
        if new["immutable"]?.boolean != true {
            causes.append(Validation.forbidden("immutable", "field is immutable when `immutable` is set"))
        }
        for field in fields where (new[field] ?? [:]) != (old[field] ?? [:]) {
            causes.append(Validation.forbidden("\(field)", "field is immutable when `immutable` is set"))
        }
        return causes
    }
}
