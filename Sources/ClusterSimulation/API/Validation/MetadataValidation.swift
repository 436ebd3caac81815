/// Labels, annotations and finalizers.
enum MetadataValidation {
    /// How often the API server looks at the labels of an update: twice for every kind, and once or twice more in the
    /// kind's own rules.
    static func looks(_ kind: KindID, isCustom: Bool) -> Int {
        if isCustom { return 3 }
        switch kind {
        case .namespace, .deployment, .replicaSet, .statefulSet, .daemonSet, .job, .cronJob: return 3
        default: return 4
        }
    }

    static func validate(labels: LabelMap) -> [APIError.Cause] {
        var causes: [APIError.Cause] = []
        for entry in labels.entries {
            causes += NameValidation.causes("metadata.labels", entry.key.text, qualifiedName(entry.key.text))
            causes += NameValidation.causes("metadata.labels", entry.value.text, labelValue(entry.value.text))
        }
        return causes
    }

    static func validate(annotations: LabelMap) -> [APIError.Cause] {
        var causes: [APIError.Cause] = []
        var size = 0
        for entry in annotations.entries {
            let key = entry.key.text
            causes += NameValidation.causes("metadata.annotations", key, qualifiedName(key.lowercased()))
            size += entry.key.utf8.count + entry.value.utf8.count
        }
        if size > 262_144 {
            causes.append(
                .init(
                    reason: "FieldValueTooLong", field: "metadata.annotations",
                    message: "Too long: may not be more than 262144 bytes"))
        }
        return causes
    }

    private static let standardFinalizers: [Symbol] = ["orphan", "foregroundDeletion", "kubernetes"]

    /// - Parameter isCustom: custom resources and Leases take any qualified name.
    static func validate(
        finalizers: [Symbol], isCustom: Bool, field list: String = "metadata.finalizers"
    ) -> [APIError.Cause] {
        var causes: [APIError.Cause] = []
        for (index, name) in finalizers.enumerated() {
            let text = name.text
            let field = "\(list)[\(index)]"
            let details = qualifiedName(text)
            if !details.isEmpty {
                causes += NameValidation.causes(list, text, details)
            } else if !isCustom, !text.contains("/"), !standardFinalizers.contains(name) {
                causes.append(
                    Validation.invalid(
                        field, text.quoted, "name is neither a standard finalizer name nor is it fully qualified"))
            }
        }
        return causes
    }

    // MARK: Forms

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (byte | 0x20 >= 97 && byte | 0x20 <= 122) || (byte >= 48 && byte <= 57)
    }

    private static func isNameForm(_ text: Substring.UTF8View) -> Bool {
        guard let first = text.first, let last = text.last, isAlphanumeric(first), isAlphanumeric(last) else {
            return false
        }
        return text.allSatisfy { isAlphanumeric($0) || $0 == 45 || $0 == 95 || $0 == 46 }
    }

    /// An optional DNS prefix, a slash and a name.
    static func qualifiedName(_ text: String) -> [String] {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        var details: [String] = []
        let name: Substring
        switch parts.count {
        case 1: name = parts[0]
        case 2:
            name = parts[1]
            let prefix = String(parts[0])
            if prefix.isEmpty {
                details.append("prefix part must be non-empty")
            } else {
                details += NameValidation.subdomain(prefix).map { "prefix part \($0)" }
            }
        default:
            return [
                "a qualified name " + nameForm.dropFirst("name part ".count)
                    + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"
            ]
        }
        if name.isEmpty { details.append("name part must be non-empty") }
        if name.utf8.count > 63 { details.append("name part must be no more than 63 bytes") }
        if !isNameForm(name.utf8) { details.append(nameForm) }
        return details
    }

    private static let nameForm =
        "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an "
        + "alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is "
        + "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"

    private static func labelValue(_ text: String) -> [String] {
        var details: [String] = []
        if text.utf8.count > 63 { details.append("must be no more than 63 bytes") }
        if !text.isEmpty, !isNameForm(text[...].utf8) {
            details.append(
                "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must "
                    + "start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex "
                    + "used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')")
        }
        return details
    }
}
