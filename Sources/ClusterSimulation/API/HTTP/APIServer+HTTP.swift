/// The door for requests in the form of HTTP: maps URLs to the typed requests.
extension Simulation {
    /// Answers one request. `dryRun=All` answers from a fork that is thrown away.
    package mutating func handle(_ request: HTTPRequest) -> HTTPResponse {
        let url = RequestURL(request.path)
        if let dryRun = url["dryRun"] ?? request.dryRunOfOptions {
            guard dryRun == "All" else { return HTTPResponse(APIError.unknownDryRun(dryRun, request.method)) }
            var fork = self
            return fork.respond(to: request, url)
        }
        return respond(to: request, url)
    }

    private mutating func respond(to request: HTTPRequest, _ url: RequestURL) -> HTTPResponse {
        do throws(APIError) {
            guard let path = ResourcePath(url.segments) else { return try discovery(url.segments) }
            if path.plural.isEmpty { return try resources(of: path) }
            let kind = try servedKind(path)
            let caller = request.user.map { Caller(user: $0, isTrusted: false) } ?? .admin
            if !path.subresource.isEmpty {
                return try handleSubresource(request, url, path, kind, caller)
            }
            switch (request.method, path.name.isEmpty) {
            case ("GET", true): return try list(kind, path, url, caller)
            case ("GET", false):
                return HTTPResponse(
                    200, try get(tables.key(kind, path.namespace, path.name), as: caller, version: path.version))
            case ("POST", true): return try post(request, url, path, kind, caller)
            case ("PUT", false): return try put(request, url, path, kind, caller)
            case ("PATCH", false): return try patch(request, url, path, kind, caller)
            case ("DELETE", false): return try delete(request, url, path, kind, caller)
            case ("DELETE", true): return try deleteCollection(request, url, path, kind, caller)
            default:
                throw APIError(
                    code: 405, reason: "MethodNotAllowed",
                    message: "the server does not allow this method on the requested resource")
            }
        } catch {
            return HTTPResponse(error)
        }
    }

    /// The kind a path names; 404 where it is not served in that version, 503 where another server should serve it.
    private func servedKind(_ path: ResourcePath) throws(APIError) -> KindID {
        if let kind = kindID(group: path.group, plural: path.plural) {
            let known = self.kind(kind)
            if known.version == path.version || known.otherVersions.contains(path.version) { return kind }
        }
        throw refusal(of: path)
    }

    /// Why a path that names no kind is not answered: nobody serves it, or another server should.
    func refusal(of path: ResourcePath) -> APIError {
        let service = tables.key(.apiService, .empty, Symbol("\(path.version).\(path.group)"))
        let isAggregated = state.exists(service) && tables.body(state[service].body).value.at("spec", "service") != nil
        return isAggregated ? .aggregatedServerUnavailable : .unknownResource
    }

    /// `GET` of one object.
    ///
    /// - Parameter version: of a custom resource; empty for the version that the cluster prefers.
    package func get(_ key: ObjectKey, as caller: Caller, version: Symbol = .empty) throws(APIError) -> Value {
        let content = tables.content(key)
        try authorize(caller, "get", content.kind, content.namespace, content.name)
        guard state.exists(key) else { throw APIError.notFound(self.kind(content.kind), content.name) }
        try requireVersion(content.kind, version, isStored: true)
        var document = document(of: key)
        if !version.isEmpty, tables.isCustom(content.kind) {
            document["apiVersion"] = .string("\(self.kind(content.kind).group)/\(version)")
        }
        return document
    }

