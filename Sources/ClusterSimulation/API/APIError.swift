/// A refusal of the API server, as the `Status` object of the response says it.
package struct APIError: Error, Equatable, Sendable {
    /// HTTP status: 400, 403, 404, 405, 409, 410, 413, 415, 422, 429, 500, 503.
    package var code: Int
    /// `NotFound`, `Forbidden`, `Invalid`, `AlreadyExists`, `Conflict`, …
    package var reason: String
    package var message: String
    package var causes: [Cause]

    /// One entry of `details.causes`.
    package struct Cause: Equatable, Hashable, Sendable {
        /// `FieldValueInvalid`, `FieldValueRequired`, `NamespaceTerminating`, …
        package var reason: String
        /// `spec.containers[0].image`.
        package var field: String
        package var message: String

        package init(reason: String, field: String, message: String) {
            self.reason = reason
            self.field = field
            self.message = message
        }
    }

    package init(code: Int, reason: String, message: String, causes: [Cause] = []) {
        self.code = code
        self.reason = reason
        self.message = message
        self.causes = causes
    }

    /// 404 for one object. Source: recordings, family lifecycle.
    package static func notFound(_ kind: Kind, _ name: Symbol) -> APIError {
        APIError(code: 404, reason: "NotFound", message: "\(kind.resource) \"\(name)\" not found")
    }

    /// 404 for a kind that the server does not serve.
    package static let unknownResource = APIError(
        code: 404, reason: "NotFound", message: "the server could not find the requested resource")

    /// 409 for a name that is taken. Source: recordings, family errors.
    package static func alreadyExists(_ kind: Kind, _ name: Symbol, isDeleting: Bool = false) -> APIError {
        APIError(
            code: 409, reason: "AlreadyExists",
            message: "\(isDeleting ? "object is being deleted: " : "")\(kind.resource) \"\(name)\" already exists")
    }

    /// 409 for a write against an old resourceVersion or uid.
    package static func conflict(_ kind: Kind, _ name: Symbol, _ why: String) -> APIError {
        APIError(
            code: 409, reason: "Conflict",
            message: "Operation cannot be fulfilled on \(kind.resource) \"\(name)\": \(why)")
    }

    /// 409 for a delete of another object than the one that is there. Source: recordings, family lists; namespaces have
    /// words of their own in `pkg/registry/core/namespace/storage`.
    static func precondition(
        _ kind: Kind, _ name: Symbol, _ field: String, _ wanted: String, _ found: String, _ what: String
    ) -> APIError {
        if kind.builtIn, kind.kind == "Namespace" {
            let why = "Precondition failed: \(field) in precondition: \(wanted), \(field) in object meta: \(found)"
            return conflict(kind, name, why)
        }
        return APIError(
            code: 409, reason: "Conflict",
            message: "Operation cannot be fulfilled on \(kind.qualifiedKind) \"\(name)\": the \(field) in the "
                + "precondition (\(wanted)) does not match the \(field) in record (\(found)). "
                + "The object might have been \(what)")
    }

    /// 403 by admission or authorization.
    package static func forbidden(_ kind: Kind, _ name: Symbol, _ why: String, causes: [Cause] = []) -> APIError {
        APIError(
            code: 403, reason: "Forbidden", message: "\(kind.resource) \"\(name)\" is forbidden: \(why)",
            causes: causes)
    }

    /// 422 with the fields that are wrong. Messages are joined as the API server joins them: one as it is, several in
    /// brackets, each once.
    package static func invalid(_ kind: Kind, _ name: Symbol, _ causes: [Cause]) -> APIError {
        var parts: [String] = []
        for cause in causes {
            let part = "\(cause.field): \(cause.message)"
            if !parts.contains(part) { parts.append(part) }
        }
        let text = parts.count == 1 ? parts[0] : "[" + parts.joined(separator: ", ") + "]"
        return APIError(
            code: 422, reason: "Invalid", message: "\(kind.qualifiedKind) \"\(name)\" is invalid: \(text)",
            causes: causes)
    }
}
