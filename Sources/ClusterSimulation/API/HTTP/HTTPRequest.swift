/// A request to the API server, as a client sends it.
package struct HTTPRequest: Sendable {
    /// `GET`, `POST`, `PUT`, `PATCH`, `DELETE`.
    package var method: String
    /// With the query: `/api/v1/namespaces/a/configmaps?labelSelector=app%3Dx`.
    package var path: String
    package var body: Value?
    /// Which kind of patch; `application/json` for everything else.
    package var contentType: String
    /// The user that is asking; nil for a cluster admin.
    package var user: Symbol?

    package init(
        method: String, path: String, body: Value? = nil, contentType: String = "application/json", user: Symbol? = nil
    ) {
        self.method = method
        self.path = path
        self.body = body
        self.contentType = contentType
        self.user = user
    }

    /// `dryRun` in the DeleteOptions that a `DELETE` may have as its body, and an Eviction in its own.
    var dryRunOfOptions: String? {
        switch method {
        case "DELETE": body?["dryRun"]?.elements.first?.text
        case "POST" where body?["kind"]?.symbol == "Eviction":
            body?.at("deleteOptions", "dryRun")?.elements.first?.text
        default: nil
        }
    }
}

/// What the API server answers.
package struct HTTPResponse: Sendable {
    package var code: Int
    /// The object, the list, or the `Status`.
    package var body: Value
    /// The refusal behind a `Status` of failure.
    package var error: APIError?

    init(_ code: Int, _ body: Value) {
        self.code = code
        self.body = body
    }

    init(_ error: APIError) {
        code = error.code
        self.error = error
        guard error != .aggregatedServerUnavailable else {
            body = .string(error.message + "\n")
            return
        }
        let causes = error.causes.map { cause in
            Value.object([
                "reason": cause.reason.isEmpty ? nil : .string(cause.reason), "message": .string(cause.message),
                "field": cause.field.isEmpty ? nil : .string(cause.field),
            ])
        }
        body = .object([
            "kind": "Status", "apiVersion": "v1", "status": "Failure", "message": .string(error.message),
            "reason": error.reason.isEmpty ? nil : .string(error.reason),
            "details": causes.isEmpty ? nil : ["causes": Value(.array(causes))], "code": .integer(error.code),
        ])
    }

    /// `Status` of success.
    static let success = HTTPResponse(200, ["kind": "Status", "apiVersion": "v1", "status": "Success"])
}

/// A path and its query taken apart.
struct RequestURL {
    var segments: [String]
    private var parameters: [(name: String, value: String)]

    init(_ path: String) {
        let parts = path.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        segments = parts[0].split(separator: "/").map { Self.decoded($0) }
        parameters = []
        guard parts.count == 2 else { return }
        for part in parts[1].split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            parameters.append((Self.decoded(pair[0]), pair.count == 2 ? Self.decoded(pair[1]) : ""))
        }
    }

    /// The first parameter of that name.
    subscript(name: String) -> String? { parameters.first { $0.name == name }?.value }

    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == 37, let number = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
                bytes.append(number)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == 43 ? 32 : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// What a URL names: a kind, and within it a namespace, an object, a subresource.
struct ResourcePath {
    var group: Symbol
    var version: Symbol
    /// Empty for a cluster-scoped kind, or for all namespaces.
    var namespace: Symbol = .empty
    /// Empty for a path that ends with the group and version.
    var plural: Symbol = .empty
    var name: Symbol = .empty
    var subresource: Symbol = .empty

    /// nil where the path names no resource.
    init?(_ segments: [String]) {
        var rest = segments[...]
        switch rest.popFirst() {
        case "api": group = .empty
        case "apis":
            guard let first = rest.popFirst() else { return nil }
            group = Symbol(first)
        default: return nil
        }
        guard let version = rest.popFirst() else { return nil }
        self.version = Symbol(version)
        // `/namespaces/a/status` is about the namespace, `/namespaces/a/pods` about what is in it.
        if rest.count >= 3, rest.first == "namespaces" {
            let third = rest[rest.startIndex + 2]
            if !(group.isEmpty && (third == "status" || third == "finalize")) {
                namespace = Symbol(rest[rest.startIndex + 1])
                rest = rest.dropFirst(2)
            }
        }
        plural = Symbol(rest.popFirst() ?? "")
        name = Symbol(rest.popFirst() ?? "")
        subresource = Symbol(rest.popFirst() ?? "")
        if !rest.isEmpty { return nil }
    }
}