    private func list(
        _ kind: KindID, _ path: ResourcePath, _ url: RequestURL, _ caller: Caller
    ) throws(APIError) -> HTTPResponse {
        try authorize(caller, "list", kind, path.namespace, .empty)
        let labels = try LabelSelector(query: url["labelSelector"] ?? "")
        let fields = try FieldSelector(query: url["fieldSelector"] ?? "")
        try fields.check(kind)
        let names = objects(of: kind, in: path.namespace.isEmpty ? nil : path.namespace)
            .filter { labels.matches(tables.map(state[$0].labels)) }
            .sorted { left, right in
                let first = tables.namespace(left)
                let second = tables.namespace(right)
                return first == second ? tables.name(left).precedes(tables.name(right)) : first.precedes(second)
            }
        if !names.isEmpty { try requireVersion(kind, path.version, isStored: true) }
        let items = names.map { document(of: $0) }.filter(fields.matches)
        let known = self.kind(kind)
        return HTTPResponse(
            200,
            .object([
                "apiVersion": .string(known.apiVersion), "kind": .string("\(known.kind)List"),
                "metadata": ["resourceVersion": .string("\(state.lastResourceVersion)")], "items": Value(.array(items)),
            ]))
    }

    // MARK: Writes

    private mutating func post(
        _ request: HTTPRequest, _ url: RequestURL, _ path: ResourcePath, _ kind: KindID, _ caller: Caller
    ) throws(APIError) -> HTTPResponse {
        try authorize(caller, "create", kind, path.namespace, .empty)
        let draft = try manifest(request, url, path, kind)
        let key = try create(draft, as: caller).get()
        didUpdate(key, by: fieldManager(url), before: nil)
        return HTTPResponse(201, document(of: key))
    }

    private mutating func put(
        _ request: HTTPRequest, _ url: RequestURL, _ path: ResourcePath, _ kind: KindID, _ caller: Caller
    ) throws(APIError) -> HTTPResponse {
        let key = tables.key(kind, path.namespace, path.name)
        try authorize(caller, "update", kind, path.namespace, path.name)
        guard state.exists(key) else { throw APIError.notFound(self.kind(kind), path.name) }
        _ = try manifest(request, url, path, kind)
        let (draft, version) = try draft(request.body ?? [:], over: key)
        let owners = managedFields(of: key)
        _ = try replace(draft, as: caller, resourceVersion: version).get()
        if state.exists(key) { didUpdate(key, by: fieldManager(url), before: owners) }
        return HTTPResponse(200, documentAfterWrite(of: key))
    }

    private mutating func patch(
        _ request: HTTPRequest, _ url: RequestURL, _ path: ResourcePath, _ kind: KindID, _ caller: Caller
    ) throws(APIError) -> HTTPResponse {
        let key = tables.key(kind, path.namespace, path.name)
        let body = request.body ?? Value(.object([]))
        guard request.contentType.hasPrefix("application/apply-patch") else {
            let type = try PatchType(contentType: request.contentType)
            _ = try patch(key, type, body, as: caller, fieldManager: fieldManager(url)).get()
            return HTTPResponse(200, documentAfterWrite(of: key))
        }
        let exists = state.exists(key)
        guard var draft = self.draft(manifest: body, defaultNamespace: path.namespace) else {
            throw APIError.missingKind
        }
        let isElsewhere = draft.namespace != path.namespace
        draft.namespace = path.namespace
        draft.name = path.name
        let manager = Symbol(url["fieldManager"] ?? "")
        let force = url["force"] == "true"
        // Conflicts are found before the namespaces are compared.
        if isElsewhere {
            var fork = self
            _ = try fork.apply(draft, as: caller, fieldManager: manager, force: force, serverSide: true).get()
            throw APIError.otherNamespace
        }
        _ = try apply(draft, as: caller, fieldManager: manager, force: force, serverSide: true).get()
        return HTTPResponse(exists ? 200 : 201, documentAfterWrite(of: key))
    }

    /// Who a write's fields belong to: `fieldManager`, or the name of a client that says nothing.
    private func fieldManager(_ url: RequestURL) -> Symbol { Symbol(url["fieldManager"] ?? "unknown") }

