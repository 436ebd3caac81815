/// Names of objects: what `metadata.name` may be, by kind.
enum NameValidation {
    /// What is wrong with a name. Looks at bytes only where nothing is.
    ///
    /// - Parameter minor: of the API server's version: since 1.36 a Service is named as a namespace is (KEP-5311).
    static func validate(_ name: Symbol, _ kind: KindID, minor: Int) -> [APIError.Cause] {
        switch kind {
        case .role, .roleBinding, .clusterRole, .clusterRoleBinding: return pathSegment(name)
        case .namespace: return plain(name)
        case .service: return minor >= 36 ? plain(name) : service(name)
        default: return causes("metadata.name", name.text, isSubdomain(name.utf8) ? [] : subdomain(name.text))
        }
    }

    static func causes(_ field: String, _ value: String, _ details: [String]) -> [APIError.Cause] {
        details.map { Validation.invalid(field, value.quoted, $0) }
    }

    private static func plain(_ name: Symbol) -> [APIError.Cause] {
        isLabel(name.utf8) ? [] : causes("metadata.name", name.text, label(name.text))
    }

    private static func service(_ name: Symbol) -> [APIError.Cause] {
        let bytes = name.utf8
        if isLabel(bytes), let first = bytes.first, first >= 97 { return [] }
        let text = name.text
        var details: [String] = []
        if bytes.count > 63 { details.append("must be no more than 63 characters") }
        if !isLabelForm(bytes) || !(bytes.first.map { $0 >= 97 } ?? false) {
            details.append(
                "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic "
                    + "character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for "
                    + "validation is '[a-z]([-a-z0-9]*[a-z0-9])?')")
        }
        return causes("metadata.name", text, details)
    }

    private static func pathSegment(_ name: Symbol) -> [APIError.Cause] {
        let text = name.text
        if text == "." || text == ".." { return causes("metadata.name", text, ["may not be '\(text)'"]) }
        let bad = ["/", "%"].filter { text.contains($0) }
        return causes("metadata.name", text, bad.map { "may not contain '\($0)'" })
    }

    // MARK: Forms

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (byte >= 97 && byte <= 122) || (byte >= 48 && byte <= 57)
    }

    private static func isLabelForm(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let first = bytes.first, let last = bytes.last, isAlphanumeric(first), isAlphanumeric(last) else {
            return false
        }
        for byte in bytes where !isAlphanumeric(byte) && byte != 45 { return false }
        return true
    }

    /// RFC 1123 label of at most 63 characters.
    static func isLabel(_ bytes: UnsafeRawBufferPointer) -> Bool { bytes.count <= 63 && isLabelForm(bytes) }

    private static func isSubdomainForm(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let last = bytes.last, isAlphanumeric(last) else { return false }
        var atStart = true
        var previous: UInt8 = 0
        for byte in bytes {
            if atStart {
                guard isAlphanumeric(byte) else { return false }
                atStart = false
            } else if byte == 46 {
                guard isAlphanumeric(previous) else { return false }
                atStart = true
            } else if !isAlphanumeric(byte), byte != 45 {
                return false
            }
            previous = byte
        }
        return true
    }

    /// RFC 1123 subdomain of at most 253 characters.
    static func isSubdomain(_ bytes: UnsafeRawBufferPointer) -> Bool { bytes.count <= 253 && isSubdomainForm(bytes) }

    private static func label(_ text: String) -> [String] {
        var details: [String] = []
        if text.utf8.count > 63 { details.append("must be no more than 63 characters") }
        var copy = text
        if copy.withUTF8({ isLabelForm(UnsafeRawBufferPointer($0)) }) { return details }
        // What would do as a subdomain can be wrong in its dots only.
        if copy.withUTF8({ isSubdomainForm(UnsafeRawBufferPointer($0)) }) {
            details.append("must not contain dots")
        } else {
            details.append(
                "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start "
                    + "and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation "
                    + "is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')")
        }
        return details
    }

    static func subdomain(_ text: String) -> [String] {
        var details: [String] = []
        if text.utf8.count > 253 { details.append("must be no more than 253 characters") }
        var copy = text
        if !copy.withUTF8({ isSubdomainForm(UnsafeRawBufferPointer($0)) }) {
            details.append(
                "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must "
                    + "start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is "
                    + #"'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"#)
        }
        return details
    }
}