    /// The manifest of a `POST` or `PUT`, held against the URL.
    private func manifest(
        _ request: HTTPRequest, _ url: RequestURL, _ path: ResourcePath, _ kind: KindID
    ) throws(APIError) -> ObjectDraft {
        let body = request.body ?? Value(.object([]))
        let known = self.kind(kind)
        guard let bodyKind = body["kind"]?.symbol, body["apiVersion"] != nil else { throw APIError.missingKind }
        if bodyKind != known.kind {
            let version = body["apiVersion"]?.text ?? ""
            let types =
                known.builtIn
                ? ": converting (\(version).\(bodyKind)) to (core.\(known.kind)): unknown conversion" : ""
            throw APIError(
                code: 400, reason: "BadRequest",
                message: "\(bodyKind) in version \"\(version)\" cannot be handled as a \(known.kind)\(types)")
        }
        guard var draft = self.draft(manifest: body, defaultNamespace: path.namespace) else {
            throw APIError.missingKind
        }
        try refuseUndecodable(body, draft, kind, isStrict: url["fieldValidation"] == "Strict")
        if known.namespaced, draft.namespace != path.namespace { throw APIError.otherNamespace }
        if !path.name.isEmpty {
            if !draft.name.isEmpty, draft.name != path.name {
                throw APIError(
                    code: 400, reason: "BadRequest",
                    message: "the name of the object (\(draft.name)) does not match the name on the URL (\(path.name))")
            }
            draft.name = path.name
        }
        return draft
    }

    /// Refuses a document that does not fit the kind's type, and with `fieldValidation=Strict` one that has more.
    private func refuseUndecodable(
        _ body: Value, _ draft: ObjectDraft, _ kind: KindID, isStrict: Bool
    ) throws(APIError) {
        let decoding = Decoding(body, kind)
        if let problem = decoding.problem { throw APIError.unreadable(self.kind(kind), problem) }
        guard isStrict else { return }
        var unknown = decoding.unknown
        if tables.isCustom(kind) {
            let definition = facts(definition(of: kind), DefinitionFacts.self)
            unknown += definition?.storageVersion?.schema?.unknownFields(tables.body(draft.body).value) ?? []
        }
        if unknown.isEmpty { return }
        let list = unknown.map { "unknown field \($0.quoted)" }.joined(separator: ", ")
        throw APIError.unreadable(self.kind(kind), "strict decoding error: \(list)")
    }
}

extension PatchType {
    /// 415 for a type that no patch has.
    init(contentType: String) throws(APIError) {
        switch contentType.prefix(while: { $0 != ";" }) {
        case "application/merge-patch+json": self = .merge
        case "application/json-patch+json": self = .json
        case "application/strategic-merge-patch+json": self = .strategic
        default:
            throw APIError(
                code: 415, reason: "UnsupportedMediaType",
                message: "the body of the request was in an unknown format - accepted media types include: "
                    + "application/json-patch+json, application/merge-patch+json, "
                    + "application/strategic-merge-patch+json, application/apply-patch+yaml, "
                    + "application/apply-patch+cbor")
        }
    }
}

extension APIError {
    /// What the aggregator answers for an API whose Service cannot be reached: text, no `Status`. Source: recordings,
    /// family discovery; kube-aggregator's proxy handler.
    static let aggregatedServerUnavailable = APIError(code: 503, reason: "", message: "service unavailable")

    static let missingKind = APIError(
        code: 400, reason: "BadRequest", message: "Object 'Kind' is missing in the request body")

    /// Source: recordings, family lists.
    static func unknownDryRun(_ value: String, _ method: String) -> APIError {
        let options: String
        switch method {
        case "POST": options = "CreateOptions"
        case "PUT": options = "UpdateOptions"
        case "PATCH": options = "PatchOptions"
        default: options = "DeleteOptions"
        }
        let detail = "Unsupported value: [\(value.quoted)]: supported values: \"All\""
        return APIError(
            code: 422, reason: "Invalid", message: "\(options).meta.k8s.io \"\" is invalid: dryRun: \(detail)",
            causes: [.init(reason: "FieldValueNotSupported", field: "dryRun", message: detail)])
    }
}
